"""The service's page and the list: what is said about now, in both languages, at constant cost."""

import json
import re
from datetime import date, time

import msgspec
import pytest
import time_machine
from django.utils import translation

from directory.answers.advice import advise, request_choices
from directory.answers.resolve import resolve
from directory.answers.search_hits import SearchHit, search_hits
from directory.answers.structures import PlannedChange
from directory.editions.publish import publish
from directory.hours import instants
from directory.models import ContactPoint, Edition, ScheduleException, Service
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db

SUNDAY_NIGHT = "2026-11-22T03:00:00-05:00"
MONDAY_MORNING = "2026-11-23T08:00:00-05:00"
HOLIDAY_MORNING = "2026-12-08T10:00:00-05:00"  # A Tuesday: Immaculate Conception.


def critical():
    return RequestTypeFactory(code="incidente-critico", name="Incidentes críticos")


def help_desk():
    """Weekdays for everything, one line around the clock for critical incidents, two levels."""
    service = ServiceFactory(slug="mesa", name="Mesa de Ayuda")
    ChannelFactory(
        service=service,
        title="Telefónico",
        schedule=weekday_schedule(),
        contacts=[PhoneFactory(phone="+576017442727", label="Línea Bogotá")],
        position=1,
    )
    ChannelFactory(
        service=service,
        title="Celular",
        request_types=[critical()],
        contacts=[PhoneFactory(phone="+573187174937", label="Monitoreo")],
        position=2,
    )
    EscalationPolicyFactory(
        service=service,
        levels=[
            EscalationContactFactory(name="Supervisión", schedule=weekday_schedule()),
            EscalationContactFactory(name="Coordinación", schedule=ScheduleFactory()),
        ],
    )
    publish(Service.objects.all())
    return service


def words(html):
    """The text of some HTML as it is read; what stands in one line is not torn apart."""
    inline = re.sub(r"</?(?:b|wbr|span|a)\b[^>]*>", "", html)
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())


def now_section(client, query="", path="/servicios/mesa/"):
    html = client.get(f"{path}{query}").content.decode()
    return re.search(r'<section class="now .*?</section>', html, re.S)[0]


def titles(channels):
    return [channel.title for channel in channels]


def answer_at(instant, code=""):
    edition = Edition.objects.get()
    with time_machine.travel(instant, tick=False):
        return advise(resolve(edition, instants.now()), code)


# ---- Whom do I contact now? ----------------------------------------------------------------


def test_critical_contacts_come_first_in_general():
    help_desk()
    answer = answer_at(MONDAY_MORNING)
    assert titles(answer.open) == ["Celular", "Telefónico"]
    assert (answer.unknown, answer.closed) == ((), ())


def test_at_night_the_closed_ones_say_when_they_open():
    help_desk()
    answer = answer_at(SUNDAY_NIGHT)
    assert titles(answer.open) == ["Celular"]
    assert [
        (titles(each.channels), each.state.next_open.isoformat()) for each in answer.closed
    ] == [(["Telefónico"], "2026-11-23T07:00:00-05:00")]


def test_on_a_holiday_unstated_hours_are_unknown():
    help_desk()
    answer = answer_at(HOLIDAY_MORNING)
    assert (titles(answer.open), titles(answer.unknown)) == (["Celular"], ["Telefónico"])


@pytest.mark.parametrize("instant", [SUNDAY_NIGHT, MONDAY_MORNING, HOLIDAY_MORNING])
@pytest.mark.parametrize("code", ["incidente-critico", "queja"])
def test_page_and_api_give_the_same_answer(client, instant, code):
    service = help_desk()
    ChannelFactory(
        service=service,
        title="PQRSA",
        request_types=[RequestTypeFactory(code="queja", name="Quejas", covers_all=False)],
        schedule=weekday_schedule(closes=time(17)),
        position=3,
    )
    publish(Service.objects.all())
    with time_machine.travel(instant, tick=False):
        api = client.get("/api/v1/services/mesa/now/", {"request_type": code}).json()
        page = now_section(client, f"?solicitud={code}")
    shown = re.findall(r'<li class="answer[^>]*>\s*<h3>(.*?)</h3>', page)
    assert shown == [channel["title"] for channel in (*api["open"], *api["unknown"])]


