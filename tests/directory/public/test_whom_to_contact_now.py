"""The top of a service's page, and its card: whom to contact now."""

import re
from datetime import time
from functools import partial

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import (
    HOLIDAY_MORNING,
    MONDAY_MORNING,
    SUNDAY_NIGHT,
    complaints,
    get,
    help_desk,
    ladder,
    now_section,
    open_level,
)
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
    weekday_schedule,
)
from tests.html import Page, read, words

pytestmark = pytest.mark.django_db


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
        page = now_section(client, f"?request_type={code}")
    shown = re.findall(r'<li class="answer[^>]*>\s*(?:<div>\s*)?<h[34]>(.*?)\s*<', page)
    assert shown == [channel["title"] for channel in (*api["open"], *api["unknown"])]


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_address_with_the_old_name_of_the_request_type_is_answered_alike(client):
    complaints()
    old, new = (now_section(client, f"?{name}=queja") for name in ("solicitud", "request_type"))
    assert old == new
    assert "solicitud" not in new


@pytest.mark.parametrize("name", ["request_type", "solicitud"])
@pytest.mark.parametrize(
    ("code", "is_told"),
    [("%00", True), ("<b>", True), ("x" * 5000, True), ("todas", False), ("", False), ("+", False)],
)
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_unknown_type_gives_the_general_answer_and_says_so(client, name, code, is_told):
    help_desk()
    told = "Este servicio no tiene un tipo de solicitud con ese nombre."
    asked, general = (words(now_section(client, text)) for text in (f"?{name}={code}", ""))
    first, _, rest = asked.partition(f"{told} Esta es la respuesta para cualquier solicitud. ")
    assert (first + rest, told in asked) == (general, is_told)
    card = client.get(f"/servicios/mesa/tarjeta/?{name}={code}").content.decode()
    assert (told in words(card)) is is_told


@pytest.mark.parametrize("code", ["Incidente-Critico", "+incidente_critico+"])
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_a_type_is_found_however_its_code_is_written(client, code):
    help_desk()
    asked, exact = (
        words(now_section(client, f"?request_type={each}")) for each in (code, "incidente-critico")
    )
    assert asked == exact


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_best_answer_comes_before_the_choices_and_these_before_the_rest(client):
    service = help_desk()
    for title in ("Chat", "Correo"):
        ChannelFactory(service=service, title=title, position=9)
    publish(Service.objects.all())
    order = re.findall(r'<li class="(?:answer|later)|<nav class="choices', now_section(client))
    # The line for critical incidents stands beside the best answer to anything else.
    answer, choices = '<li class="answer', '<nav class="choices'
    assert order == [answer, answer, choices, answer]


@pytest.mark.parametrize(("others", "is_offered"), [([], False), (["Chat"], True)])
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_where_all_channels_are_for_one_type_there_is_nothing_to_choose(client, others, is_offered):
    service = ServiceFactory(slug="mesa")
    ChannelFactory(service=service, request_types=[RequestTypeFactory(code="incidente-critico")])
    for title in others:
        ChannelFactory(service=service, title=title)
    publish(Service.objects.all())
    assert ('<nav class="choices' in now_section(client)) is is_offered


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_chosen_type_is_marked_and_others_are_links(client):
    help_desk()
    links = re.findall(
        r'<a href="([^"]*)"(\s+aria-current="true")?',
        now_section(client, "?request_type=incidente-critico"),
    )
    assert [(href, bool(current)) for href, current in links[:2]] == [
        ("?", False),
        ("?request_type=incidente-critico", True),
    ]


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_answer_names_the_types_of_channels_of_one_title_once(client):
    service = help_desk()
    kind = RequestTypeFactory(code="queja", name="Quejas")
    service.channels.exclude(title="Telefónico").delete()
    # The types tell two apart, the labels of their contacts three; these are on the buttons.
    for label, headings in (
        ("Cali", ["Telefónico"] * 2),
        ("Línea Bogotá", ["Telefónico"] * 3),
    ):
        contacts = [PhoneFactory(label=label)]
        ChannelFactory(service=service, request_types=[kind], contacts=contacts, position=9)
        publish(Service.objects.all())
        html = client.get("/servicios/mesa/tarjeta/").content.decode()
        assert [words(each) for each in re.findall(r"<h2.*?</h2>", html, re.S)] == headings
        assert words(html).count("Quejas") == len(headings) - 1


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_each_open_contact_is_one_target_with_a_verb(client):
    service = ServiceFactory(slug="mesa")
    whatsapp = PhoneFactory(kind="whatsapp", phone="+573184872656", label="")
    email = EmailFactory(email="a@example.com", label="")
    web = WebFactory(url="https://example.com/ayuda/", label="")
    phone = PhoneFactory(phone="+573187174937", label="Celular")
    ChannelFactory(service=service, contacts=[phone, whatsapp, email, web])
    publish(Service.objects.all())
    pattern = r'<a class="button[^>]*href="(.*?)"[^>]*>.*?(<span class="verb">.*?)</a>'
    buttons = re.findall(pattern, now_section(client), re.S)
    assert [(href, words(label)) for href, label in buttons] == [
        ("tel:+573187174937", "Llamar: Celular 318 717 4937"),
        ("https://wa.me/573184872656", "Escribir por WhatsApp 318 487 2656"),
        ("mailto:a@example.com", "Enviar correo a@example.com"),
        ("https://example.com/ayuda/", "Abrir example.com/ayuda"),
    ]


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_where_nothing_answers_the_next_to_open_are_offered(client):
    complaints()
    html = now_section(client, "?request_type=queja")
    offered = re.findall(r'<li class="later[^>]*>(.*?)</ul>', html, re.S)
    # Both open when the first line says.
    assert Page(html).by_class["state"] == "Cerrado ahora abre mañana a las 7 a.m."
    assert [words(each) for each in offered] == [
        "PQRSA Quejas Puede escribir ya: se atiende al abrir. Enviar correo quejas@example.com",
        "Telefónico Línea Línea Teléfono 601 744 2727",
    ]
    closed = re.search(r'<div class="closed">(.*?)</div>', html, re.S)[1]
    assert words(closed) == "Cerrado ahora abre mañana a las 9 a.m. Chat"
    assert "Si no puede esperar Primer escalamiento" in words(html)


