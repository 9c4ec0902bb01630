"""The one search box, in a real browser: its shortcut, and the field that it leads to."""

from directory.models import Channel, ContactPoint
from tests.addresses import change_url
from tests.browser.tools import wait_until

PHONE = {"viewport": {"width": 390, "height": 844}}
FOCUSED_AND_IN_VIEW = (
    "document.activeElement.id === given && "
    "document.activeElement.getBoundingClientRect().top >= 0 && "
    "document.activeElement.getBoundingClientRect().bottom <= innerHeight"
)


def test_on_a_phone_the_number_that_was_searched_for_is_in_view_and_focused(sign_in):
    desk = sign_in(**PHONE)
    desk.page.fill("#search-everything", "601 744 2727")
    desk.go(desk.page.press, "#search-everything", "Enter")
    wait_until(desk.page, FOCUSED_AND_IN_VIEW, "id_phone")
    assert desk.page.input_value("#id_phone") == "601 744 2727"
    assert desk.complaints == []


def test_the_shortcut_leads_to_the_box_and_escape_back(sign_in):
    desk = sign_in()
    desk.go(desk.page.goto, f"{desk.site}{change_url(ContactPoint.objects.first())}")
    desk.page.focus("[name=_save]")
    desk.page.keyboard.press("/")
    wait_until(desk.page, FOCUSED_AND_IN_VIEW, "search-everything")
    assert desk.page.get_attribute("#search-everything", "title") == (
        "Pulse / para buscar y Escape para salir"
    )
    desk.page.keyboard.press("Escape")
    wait_until(desk.page, "document.activeElement.name === '_save'")


def test_a_slash_in_a_field_is_only_typed(sign_in):
    desk = sign_in()
    desk.go(desk.page.goto, f"{desk.site}{change_url(ContactPoint.objects.first())}")
    desk.page.fill("#id_label", "")
    desk.page.focus("#id_label")
    desk.page.keyboard.type("A/B")
    assert desk.page.input_value("#id_label") == "A/B"


def test_a_field_in_a_closed_section_is_opened_and_focused(sign_in):
    desk = sign_in()
    channel = Channel.objects.first()
    desk.go(desk.page.goto, f"{desk.site}{change_url(channel)}#id_valid_until")
    wait_until(desk.page, FOCUSED_AND_IN_VIEW, "id_valid_until")


def test_rows_that_are_led_to_have_their_first_field_focused(sign_in):
    desk = sign_in()
    channel = Channel.objects.first()
    desk.go(desk.page.goto, f"{desk.site}{change_url(channel)}#contact_uses-group")
    wait_until(
        desk.page,
        "document.activeElement.closest('#contact_uses-group') && "
        "document.activeElement.getBoundingClientRect().bottom < innerHeight",
    )