def test_choices_are_the_types_that_make_a_difference():
    service = help_desk()
    kinds = [
        RequestTypeFactory(code=code, name=name, covers_all=False)
        for code, name in (("peticion", "Peticiones"), ("queja", "Quejas"))
    ]
    ChannelFactory(service=service, title="PQRSA", request_types=kinds, position=3)
    publish(Service.objects.all())
    directory = resolve(Edition.objects.current().get(), instants.parse(MONDAY_MORNING))
    assert [(choice.code, choice.name) for choice in request_choices(directory)] == [
        ("incidente-critico", "Incidentes críticos"),
        ("peticion", "Peticiones, Quejas"),
    ]


def ladder(*schedules):
    """A service whose levels 1, 2, ... keep these hours; None: not stated."""
    contacts = [
        EscalationContactFactory(name=f"Nivel {number}", schedule=schedule)
        for number, schedule in enumerate(schedules, 1)
    ]
    service = ServiceFactory(slug="mesa")
    ChannelFactory(service=service, schedule=weekday_schedule())
    EscalationPolicyFactory(service=service, levels=contacts)
    publish(Service.objects.all())


@pytest.mark.parametrize(
    ("hours", "level", "others"),
    [
        (["week"], 1, []),
        ([None], 1, []),
        (["always", "always"], 1, []),
        (["week", "always", "always"], 2, [1]),
        (["week", None, "always"], 3, [1, 2]),
        (["week", None, "week", None], 1, [2, 4]),
        ([None, None], 1, [2]),
        ([], None, []),
    ],
    ids=str,
)
def test_escalation_begins_with_the_level_that_answers(hours, level, others):
    schedules = {"week": weekday_schedule(), "always": ScheduleFactory(), None: None}
    ladder(*(schedules[each] for each in hours))
    answer = answer_at(SUNDAY_NIGHT)
    assert answer.level == (level and answer_level(level))
    assert [each.level for each in answer.other_levels] == others


def answer_level(number):
    edition = Edition.objects.get()
    directory = resolve(edition, instants.parse(SUNDAY_NIGHT))
    return directory.escalation.levels[number - 1]


def next_level(client, query=""):
    return now_section(client, query).partition('<div class="next-level">')[2]


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_level_that_answers_has_the_large_buttons(client):
    one, two = PhoneFactory(phone="+573000000001"), PhoneFactory(phone="+573000000002")
    ladder_contacts = [
        EscalationContactFactory(name="Uno", schedule=weekday_schedule(), contacts=[one]),
        EscalationContactFactory(name="Dos", schedule=ScheduleFactory(), contacts=[two]),
    ]
    service = ServiceFactory(slug="mesa")
    ChannelFactory(service=service)
    EscalationPolicyFactory(service=service, levels=ladder_contacts)
    service.escalation_policy.levels.update(escalate_after_minutes=15)
    publish(Service.objects.all())
    html = next_level(client)
    assert re.findall(r'<ul class="buttons">|<a class="button.*?href="(.*?)"', html) == [
        "",
        "tel:+573000000002",
    ]
    text = words(html)
    assert text.startswith(
        "Si eso no le ayuda Segundo escalamiento: Dos Después de 15 minutos sin respuesta."
        " Atiende ahora las 24 horas Llamar 300 000 0002"
    )
    assert text.partition("0002 ")[2].startswith(
        "Primer escalamiento: Uno Después de 15 minutos sin respuesta."
        " Cerrado ahora abre mañana a las 7 a.m. Teléfono 300 000 0001"
    )
    assert "No se sabe" not in text


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_levels_that_may_answer_are_offered_as_such(client):
    ladder(weekday_schedule(), None)
    text = words(next_level(client))
    assert "No se sabe si estos atienden ahora. Intente: Segundo escalamiento: Nivel 2" in text


