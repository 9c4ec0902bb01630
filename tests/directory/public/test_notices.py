"""Notices on the public pages: what does not work, since when, and what to use instead first."""

from datetime import datetime

import pytest
import time_machine
from django.core.management import call_command

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import MONDAY_MORNING, get, help_desk
from tests.factories import ChannelFactory, NoticeFactory, PhoneFactory, ServiceFactory
from tests.html import Page

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat(MONDAY_MORNING)
SEVEN = NOW.replace(hour=7)
NINE = NOW.replace(hour=9)
PAGE, CARD = "/servicios/mesa/", "/servicios/mesa/tarjeta/"
LINE, MOBILE = "tel:+576017442727", "tel:+573187174937"


@pytest.fixture
def desk():
    return help_desk()


def with_notice(**fields):
    given = {"text": "No funciona.", "since": SEVEN, **fields}
    notice = NoticeFactory(**given)
    publish(Service.objects.all())
    return notice


def line(desk):
    return desk.channels.get(title="Telefónico").contact_uses.get().contact_point


def rows(page):
    """The table of channels, as it is read."""
    return page.by_class["channels"]


@pytest.mark.parametrize("on_all", [True, False])
@pytest.mark.parametrize(
    ("severity", "word"),
    [
        ("out_of_order", "Fuera de servicio:"),
        ("limited", "Servicio limitado:"),
        ("information", "Para tener en cuenta:"),
    ],
)
def test_what_is_of_the_whole_service_comes_first_on_its_pages(
    client, desk, severity, word, on_all
):
    with_notice(service=None if on_all else desk, severity=severity)
    told = f"{word} No funciona. Desde las 7 a.m., hasta nuevo aviso"
    for path, after in ((PAGE, "¿A quién contacto ahora?"), (CARD, "Todos los canales")):
        page = get(client, path)
        assert page.by_class["notices"] == told
        assert page.seen.index(told) < page.seen.index(after)
        assert ("role", "alert") not in page.attributes


def test_times_are_told_to_the_end(client, desk):
    with_notice(service=desk, since=datetime.fromisoformat("2026-11-20T00:00-05:00"), until=NINE)
    assert get(client, PAGE).by_class["notice-time"] == (
        "Desde el comienzo del 20 de noviembre de 2026, hasta las 9 a.m."
    )


def test_a_contact_that_is_out_of_order_is_shown_but_cannot_be_pressed(client, desk):
    working = PhoneFactory(phone="+576012223344")
    ChannelFactory(service=desk, title="Chat", contacts=[line(desk), working], position=3)
    with_notice(contact_point=line(desk), until=NINE)
    page = get(client, PAGE)
    assert LINE not in page.links
    assert "601 744 2727" in rows(page)
    told = "Fuera de servicio: No funciona. Desde las 7 a.m., hasta las 9 a.m."
    assert rows(page).count(told) == 2
    # What works comes first, in the table and in the answer.
    chat = rows(page).partition("601 222 3344")
    assert "601 744 2727" in chat[2]
    assert MOBILE in page.links
    assert "notices" not in page.by_class


def test_a_contact_that_is_out_of_order_keeps_its_label_among_the_buttons(client, desk):
    down = PhoneFactory(label="Cali", phone="+576022223344")
    ChannelFactory(service=desk, title="Ciudades", contacts=[PhoneFactory(), down], position=3)
    with_notice(contact_point=down)
    assert "Cali 602 222 3344" in get(client, CARD).by_class["unusable"]


def test_a_channel_that_is_out_of_order_is_not_offered(client, desk):
    with_notice(channel=desk.channels.get(title="Celular"))
    page = get(client, PAGE)
    assert MOBILE not in page.links
    assert LINE in page.links
    assert page.by_class["answer"].startswith("Telefónico")
    told = "No funciona. Desde las 7 a.m., hasta nuevo aviso"
    # The heading says it of all below.
    assert page.by_class["closed"].startswith(f"Fuera de servicio {told} Celular: Incidentes críti")
    assert rows(page).count(f"Fuera de servicio: {told}") == 1


