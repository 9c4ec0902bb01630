"""Whom to contact now: who is offered first, and what is said where nobody answers."""

import pytest
import time_machine

from directory.answers import instants
from directory.answers.advice import advise, request_choices
from directory.answers.resolve import resolve
from directory.editions.publish import publish
from directory.models import Edition, Service
from tests.directory.pages import HOLIDAY_MORNING, MONDAY_MORNING, SUNDAY_NIGHT, help_desk, ladder
from tests.factories import ChannelFactory, RequestTypeFactory, ScheduleFactory, weekday_schedule

pytestmark = pytest.mark.django_db


def titles(channels):
    return [channel.title for channel in channels]


def answer_at(instant, code=""):
    edition = Edition.objects.get()
    with time_machine.travel(instant, tick=False):
        return advise(resolve(edition, instants.now()), code)


def test_critical_contacts_come_first_in_general():
    help_desk()
    answer = answer_at(MONDAY_MORNING)
    assert titles(answer.open) == titles(answer.offered) == ["Celular", "Telefónico"]
    assert (answer.state, answer.unknown, answer.closed) == ("open", (), ())


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
    levels = resolve(Edition.objects.get(), instants.parse(SUNDAY_NIGHT)).escalation.levels
    assert answer.level == (levels[level - 1 : level] if level else ())
    assert [number for ((number, _name),) in answering(answer.other_levels)] == others


def answering(levels):
    return [[(each.level, each.name) for each in level] for level in levels]