def complaints(**kwargs):
    """A service of which nothing answers by night; complaints can be written."""
    service = ServiceFactory(slug="mesa")
    kind = RequestTypeFactory(code="queja", name="Quejas", covers_all=False)
    line, email = PhoneFactory(phone="+576017442727"), EmailFactory(email="quejas@example.com")
    schedule = weekday_schedule()
    late = weekday_schedule(opens=time(9))
    ChannelFactory(
        service=service, title="Telefónico", contacts=[line], schedule=schedule, position=1
    )
    ChannelFactory(
        service=service,
        title="PQRSA",
        request_types=[kind],
        contacts=[email],
        schedule=schedule,
        position=2,
    )
    ChannelFactory(service=service, title="Chat", schedule=late, position=3)
    levels = [EscalationContactFactory(schedule=weekday_schedule())]
    EscalationPolicyFactory(service=service, levels=levels)
    publish(Service.objects.all())


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_where_nothing_answers_the_next_to_open_are_offered(client):
    complaints()
    html = now_section(client, "?solicitud=queja")
    offered = re.findall(r'<li class="later">(.*?)</ul>', html, re.S)
    assert [words(each) for each in offered] == [
        "PQRSA Quejas Cerrado ahora abre mañana a las 7 a.m."
        " Puede escribir ya: se atiende al abrir. Enviar correo quejas@example.com",
        "Telefónico Todas Cerrado ahora abre mañana a las 7 a.m. Llamar 601 744 2727",
    ]
    closed = re.search(r'<div class="closed">(.*?)</div>', html, re.S)[1]
    assert words(closed) == "Cerrado ahora abre mañana a las 9 a.m. Chat"
    assert words(next_level(client, "?solicitud=queja")).startswith("Si no puede esperar")


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_card_offers_the_next_to_open_too(client):
    complaints()
    html = client.get("/servicios/mesa/tarjeta/?solicitud=queja").content.decode()
    assert re.findall(r'<li class="later">\s*<h2>(.*?)</h2>', html) == ["PQRSA", "Telefónico"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "/servicios/mesa/",
            "tal vez mañana a las 7 a.m. (festivo sin confirmar: La Inmaculada Concepción);"
            " con seguridad, el miércoles a las 7 a.m.",
        ),
        (
            "/en/servicios/mesa/",
            "perhaps tomorrow at 7 a.m. (holiday not confirmed: Immaculate Conception);"
            " for certain on Wednesday at 7 a.m.",
        ),
    ],
)
@time_machine.travel("2026-12-07T23:30:00-05:00", tick=False)
def test_holiday_before_the_next_opening_is_no_secret(client, path, text):
    help_desk()
    said = words(now_section(client, path=path)).replace(" ;", ";")
    closed, level = f"{text} Telefónico", f"{text} "
    assert (closed in said, level in said.partition("Supervisión")[2]) == (True, True)


@time_machine.travel("2026-12-07T23:30:00-05:00", tick=False)
def test_first_opening_is_said_to_be_certain_after_an_unconfirmed_holiday(client):
    ChannelFactory(service=ServiceFactory(slug="mesa"), schedule=weekday_schedule())
    publish(Service.objects.all())
    assert "Con seguridad, lo primero en abrir lo hace el miércoles a las 7 a.m." in words(
        now_section(client)
    )


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_closure_is_told_before_the_opening_and_in_its_language(client):
    help_desk()
    today = date(2026, 11, 23)
    ScheduleException.objects.create(
        schedule=Service.objects.get().channels.get(position=1).schedule,
        first_day=today,
        last_day=today,
        reason="Inventario anual",
        is_closed=True,
    )
    publish(Service.objects.all())
    html = now_section(client)
    assert "Inventario anual: abre mañana a las 7 a.m." in words(html)
    html = client.get("/en/servicios/mesa/").content.decode()
    marked = re.findall(r"<[^>]*>Inventario anual<", html)
    assert set(marked) == {'<span class="state-reason" lang="es">Inventario anual<', MARKED}


