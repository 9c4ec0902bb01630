"""The page of a service: its state, contacts, levels and what is coming, in both languages."""

import re
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.utils import translation

from directory.editions.publish import publish
from directory.models import Edition, Service
from tests.directory.pages import (
    HOLIDAY_MORNING,
    MONDAY_MORNING,
    SUNDAY_NIGHT,
    get,
    help_desk,
    now_section,
    published,
)
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    PhoneFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)
from tests.html import Page, words

pytestmark = pytest.mark.django_db


def test_service_page_shows_the_current_edition(client):
    service = published(name="Clave")
    Service.objects.update(name="Clave Nueva")
    assert "<h1>Clave</h1>" in client.get(service.get_absolute_url()).content.decode()
    publish(Service.objects.all())
    response = client.get(service.get_absolute_url())
    assert "<h1>Clave Nueva</h1>" in response.content.decode()
    assert Edition.objects.get(number=2).digest in response.content.decode()


def test_contacts_are_shown_with_links_that_work(client):
    channel = ChannelFactory(contacts=[], service__slug="uno")
    ChannelContactFactory(
        channel=channel,
        contact_point=PhoneFactory(phone="+576017442727"),
        menu_options="Opción 2 - opción 4",
        extensions="0107, 1109",
    )
    others = [
        EmailFactory(email="soporte+uno@example.com"),
        WebFactory(url="https://example.com/chat?a=1&b=2"),
        PhoneFactory(kind="whatsapp", phone="+573187174937"),
    ]
    for position, contact_point in enumerate(others, 1):
        ChannelContactFactory(channel=channel, contact_point=contact_point, position=position)
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/")
    contacts = [link for link in page.links if not link.startswith(("/", "#"))]
    wanted = [
        "tel:+576017442727",
        "tel:+576017442727,0107",
        "tel:+576017442727,1109",
        "mailto:soporte%2Buno@example.com",
        "https://example.com/chat?a=1&b=2",
        "https://wa.me/573187174937",
    ]
    # Once among who answers now, and once in the table.
    assert [link for link in contacts if link in wanted] == wanted * 2
    shown = page.by_class["contacts"]
    for text in ("601 744 2727", "luego marque 2 , después 4", "0107", "318 717 4937"):
        assert text in shown


@pytest.mark.parametrize(
    ("at", "mark", "words"),
    [
        ("2026-11-23T08:00:00-05:00", "state-open", "Atiende ahora hasta las 7 p.m."),
        ("2026-11-23T19:00:00-05:00", "state-closed", "Cerrado ahora abre mañana a las 7 a.m."),
        ("2026-11-23T06:00:00-05:00", "state-closed", "Cerrado ahora abre a las 7 a.m."),
        ("2026-11-21T10:00:00-05:00", "state-closed", "Cerrado ahora abre el lunes a las 7 a.m."),
        (
            HOLIDAY_MORNING,
            "state-unknown",
            "Horario no confirmado La Inmaculada Concepción con seguridad, mañana a las 7 a.m.",
        ),
    ],
)
def test_state_in_words(client, at, mark, words):
    ChannelFactory(service__slug="uno", schedule=weekday_schedule())
    publish(Service.objects.all())
    for path in ("/", "/servicios/uno/"):
        page = get(client, path, at=at)
        states = {name for name in page.by_class if name.startswith("state-")}
        assert states & {"state-open", "state-closed", "state-unknown"} == {mark}
        assert words in page.by_class[mark]
    holiday = "La Inmaculada Concepción: el horario de hoy no está confirmado."
    assert (holiday in page.text) is (mark == "state-unknown")


def test_closure_is_shown_with_its_reason(client):
    ChannelFactory(service__slug="uno")
    ExceptionFactory(
        first_day=date(2026, 11, 23), reason="Cierre por inventario", also_always_open=True
    )
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/")
    assert page.by_class["state-closed"].startswith("Cerrado ahora Cierre por inventario")
    assert page.by_class["state-closed"].endswith("abre a la medianoche de hoy a mañana")


