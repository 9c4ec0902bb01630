"""Channels of one title are told apart by the least that differs."""

from datetime import datetime

import pytest

from directory.answers.resolve import resolve
from directory.editions.publish import publish
from directory.models import Edition, Service
from tests.directory.pages import MONDAY_MORNING
from tests.factories import (
    ChannelFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db


def distinctions(*channels):
    """What tells these channels of one service and title apart."""
    service, schedule = ServiceFactory(), ScheduleFactory()
    for position, channel in enumerate(channels):
        labels = channel.pop("labels", ["Línea"])
        ChannelFactory(
            **{"service": service, "schedule": schedule, "position": position, **channel},
            contacts=[PhoneFactory(label=label) for label in labels],
        )
    publish(Service.objects.all())
    directory = resolve(Edition.objects.get(), datetime.fromisoformat(MONDAY_MORNING))
    return [channel.distinction for channel in directory.channels]


def test_what_is_alone_of_its_title_needs_nothing():
    assert distinctions({"title": "Chat"}, {"title": "Telefónico"}) == ["", ""]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ({"labels": ["Bogotá"]}, {"labels": ["Cali", "Cali"]}, ["Bogotá", "Cali"]),
        ({}, {"for_abroad": True}, ["", "desde el exterior"]),
        ({"languages": "es, en"}, {"languages": "es"}, ["español e inglés", "español"]),
        ({"description": "Personas"}, {"description": "Empresas"}, ["Personas", "Empresas"]),
        ({}, {"schedule": None}, ["7 días 24 horas", "Horario no informado"]),
        ({}, {}, ["", ""]),
    ],
)
def test_the_first_fact_that_differs_tells_two_apart(one, other, told):
    assert distinctions(one, other) == told


def test_request_types_come_first():
    kind = RequestTypeFactory(code="queja", name="Quejas")
    one, other = {"labels": ["Bogotá"]}, {"labels": ["Cali"], "request_types": [kind]}
    assert distinctions(one, other) == ["Todas", "Quejas"]


def test_where_no_fact_is_enough_those_that_help_stand_together():
    assert distinctions(
        {"labels": ["Bogotá"]},
        {"labels": ["Bogotá"], "for_abroad": True},
        {"labels": ["Cali"]},
    ) == ["Bogotá", "Bogotá · desde el exterior", "Cali"]