@pytest.mark.parametrize("name", ["request_type", "solicitud"])
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_card_offers_the_next_to_open_too(client, name):
    """Also where an address has the name that the parameter had before."""
    complaints()
    html = client.get(f"/servicios/mesa/tarjeta/?{name}=queja").content.decode()
    assert [words(each) for each in re.findall(r"<h2.*?</h2>", html)] == ["PQRSA", "Telefónico"]


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        (
            "/servicios/mesa/",
            "tal vez mañana a las 7 a.m. (festivo sin confirmar: La Inmaculada Concepción);"
            " con seguridad, el miércoles a las 7 a.m.",
            "Telefónico",
        ),
        (
            "/en/servicios/mesa/",
            "perhaps tomorrow at 7 a.m. (holiday not confirmed: Immaculate Conception);"
            " for certain on Wednesday at 7 a.m.",
            "By telephone",
        ),
    ],
)
@time_machine.travel("2026-12-07T23:30:00-05:00", tick=False)
def test_holiday_before_the_next_opening_is_no_secret(client, path, text, title):
    help_desk()
    said = words(now_section(client, path=path)).replace(" ;", ";")
    before, _channel, _contact = said.partition(title)
    assert text in before
    assert text in read(client.get(path)).by_class["levels"].replace(" ;", ";")


@time_machine.travel("2026-12-07T23:30:00-05:00", tick=False)
def test_first_opening_is_said_to_be_certain_after_an_unconfirmed_holiday(client):
    ChannelFactory(service=ServiceFactory(slug="mesa"), schedule=weekday_schedule())
    publish(Service.objects.all())
    assert "con seguridad, el miércoles a las 7 a.m." in words(now_section(client))


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_level_that_answers_is_open_and_the_others_are_folded(client):
    one, two = (PhoneFactory(phone=f"+57300000000{n}", label="") for n in (1, 2))
    levels = [
        EscalationContactFactory(name="Uno", schedule=weekday_schedule(), contacts=[one]),
        EscalationContactFactory(name="Dos", schedule=ScheduleFactory(), contacts=[two]),
    ]
    service = ChannelFactory(service__slug="mesa").service
    policy = EscalationPolicyFactory(service=service, levels=levels)
    policy.levels.update(escalate_after_minutes=15)
    publish(Service.objects.all())
    assert words(open_level(client)).startswith(
        "Segundo escalamiento Dos Atiende ahora las 24 horas"
        " Después de 15 minutos sin respuesta. 7 días 24 horas Teléfono 300 000 0002"
    )
    html = client.get("/servicios/mesa/").content.decode()
    [folded] = re.findall(r"<details>\s*<summary>.*?</details>", html, re.S)
    assert words(folded).startswith(
        "Primer escalamiento Uno Cerrado ahora abre mañana a las 7 a.m."
        " Después de 15 minutos sin respuesta. Lunes a viernes: 7 a.m. a 7 p.m."
        " Teléfono 300 000 0001"
    )


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_first_level_is_open_where_none_is_known_to_answer(client):
    ladder(weekday_schedule(), None)
    assert words(open_level(client)).startswith("Primer escalamiento Nivel 1 Cerrado ahora")
    assert get(client, "/servicios/mesa/").seen.count("Horario no informado") == 1


@pytest.mark.parametrize(
    ("schedule", "heading"),
    [
        (weekday_schedule, "También abren mañana a las 7 a.m."),
        (partial(ScheduleFactory, always_open=False), "Tal vez contesten ahora"),
    ],
)
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_other_channels_are_never_without_a_state(client, schedule, heading):
    """What opens with the first, or is as unknown, has it in the heading."""
    hours = schedule()
    service = ServiceFactory(slug="mesa")
    ChannelFactory(service=service, schedule=hours)
    ChannelFactory(service=service, schedule=hours, title="Correo", contacts=[EmailFactory()])
    publish(Service.objects.all())
    assert f"<h3>{heading}</h3>" in now_section(client)