def test_hours_that_nobody_stated_are_not_called_open(client):
    ChannelFactory(service__slug="uno", schedule=ScheduleFactory(always_open=False))
    publish(Service.objects.all())
    page = get(client, "/servicios/uno/")
    assert "state-open" not in page.by_class
    assert page.by_class["state-unknown"].startswith("Horario no informado")


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_levels_are_shown_in_order_with_their_person_time_and_hours(client):
    levels = [
        EscalationContactFactory(name="Supervisión"),
        EscalationContactFactory(name="Jefatura", person="Ana Ruiz"),
    ]
    policy = EscalationPolicyFactory(service__slug="mesa", levels=levels)
    policy.levels.update(escalate_after_minutes=30)
    type(policy).objects.update(instructions="Tenga a mano su número de caso.")
    publish(Service.objects.all())
    page = get(client, "/servicios/mesa/")
    assert page.by_class["level-title"] == "Primer escalamiento Segundo escalamiento"
    assert page.by_class["level-name"] == "Supervisión Jefatura"
    assert page.by_class["person"] == "Ana Ruiz"
    assert "Tenga a mano su número de caso." in page.text
    assert "Si no puede esperar Primer escalamiento: Supervisión" in words(now_section(client))
    assert page.by_class["levels"].count("Después de 30 minutos sin respuesta.") == 2
    assert page.seen.count("De ningún nivel se informa el horario.") == 1
    assert "Horario no informado" not in page.seen


def test_planned_change_is_announced_and_then_made(client):
    old = PhoneFactory(
        phone="+576017442727",
        replaced_by=PhoneFactory(phone="+576017442828"),
        replaced_on=date(2026, 12, 1),
    )
    ChannelFactory(service__slug="uno", contacts=[old])
    publish(Service.objects.all())
    before = get(client, "/servicios/uno/", at="2026-11-30T23:59:59-05:00")
    assert "601 744 2828" in before.by_class["change"]
    assert "tel:+576017442727" in before.links
    after = get(client, "/servicios/uno/", at="2026-12-01T00:00:00-05:00")
    assert "change" not in after.by_class
    assert {link for link in after.links if link.startswith("tel:")} == {"tel:+576017442828"}


@pytest.mark.parametrize(
    ("kind", "said"), [("phone", "318 487 2656"), ("whatsapp", "WhatsApp 318 487 2656")]
)
def test_planned_change_to_another_kind_names_it(client, kind, said):
    new = PhoneFactory(kind=kind, phone="+573184872656")
    old = PhoneFactory(replaced_by=new, replaced_on=date(2026, 12, 1))
    ChannelFactory(service__slug="uno", contacts=[old])
    publish(Service.objects.all())
    shown = get(client, "/servicios/uno/").by_class["sheet"]
    assert f"Cambia el 1 de diciembre de 2026: {said}" in shown


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_closure_is_told_before_the_opening_and_in_its_language(client):
    help_desk()
    schedule = Service.objects.get().channels.get(position=1).schedule
    ExceptionFactory(schedules=[schedule], first_day=date(2026, 11, 23), reason="Inventario anual")
    publish(Service.objects.all())
    page = get(client, "/servicios/mesa/")
    assert page.by_class["closures"] == "Hoy: cerrado, Inventario anual"
    assert "Inventario anual abre mañana a las 7 a.m." in page.by_class["later"]
    html = client.get("/en/servicios/mesa/").content.decode()
    assert set(re.findall(r"<[^>]*>Inventario anual<", html)) == {
        '<span class="state-reason" lang="es">Inventario anual<',
    }


@time_machine.travel(HOLIDAY_MORNING, tick=False)
def test_holiday_is_named_in_the_language_of_the_page(client):
    help_desk()
    html = client.get("/en/servicios/mesa/").content.decode()
    assert set(re.findall(r"<span[^>]*>Immaculate Conception<", html)) == {
        '<span class="state-reason">Immaculate Conception<'
    }


@pytest.mark.parametrize(
    ("factory", "parts"),
    [
        (
            lambda: EmailFactory(email="supervisor.mesadeayuda@mail.example.com"),
            ["supervisor", ".mesadeayuda@", "mail", ".example.com"],
        ),
        (
            lambda: WebFactory(url="https://chat.example.com/CertiChat/chat.php?a=1&b=2"),
            ["chat", ".example.com/", "CertiChat/", "chat", ".php", "?a=", "1&amp;", "b=", "2"],
        ),
        (lambda: PhoneFactory(phone="+576017442727"), ["601 744 2727"]),
    ],
)
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_lines_break_between_the_parts_of_an_address(client, factory, parts):
    ChannelFactory(service=ServiceFactory(slug="mesa"), contacts=[factory()])
    publish(Service.objects.all())
    value = re.search(r'<span class="value">(.*?)</span>', now_section(client))[1]
    assert value.split("<wbr>") == parts