def test_where_nothing_works_the_levels_do_and_no_channel_can_be_pressed(client, desk):
    with_notice(service=desk, until=NINE)
    page = get(client, PAGE)
    assert not {LINE, MOBILE} & {*page.links}
    assert page.by_class["state-closed"].startswith("Fuera de servicio abre a las 9 a.m.")
    assert "Si no puede esperar" in page.seen
    # The reason is said once, at the top.
    assert page.seen.count("No funciona.") == 1


def test_a_level_whose_contacts_are_out_of_order_says_so(client, desk):
    level = desk.escalation_policy.levels.get(level=2)
    with_notice(contact_point=level.contact.contact_uses.get().contact_point)
    page = get(client, PAGE)
    assert "Coordinación" in page.by_class["level-name"]
    assert "Fuera de servicio: No funciona." in page.by_class["levels"]


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        (lambda desk: {"service": desk}, "Fuera de servicio: No funciona."),
        (lambda desk: {"contact_point": line(desk)}, "Fuera de servicio: 601 744 2727"),
        (
            lambda desk: {"channel": desk.channels.get(title="Celular")},
            "Fuera de servicio: Celular",
        ),
    ],
)
def test_the_list_says_what_does_not_work(client, desk, subject, told):
    with_notice(**subject(desk))
    page = get(client, "/")
    assert page.by_class["service-notices"].startswith(told)
    assert "notices" not in page.by_class


def test_the_list_says_once_and_first_what_is_on_all_services(client, desk):
    ChannelFactory(service=ServiceFactory(name="Otra"))
    with_notice(severity="information")
    page = get(client, "/")
    assert page.by_class["notices"] == (
        "Para tener en cuenta: No funciona. Desde las 7 a.m., hasta nuevo aviso"
    )
    assert "service-notices" not in page.by_class


def test_what_is_planned_is_announced_and_what_is_over_is_not_told(client, desk):
    with_notice(service=desk, since=NINE, text="Mantenimiento.")
    with_notice(service=desk, until=NOW, text="Ayer.")
    with_notice(service=desk, ended_at=NOW, text="Terminado.")
    page = get(client, PAGE)
    assert "notices" not in page.by_class
    assert "Mantenimiento." in page.by_class["upcoming"]
    assert not {"Ayer.", "Terminado."} & {*page.seen.split()}


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_an_edition_says_what_held_when_it_was_published(client):
    with_notice(service=help_desk())
    told = [get(client, f"{PAGE}ediciones/{number}/").text for number in (1, 2)]
    assert ["No funciona." in each for each in told] == [False, True]


def test_the_text_of_staff_is_marked_as_spanish_on_english_pages(client, desk):
    with_notice(service=desk, severity="limited")
    page = get(client, f"/en{PAGE}")
    assert page.by_class["notices"] == (
        "Limited service: No funciona. Since 7 a.m., until further notice"
    )
    assert "No funciona." in page.by_language["es"]


def test_markup_is_shown_as_text(client, desk):
    with_notice(service=desk, text="<b>No</b> & <script>alert(1)</script>")
    page = get(client, PAGE)
    assert "<b>No</b> & <script>alert(1)</script>" in page.by_class["notices"]


def test_the_mirror_tells_them_too(desk, tmp_path):
    NoticeFactory(service=desk, text="No funciona.")
    publish(Service.objects.all())
    call_command("export_site", tmp_path, verbosity=0)
    copy = Page((tmp_path / "servicios/mesa/index.html").read_text(encoding="utf-8"))
    assert "Fuera de servicio: No funciona." in copy.by_class["notices"]


def test_of_many_notices_the_worst_ten_are_told_in_full_and_the_others_are_to_be_opened(
    client, desk
):
    for number in range(11):
        NoticeFactory(service=desk, severity="information", text=f"Aviso {number}.", since=SEVEN)
    with_notice(service=desk, text="Todo caído.", severity="out_of_order")

    for path in (PAGE, CARD):
        page = get(client, path)
        notices = page.by_class["notices"]
        assert notices.startswith("Fuera de servicio: Todo caído.")
        assert notices.count("Para tener en cuenta:") == 11
        assert page.by_class["more-notices"].startswith("2 más Para tener en cuenta: Aviso ")
        assert page.by_class["more-notices"].count("Para tener en cuenta:") == 2