MARKED = '<span lang="es">Inventario anual<'


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


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_best_answer_comes_before_the_choices_and_these_before_the_rest(client):
    service = help_desk()
    ChannelFactory(service=service, title="Chat", position=9)
    publish(Service.objects.all())
    order = re.findall(r'<li class="answer|<nav class="choices', now_section(client))
    assert order == ['<li class="answer', '<nav class="choices', '<li class="answer']


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_time_to_escalate_and_unstated_hours_are_said(client):
    contact = EscalationContactFactory(name="Supervisión")
    service = EscalationPolicyFactory(service=ServiceFactory(slug="mesa"), levels=[contact]).service
    service.escalation_policy.levels.update(escalate_after_minutes=30)
    publish(Service.objects.all())
    text = words(now_section(client))
    assert "Primer escalamiento: Supervisión Después de 30 minutos sin respuesta." in text
    assert "Su horario no está informado." in text


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_chosen_type_is_marked_and_others_are_links(client):
    help_desk()
    links = re.findall(
        r'<a href="([^"]*)"(\s+aria-current="true")?',
        now_section(client, "?solicitud=incidente-critico"),
    )
    assert [(href, bool(current)) for href, current in links[:2]] == [
        ("?", False),
        ("?solicitud=incidente-critico", True),
    ]


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_each_open_contact_is_one_target_with_a_verb(client):
    service = ServiceFactory(slug="mesa")
    whatsapp = PhoneFactory(kind="whatsapp", phone="+573184872656")
    email, web = EmailFactory(email="a@example.com"), WebFactory(url="https://example.com/ayuda/")
    phone = PhoneFactory(phone="+573187174937")
    ChannelFactory(service=service, contacts=[phone, whatsapp, email, web])
    publish(Service.objects.all())
    pattern = r'<a class="button[^>]*href="(.*?)"[^>]*>.*?(<span class="verb">.*?)</a>'
    buttons = re.findall(pattern, now_section(client), re.S)
    assert [(href, words(label)) for href, label in buttons] == [
        ("tel:+573187174937", "Llamar 318 717 4937"),
        ("https://wa.me/573184872656", "Escribir por WhatsApp 318 487 2656"),
        ("mailto:a@example.com", "Enviar correo a@example.com"),
        ("https://example.com/ayuda/", "Abrir example.com/ayuda"),
    ]


@time_machine.travel(HOLIDAY_MORNING, tick=False)
def test_unconfirmed_holiday_is_said_with_its_name(client):
    service = ServiceFactory(slug="mesa")
    ChannelFactory(service=service, schedule=weekday_schedule())
    publish(Service.objects.all())
    assert "La Inmaculada Concepción: el horario de hoy no está confirmado." in words(
        now_section(client)
    )


@pytest.mark.parametrize(
    "query", ["?solicitud=%00", "?solicitud=<b>", "?solicitud=" + "x" * 5000, "?solicitud=todas"]
)
def test_unknown_type_gives_the_general_answer(client, query):
    help_desk()
    with time_machine.travel(SUNDAY_NIGHT, tick=False):
        # The way back to the general answer is another one where something was asked.
        asked, general = (now_section(client, text) for text in (query, ""))
    assert asked.replace('href="?"', 'href=""') == general


@pytest.mark.parametrize("path", ["/servicios/mesa/", "/servicios/mesa/tarjeta/", "/"])
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_service_without_channels_says_nothing_about_hours(client, path):
    ServiceFactory(slug="mesa")
    publish(Service.objects.all())
    html = client.get(path).content.decode()
    assert "No hay canales informados." in html
    assert re.findall(r"todo está cerrado|now-closed|class=\"state", html) == []