@pytest.mark.parametrize("path", ["/servicios/mesa/", "/servicios/mesa/tarjeta/", "/"])
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_service_without_channels_says_nothing_about_hours(client, path):
    ServiceFactory(slug="mesa")
    publish(Service.objects.all())
    html = client.get(path).content.decode()
    assert "No hay canales informados." in html
    assert "levels" not in Page(html).by_class
    assert re.findall(r"todo está cerrado|now-closed|class=\"state", html) == []


def test_same_number_as_phone_and_as_whatsapp_differs_in_words(client):
    phone, whatsapp = (
        PhoneFactory(kind=kind, phone="+573184872656", label="") for kind in ("phone", "whatsapp")
    )
    contacts = [phone, whatsapp, EmailFactory(email="a@example.com", label="")]
    ChannelFactory(service=ServiceFactory(slug="mesa"), contacts=contacts)
    publish(Service.objects.all())
    html = client.get("/servicios/mesa/").content.decode()
    links = re.findall(r'<a class="contact-link".*?</a>', html, re.S)
    assert [words(link) for link in links] == [
        "Teléfono 318 487 2656",
        "WhatsApp 318 487 2656",
        "a@example.com",
    ]


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_holiday_ahead_is_announced_for_the_channels_it_concerns(client):
    service = help_desk()
    closed = weekday_schedule(holidays="closed")
    ChannelFactory(service=service, title="Chat", schedule=closed, position=9)
    publish(Service.objects.all())
    html = client.get("/servicios/mesa/").content.decode()
    notice = re.search(r'<aside class="upcoming".*?(?=<div class="upcoming-certain")', html, re.S)[
        0
    ]
    assert [words(item) for item in re.findall(r"<li>(.*?)</li>", notice, re.S)] == [
        f"El martes 8 de diciembre de 2026: {hours}, La Inmaculada Concepción {places}"
        for hours, places in (
            ("cerrado", "Chat"),
            ("horario no confirmado", "Telefónico, Nivel 1"),
        )
    ]


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_exception_takes_the_place_of_the_holiday(client):
    help_desk()
    ExceptionFactory(first_day=date(2026, 12, 8))
    publish(Service.objects.all())
    [told] = client.get("/servicios/mesa/").context["directory"].announcements
    assert (told.reason, told.reason_kind) == ("Cierre", "exception")


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_english_page_marks_what_is_spanish(client):
    help_desk()
    html = client.get("/en/servicios/mesa/").content.decode()
    assert '<html lang="en" ' in html
    assert '<h1 lang="es">Mesa de Ayuda</h1>' in html
    assert "Monday to Friday: 7 a.m. to 7 p.m." in html
    assert Page(html).by_class["state-open"].startswith("Answers now")
    assert 'hreflang="es" href="http://testserver/servicios/mesa/"' in html
    with translation.override("es"):
        assert 'lang="es">Mesa' not in client.get("/servicios/mesa/").content.decode()


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_english_page_marks_what_tells_channels_apart_where_editors_wrote_it(client):
    ChannelFactory(
        service=help_desk(),
        title="Escribirnos",
        schedule=weekday_schedule(),
        contacts=[EmailFactory(label="Buzón de soporte")],
        position=3,
    )
    publish(Service.objects.all())
    html = client.get("/en/servicios/mesa/").content.decode()
    told = re.findall('<span class="distinction">(.*?)</span></h', html)
    assert told == ['<span lang="es">Buzón de soporte</span>']


@pytest.mark.parametrize(
    ("language", "attributes"), [("ar", 'lang="ar" dir="auto"'), ("fr", 'lang="fr"')]
)
def test_data_is_marked_with_the_language_of_the_organisation(
    client, settings, language, attributes
):
    help_desk()
    settings.ORGANIZATION = replace(settings.ORGANIZATION, language=language)
    for address in ("/servicios/mesa/", "/en/servicios/mesa/"):
        html = client.get(address).content.decode()
        assert f"<h1 {attributes}>Mesa de Ayuda</h1>" in html
        assert 'lang="es">Mesa' not in html


def test_service_page_costs_one_query(client, django_assert_num_queries):
    for number in range(3):
        complete_service(slug=f"servicio-{number}")
    publish(Service.objects.all())
    with django_assert_num_queries(1):
        assert b"<h1>" in client.get("/servicios/servicio-0/").content
