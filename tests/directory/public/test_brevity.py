"""Nothing is told twice: hours of a group, states of a list, channels that the table has."""

import re

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import HOLIDAY_MORNING, MONDAY_MORNING, now_section
from tests.factories import (
    ChannelFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    WebFactory,
    weekday_schedule,
)
from tests.html import read, words

pytestmark = pytest.mark.django_db

WEEK, ALWAYS = "Lunes a viernes: 7 a.m. a 7 p.m.", "7 días 24 horas"


def directory(*channels):
    """A published service with these channels, each a title and a schedule."""
    service = ServiceFactory(slug="mesa")
    for position, (title, schedule) in enumerate(channels):
        ChannelFactory(service=service, title=title, schedule=schedule, position=position)
    publish(Service.objects.all())
    return service


def table(client):
    """The cells of each row of the table of channels; a heading among them in brackets."""
    html = client.get("/servicios/mesa/").content.decode()
    [body] = re.findall(r'<table class="channels".*?</thead>(.*?)</table>', html, re.S)
    return [
        [words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in re.findall(r"<tr.*?</tr>", body, re.S)
    ]


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_hours_that_a_group_has_in_common_stand_beside_its_title_alone(client):
    office = weekday_schedule()
    directory(("Telefónico", office), ("Telefónico", weekday_schedule()), ("Chat", office))
    assert [
        [cell for cell in row if cell in {WEEK, "Telefónico", "Chat"}] for row in table(client)
    ] == [
        ["Telefónico", WEEK],
        [],
        [],
        ["Chat", WEEK],
        [],
    ]


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_hours_that_differ_within_a_group_stand_in_their_rows(client):
    directory(("Telefónico", weekday_schedule()), ("Telefónico", ScheduleFactory()))
    assert [row[-1] for row in table(client)] == ["Telefónico", WEEK, ALWAYS]


@time_machine.travel(HOLIDAY_MORNING, tick=False)
def test_what_all_that_may_answer_have_in_common_is_said_once(client):
    office = weekday_schedule()
    directory(("Portal", ScheduleFactory()), ("Telefónico", office), ("Chat", office))
    section = words(now_section(client))
    assert section.count("Horario no confirmado") == 1
    assert section.index("Tal vez contesten ahora Horario no confirmado") < section.index("Chat")


@time_machine.travel(HOLIDAY_MORNING, tick=False)
def test_what_differs_among_them_is_said_of_each(client):
    directory(("Portal", ScheduleFactory()), ("Telefónico", weekday_schedule()), ("Correo", None))
    section = words(now_section(client))
    states = re.findall("Telefónico|Correo|Horario no confirmado|Horario no informado", section)
    assert states == ["Telefónico", "Horario no confirmado", "Correo", "Horario no informado"]


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_a_contact_that_answers_at_other_times_for_another_type_says_both(client):
    service = directory(("Telefónico", weekday_schedule()))
    portal = WebFactory()
    for position, (name, schedule) in enumerate(
        [("Incidentes", ScheduleFactory()), ("Solicitudes", weekday_schedule())], 5
    ):
        ChannelFactory(
            service=service,
            title="Portal",
            contacts=[portal],
            request_types=[RequestTypeFactory(code=name.lower(), name=name)],
            schedule=schedule,
            position=position,
        )
    publish(Service.objects.all())
    section = words(now_section(client))
    assert (
        "Incidentes Atiende ahora las 24 horas Solicitudes Atiende ahora hasta las 7 p.m."
        in section
    )


@pytest.mark.parametrize(
    ("many", "more"), [(6, []), (7, ["1 más, abajo"]), (21, ["15 más, abajo"])]
)
@time_machine.travel(MONDAY_MORNING, tick=False)
def test_five_channels_besides_the_best_stand_above_the_table(client, many, more):
    always = ScheduleFactory()
    directory(*((f"Canal {number:02}", always) for number in range(many)))
    section = now_section(client)
    assert words(section).count("Canal") == min(many, 6)
    assert [words(each) for each in re.findall(r'<p class="more">.*?</p>', section, re.S)] == more
    assert len(table(client)) == 2 * many


def test_a_line_never_breaks_at_a_hyphen_of_an_address(client):
    service = ServiceFactory(slug="mesa")
    web = WebFactory(url="https://mesa.service-now.com/csm")
    ChannelFactory(service=service, contacts=[web, PhoneFactory()])
    publish(Service.objects.all())
    html = client.get("/servicios/mesa/").content.decode()
    assert 'mesa<wbr><span class="whole">.service-now.com/</span><wbr>csm' in html
    assert "mesa.service-now.com/csm" in read(client.get("/servicios/mesa/")).seen


def test_label_that_says_the_title_again_is_not_seen(client):
    service = ServiceFactory(slug="mesa")
    for title, label in (("Chat", "Chat"), ("Portal", "Solicitudes")):
        ChannelFactory(service=service, title=title, contacts=[WebFactory(label=label)])
    publish(Service.objects.all())
    html = client.get("/servicios/mesa/").content.decode()
    [rows] = re.findall(r'<table class="channels".*?</table>', html, re.S)
    labels = re.findall(r'<span class="(contact-label.*?)"\s*>(.*?)<', rows)
    assert labels == [("contact-label visually-hidden", "Chat"), ("contact-label", "Solicitudes")]


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_whose_time_is_meant_is_said_of_times_alone(client):
    directory(("Telefónico", weekday_schedule()), ("Chat", weekday_schedule(holidays="closed")))
    page = read(client.get("/en/servicios/mesa/")).seen
    assert "On Tuesday, Dec. 8, 2026: hours not confirmed, Immaculate Conception" in page
    assert "On Tuesday, Dec. 8, 2026: closed, Immaculate Conception" in page
    assert "Monday to Friday: 7 a.m. to 7 p.m. (Bogotá time)" in page