# ---- The directory -------------------------------------------------------------------------


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
    notice = re.search(r'<aside class="notice".*?</aside>', html, re.S)[0]
    assert [words(item) for item in re.findall(r"<li>(.*?)</li>", notice, re.S)] == [
        "Martes 8 de diciembre de 2026, La Inmaculada Concepción: horario no confirmado Telefónico",
        "Martes 8 de diciembre de 2026, La Inmaculada Concepción: cerrado Chat",
    ]


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_exception_takes_the_place_of_the_holiday(client):
    help_desk()
    ScheduleException.objects.create(
        schedule=None, first_day=date(2026, 12, 8), last_day=date(2026, 12, 8), reason="Cierre"
    )
    publish(Service.objects.all())
    assert client.get("/servicios/mesa/").context["holidays_ahead"] == []


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_planned_number_is_announced_beside_the_number(client):
    help_desk()
    new = PhoneFactory(phone="+576013790300")
    ContactPoint.objects.filter(phone="+576017442727").update(
        replaced_by=new, replaced_on=date(2026, 12, 1)
    )
    publish(Service.objects.all())
    assert "Cambia el 1 de diciembre de 2026: 601 379 0300" in words(
        client.get("/servicios/mesa/").content.decode()
    )


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_english_page_marks_what_is_spanish(client):
    help_desk()
    html = client.get("/en/servicios/mesa/").content.decode()
    assert '<html lang="en" ' in html
    assert '<h1 lang="es">Mesa de Ayuda</h1>' in html
    assert "Monday to Friday: 7 a.m. to 7 p.m." in html
    assert 'hreflang="es" href="http://testserver/servicios/mesa/"' in html
    with translation.override("es"):
        assert 'lang="es">Mesa' not in client.get("/servicios/mesa/").content.decode()


def test_canonical_address_leaves_the_query_out(client):
    help_desk()
    html = client.get("/servicios/mesa/?solicitud=incidente-critico&utm_source=x").content.decode()
    assert '<link rel="canonical" href="http://testserver/servicios/mesa/">' in html


@pytest.mark.parametrize("count", [1, 3])
def test_service_page_costs_one_query(client, count, django_assert_num_queries):
    for number in range(count):
        complete_service(slug=f"servicio-{number}")
    publish(Service.objects.all())
    with django_assert_num_queries(1):
        assert client.get("/servicios/servicio-0/").status_code == 200


# ---- The list ------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?q=601"])
@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_two_queries(client, count, query, django_assert_num_queries):
    for _ in range(count):
        complete_service()
    publish(Service.objects.all())
    with django_assert_num_queries(2):
        assert client.get(f"/{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("744 2727", ["601 744 2727 · Telefónico"]),
        ("601 7442727", ["601 744 2727 · Telefónico"]),
        ("(1) 744 2727", ["601 744 2727 · Telefónico"]),
        ("mesa 2727", ["601 744 2727 · Telefónico"]),
        ("telefonico 744", ["601 744 2727 · Telefónico"]),
        ("BOGOTA", ["601 744 2727 · Telefónico"]),
        ("ayuda@example.com", ["ayuda@example.com · Correo"]),
        ("mesa de ayuda", []),
        ("telefonico", []),
        ("", []),
    ],
)
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_result_shows_the_contact_that_was_searched_for(client, query, shown):
    service = help_desk()
    email = EmailFactory(email="ayuda@example.com", label="")
    ChannelFactory(service=service, title="Correo", contacts=[email], position=9)
    publish(Service.objects.all())
    html = client.get("/", {"q": query}).content.decode()
    assert html.count('<li class="service">') == 1
    matched = "".join(re.findall(r'<ul class="matched">.*?</ul>', html, re.S))
    assert [words(line) for line in re.findall(r"<p>(.*?)</p>", matched, re.S)] == shown


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_result_shows_the_contact_that_will_replace_another(client):
    service = help_desk()
    edition = service.editions.get()
    directory = resolve(edition, instants.now())
    channel = directory.channels[0]
    changes = PlannedChange(
        on=date(2026, 12, 1), value="+573000000000", display="300 000 0000", href=""
    )
    contact = msgspec.structs.replace(channel.contacts[0], changes=changes)
    channel = msgspec.structs.replace(channel, contacts=(contact,))
    planned = msgspec.structs.replace(directory, channels=(channel,))
    assert search_hits(planned, "300 000 0000") == [
        SearchHit(contact=contact, where="Telefónico", is_planned=True)
    ]


