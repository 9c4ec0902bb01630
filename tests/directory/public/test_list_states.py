"""What the list says of each service: ordinary and critical requests have states of their own."""

from datetime import date, time

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import (
    HOLIDAY_MORNING,
    MONDAY_MORNING,
    SUNDAY_NIGHT,
    critical,
    get,
    help_desk,
)
from tests.factories import (
    ChannelFactory,
    ExceptionFactory,
    NoticeFactory,
    ScheduleFactory,
    ServiceFactory,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db


def test_one_page_is_grouped_by_what_answers_ordinary_requests(client):
    help_desk()
    for name, hours in (
        ("Cerrado", {"schedule": weekday_schedule()}),
        ("Siempre", {}),
        ("Tal vez", {"schedule": ScheduleFactory(always_open=False)}),
    ):
        ChannelFactory(service=ServiceFactory(name=name), **hours)
    ServiceFactory(name="Vacío")
    publish(Service.objects.all())

    def groups(at):
        with time_machine.travel(at, tick=False):
            shown = client.get("/").context["groups"]
        return [(g["heading"], [s["directory"].name for s in g["services"]]) for g in shown]

    assert groups(MONDAY_MORNING) == [
        ("Atienden ahora", ["Cerrado", "Mesa de Ayuda", "Siempre"]),
        ("Tal vez contesten ahora", ["Tal vez"]),
        ("Sin canales", ["Vacío"]),
    ]
    assert groups(SUNDAY_NIGHT) == [
        ("Atienden ahora", ["Siempre"]),
        ("Tal vez contesten ahora", ["Tal vez"]),
        ("Solo incidentes críticos", ["Mesa de Ayuda"]),
        ("Cerrados ahora", ["Cerrado"]),
        ("Sin canales", ["Vacío"]),
    ]


def test_until_when_it_answers_is_told_of_the_contact_beside_it(client):
    service = ServiceFactory()
    ChannelFactory(service=service, schedule=weekday_schedule())
    ChannelFactory(service=service)
    publish(Service.objects.all())
    page = get(client, "/")
    assert page.by_class["state"] == "Atiende ahora hasta las 7 p.m."


CRITICAL_LINE = "Llamar 318 717 4937 Monitoreo · Celular: Incidentes críticos"
ORDINARY_LINE = "Llamar 601 744 2727 Línea Bogotá · Telefónico"


@pytest.mark.parametrize(
    ("at", "state", "contact"),
    [
        (MONDAY_MORNING, "Atiende ahora hasta las 7 p.m.", ORDINARY_LINE),
        (
            "2026-11-23T20:00:00-05:00",
            "Solo incidentes críticos · lo demás abre mañana a las 7 a.m.",
            CRITICAL_LINE,
        ),
        (
            HOLIDAY_MORNING,
            "Horario no confirmado La Inmaculada Concepción con seguridad, mañana a las 7 a.m."
            " Incidentes críticos: Atiende ahora las 24 horas",
            ORDINARY_LINE,
        ),
        (
            "2026-12-07T23:30:00-05:00",
            "Solo incidentes críticos · lo demás tal vez mañana a las 7 a.m."
            " (festivo sin confirmar: La Inmaculada Concepción);"
            " con seguridad, el miércoles a las 7 a.m.",
            CRITICAL_LINE,
        ),
        (
            "2026-11-30T10:00:00-05:00",
            "Hoy: cerrado, Inventario Solo incidentes críticos · lo demás abre mañana a las 7 a.m.",
            CRITICAL_LINE,
        ),
    ],
)
def test_a_service_says_in_a_sentence_who_answers_and_its_best_contact(client, at, state, contact):
    closed = help_desk().channels.get(title="Telefónico").schedule
    ExceptionFactory(schedules=[closed], first_day=date(2026, 11, 30), reason="Inventario")
    publish(Service.objects.all())
    page = get(client, "/", at=at)
    assert page.by_class["service"].replace(" ;", ";") == f"Mesa de Ayuda {state} {contact}"


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_a_service_for_critical_requests_alone_promises_nothing_else(client):
    line = ChannelFactory(service=ServiceFactory(name="Guardia"), request_types=[critical()])
    publish(Service.objects.all())
    page = get(client, "/")
    assert page.by_class["state"] == "Solo incidentes críticos · las 24 horas"
    line.schedule = weekday_schedule(opens=time(9))
    line.save()
    publish(Service.objects.all())
    page = get(client, "/")
    assert page.by_class["state"] == "Incidentes críticos: Cerrado ahora abre a las 9 a.m."


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_an_outage_of_the_ordinary_line_is_told_beside_the_critical_one(client):
    desk = help_desk()
    line = desk.channels.get(title="Telefónico")
    NoticeFactory(channel=line, text="No funciona.", severity="out_of_order")
    publish(Service.objects.all())
    page = get(client, "/")
    assert page.by_class["state"] == (
        "Solo incidentes críticos · lo demás: fuera de servicio, hasta nuevo aviso"
    )
    assert page.by_class["service-notices"] == "Fuera de servicio: Telefónico"
    # On its page, where nothing else is ordinary, it is the first thing.
    page = get(client, "/servicios/mesa/")
    assert page.by_class["notices"].startswith("Fuera de servicio: No funciona.")
