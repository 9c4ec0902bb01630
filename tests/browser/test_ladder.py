"""The ladder of a service in a real browser: with the keyboard alone, and on a phone."""

from directory.models import Service
from escalations.models import EscalationLevel
from tests.browser.tools import settle, wait_until

AT_MOST = 150


def tab_to(page, element):
    """Press the tab key until the element with this id has the focus."""
    for _press in range(AT_MOST):
        if page.evaluate("document.activeElement.id") == element:
            return
        page.keyboard.press("Tab")
    raise AssertionError(element)


def numbers(page):
    """The numbers of the levels, in the order that they stand in."""
    script = "rows => rows.map(row => row.querySelector('.field-level input').value)"
    return page.eval_on_selector_all(".ladder .ordered-row.has_original", script)


def levels(slug):
    found = EscalationLevel.objects.filter(policy__service__slug=slug)
    return list(found.values_list("contact__name", flat=True))


def service():
    return Service.objects.get(slug="mesa-de-ayuda")


def test_three_levels_with_new_people_are_typed_with_the_keyboard_alone(sign_in):
    desk = sign_in()
    desk.open("directory_service_add")
    # The name has the focus already.
    desk.type("Internet")
    type_ = desk.page.keyboard.type
    people = [("Mesa", "601 744 2727"), ("Jefe", "316 873 1648"), ("Gerencia", "ana@example.com")]
    for number, (name, contact) in enumerate(people):
        tab_to(desk.page, f"id_levels-{number}-new_name")
        type_(name)
        tab_to(desk.page, f"id_levels-{number}-contacts")
        type_(contact)
    for _press in range(AT_MOST):
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate("document.activeElement.name") == "_save":
            break
    desk.go(desk.page.keyboard.press, "Enter")
    assert levels("internet") == ["Mesa", "Jefe", "Gerencia"]
    assert desk.complaints == []


def test_levels_are_moved_by_buttons_that_keep_the_focus(sign_in):
    desk, before = sign_in(), levels("mesa-de-ayuda")
    desk.open("directory_service_change", service().pk)
    down = desk.page.locator("#levels-0 .row-move button >> nth=1")
    down.focus()
    desk.page.keyboard.press("Enter")
    assert numbers(desk.page) == ["1", "2", "3", "4"]
    assert desk.page.input_value("#id_levels-0-level") == "2"
    assert desk.page.evaluate("document.activeElement.closest('.ordered-row').id") == "levels-0"
    desk.page.keyboard.press("Enter")
    desk.go(desk.page.click, "[name=_save]")
    assert levels("mesa-de-ayuda") == [before[1], before[2], before[0], before[3]]
    assert desk.complaints == []


def test_levels_after_one_that_is_deleted_take_the_numbers_before(sign_in):
    desk, before = sign_in(), levels("mesa-de-ayuda")
    desk.open("directory_service_change", service().pk)
    desk.page.check("#id_levels-0-DELETE")
    wait_until(desk.page, "document.getElementById('id_levels-3-level').value === '3'")
    desk.go(desk.page.click, "[name=_save]")
    assert levels("mesa-de-ayuda") == before[1:]


def test_a_new_row_that_is_taken_away_leaves_the_others_as_they_were(sign_in):
    desk, before = sign_in(), levels("mesa-de-ayuda")
    desk.open("directory_service_change", service().pk)
    desk.page.click("#levels-3 .row-move button >> nth=0")
    desk.page.click("#levels-4 .inline-deletelink")
    wait_until(desk.page, "document.getElementById('id_levels-TOTAL_FORMS').value === '4'")
    settle(desk.page)
    desk.go(desk.page.click, "[name=_save]")
    assert levels("mesa-de-ayuda") == [before[0], before[1], before[3], before[2]]


def test_ladder_fits_a_phone(sign_in):
    desk = sign_in()
    desk.page.set_viewport_size({"width": 320, "height": 844})
    desk.open("directory_service_change", service().pk)
    widths = "group => [group.scrollWidth - group.clientWidth]"
    assert desk.page.eval_on_selector("#levels-group", widths) == [0]