@pytest.mark.parametrize("query", ["379 0300 ext 1107", "(601) 379-0300, Ext. 1107", "1107"])
def test_result_shows_the_contact_with_the_extension(client, query):
    channel = ChannelFactory(title="Soporte", contacts=[PhoneFactory(phone="+576013790301")])
    ChannelContactFactory(
        channel=channel, contact_point=PhoneFactory(phone="+576013790300"), extensions="1104, 1107"
    )
    publish(Service.objects.all())
    html = client.get("/", {"q": query}).content.decode()
    assert re.findall(r'<p>\s*<span class="value">(.*?)</span>', html) == ["601 379 0300"]


@pytest.mark.parametrize(
    ("language", "by_name", "by_contents"),
    [
        ("", "Por el nombre", "Por los contactos y textos"),
        ("en/", "Found by name", "Found by contacts and texts"),
    ],
)
def test_search_shows_first_what_is_called_so(client, language, by_name, by_contents):
    for name in ("Zeta certi", "Alfa", "Beta", "Certi Uno"):
        email = EmailFactory(email=f"{name[:4].lower()}@certi.example.com", label="")
        ChannelFactory(service=ServiceFactory(name=name), contacts=[email])
    publish(Service.objects.all())
    groups = client.get(f"/{language}", {"q": "CERTI"}).context["groups"]
    assert [(g["heading"], [s["directory"].name for s in g["services"]]) for g in groups] == [
        (by_name, ["Certi Uno", "Zeta certi"]),
        (by_contents, ["Alfa", "Beta"]),
    ]


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_one_page_is_grouped_by_what_answers_now(client):
    ChannelFactory(service=ServiceFactory(name="Cerrado"), schedule=weekday_schedule())
    ChannelFactory(service=ServiceFactory(name="Siempre"))
    publish(Service.objects.all())
    groups = client.get("/").context["groups"]
    assert [(g["heading"], [s["directory"].name for s in g["services"]]) for g in groups] == [
        ("Atienden ahora", ["Siempre"]),
        ("Cerrado ahora", ["Cerrado"]),
    ]


def test_many_pages_are_alphabetical_with_headings(client, monkeypatch):
    monkeypatch.setattr("directory.public.views.PAGE_SIZE", 3)
    for name in ("Árbol", "Avión", "Ñame", "9 vidas"):
        ServiceFactory(name=name)
    publish(Service.objects.all())
    pages = [client.get("/", {"page": number}).context["groups"] for number in (1, 2)]
    assert [
        [(g["heading"], [s["directory"].name for s in g["services"]]) for g in page]
        for page in pages
    ] == [[("#", ["9 vidas"]), ("A", ["Árbol", "Avión"])], [("N", ["Ñame"])]]


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=-1", "?page=999999999999", "?page=x", "?q=%00", "?q=" + "a" * 9999]
)
def test_odd_queries_are_answered(client, query):
    help_desk()
    assert client.get(f"/{query}").status_code == 200


def test_pages_are_kept_but_asked_for_again(client):
    help_desk()
    with time_machine.travel(SUNDAY_NIGHT, tick=False):
        first = client.get("/servicios/mesa/")
        again = client.get("/servicios/mesa/", headers={"if-none-match": first["ETag"]})
    assert (first["Cache-Control"], again.status_code) == ("public, no-cache", 304)


def test_json_ld_is_the_contacts_with_hours(client):
    help_desk()
    html = client.get("/servicios/mesa/").content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    phone = data["provider"]["contactPoint"][0]
    assert (data["@type"], phone["telephone"], phone["contactType"]) == (
        "Service",
        "+576017442727",
        "Todas",
    )
    assert [(h["opens"], h["closes"], len(h["dayOfWeek"])) for h in phone["hoursAvailable"]] == [
        ("07:00", "19:00", 5)
    ]
