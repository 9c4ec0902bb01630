"""The first directory of a new service, four channels and three levels, on one page: how many
fields and clicks it takes, with the keyboard alone and with the mouse."""

import pytest
from playwright.sync_api import expect

from directory.models import Channel, ContactPoint, Service
from escalations.models import EscalationLevel
from tests.browser.tools import follow, settle, wait_until

AT_MOST = 25
NAME = "Mesa de certificados"
CHANNELS = [
    ("PBX: 601 555 0199 ext. 1107, opción 2", "lunes a viernes 7-19; festivos cerrado"),
    ("WhatsApp: 316 555 0199", "7x24"),
    ("certificados@example.com", "lunes a viernes 7-19; festivos cerrado"),
    ("https://example.com/certificados", "7x24"),
]
LEVELS = [
    ("Ana Torres", "601 555 0188 ext. 12", ""),
    ("Luis Rojas", "luis.rojas@example.com", "1 hora"),
    ("Carmen Díaz", "316 555 0177", "4 horas"),
]


class Hands:
    """Somebody at work who counts the fields that are filled in and the buttons that are pressed;
    nothing but the keyboard, or nothing but clicks before typing."""

    def __init__(self, page, has_mouse):
        self.page, self.has_mouse, self.acts = page, has_mouse, 0

    def to(self, selector):
        """Go to an element: with a click, or with the Tab key however often."""
        self.acts += 1
        if self.has_mouse:
            self.page.click(selector)
            return
        for _ in range(400):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"the Tab key does not lead to {selector}")

    def type(self, selector, text):
        """Fill in a field."""
        self.to(selector)
        self.page.keyboard.type(text)

    def press(self, selector):
        """Press a button or follow a link."""
        if self.has_mouse:
            self.acts += 1
            follow(self.page, self.page.click, selector)
        else:
            self.to(selector)
            follow(self.page, self.page.keyboard.press, "Enter")
        settle(self.page)


@pytest.mark.parametrize("has_mouse", [False, True], ids=["keyboard", "mouse"])
def test_a_new_service_is_written_on_one_page_and_published(sign_in, has_mouse):
    desk = sign_in()
    hands = Hands(desk.page, has_mouse)

    hands.press(".dashboard-services a.button")
    hands.type("#id_name", NAME)
    for number, (contacts, hours) in enumerate(CHANNELS):
        hands.type(f"#id_channels-{number}-contacts", contacts)
        hands.type(f"#id_channels-{number}-hours", hours)
    for number, (person, contacts, after) in enumerate(LEVELS):
        hands.type(f"#id_levels-{number}-new_person", person)
        hands.type(f"#id_levels-{number}-contacts", contacts)
        if after:
            hands.type(f"#id_levels-{number}-escalate_after_minutes", after)
    hands.press("[name=_review]")
    assert "Borrador: los clientes no la ven." in desk.page.inner_text(".draft-banner")
    hands.press(".draft-publish")

    assert f"{NAME}, edición 1" in desk.page.inner_text(".messagelist")
    service = Service.objects.get(name=NAME)
    desk.page.goto(desk.site + service.get_absolute_url())
    page = desk.page.inner_text("main")
    for seen in (
        "601 555 0199",
        "1107",
        "316 555 0199",
        "certificados@example.com",
        *LEVELS[0][:1],
    ):
        assert seen in page
    mediums = Channel.objects.filter(service=service).values_list("medium", flat=True)
    assert list(mediums) == ["telephone", "whatsapp", "email", "portal"]
    assert EscalationLevel.objects.filter(policy__service=service).count() == 3
    assert hands.acts <= AT_MOST, hands.acts
    assert desk.complaints == []


def test_channels_are_moved_with_buttons_by_keyboard_and_mouse(sign_in):
    desk = sign_in()
    service = Service.objects.get(slug="clave-segura")
    titles = [channel.title for channel in service.channels.all()]
    desk.open("directory_service_change", service.pk)
    page = desk.page

    rows = page.locator("#channels-group .ordered-row.has_original h3")

    def expect_order(*order):
        expect(rows).to_have_text([titles[each] for each in order], use_inner_text=True)

    expect_order(0, 1, 2, 3, 4)
    page.click("#channels-0 .row-move button >> nth=1")
    expect_order(1, 0, 2, 3, 4)
    # The focus stays on the button, and where it leads nowhere on the other one.
    wait_until(page, "document.activeElement.title === 'Bajar'")
    page.focus("#channels-1 .row-move button >> nth=1")
    page.keyboard.press("Enter")
    expect_order(0, 1, 2, 3, 4)
    page.focus("#channels-4 .row-move button")
    for _ in range(4):
        page.keyboard.press("Enter")
    expect_order(4, 0, 1, 2, 3)
    wait_until(page, "document.activeElement.title === 'Bajar'")
    assert "Ahora es el número 1 de" in page.inner_text("#channels-group .row-moved")

    # A new row that is removed again leaves the others as they are.
    page.click("#channels-group .add-row a")
    page.click("#channels-6 .inline-deletelink")
    wait_until(page, "document.querySelector('#id_channels-TOTAL_FORMS').value === '6'")
    settle(page)
    expect_order(4, 0, 1, 2, 3)
    desk.go(page.click, "[name=_save]")
    assert [channel.title for channel in service.channels.all()] == [titles[4], *titles[:4]]
    assert desk.complaints == []


def test_a_contact_is_changed_one_click_away_and_back_to_the_row(sign_in):
    desk = sign_in()
    service = Service.objects.get(slug="clave-segura")
    desk.open("directory_service_change", service.pk)
    desk.go(desk.page.click, "#channels-0 .row-links a >> text=601 744 2727")
    desk.page.fill("#id_label", "Línea nueva")
    desk.go(desk.page.click, "[name=_save]")
    assert desk.page.url.endswith(f"/directory/service/{service.pk}/change/#channels-0")
    assert "Línea nueva" in desk.page.inner_text("#channels-0 .row-links")
    assert ContactPoint.objects.get(phone="+576017442727").label == "Línea nueva"
    assert desk.complaints == []


def test_existing_contacts_are_chosen_with_the_search(sign_in):
    desk = sign_in()
    service = Service.objects.get(slug="clave-segura")
    desk.open("directory_service_change", service.pk)
    box = "#channels-0 .field-more_contacts .select2-search__field"
    desk.page.click(box)
    desk.page.keyboard.type("318 717 4937")
    desk.page.locator(".select2-results__option--highlighted", has_text="318 717 4937").wait_for()
    desk.page.keyboard.press("Enter")
    desk.go(desk.page.click, "[name=_save]")
    channel = service.channels.first()
    assert [str(use.contact_point.phone) for use in channel.contact_uses.all()] == [
        "+576017442727",
        "+573187174937",
    ]
