"""Whom to contact now: who is offered first, and what is said where nobody answers."""

import pytest
import time_machine

from directory.answers import instants
from directory.answers.advice import advise, request_choices
from directory.answers.resolve import resolve
from directory.answers.whom_to_contact import whom_to_contact
from directory.editions.publish import publish
from directory.models import Edition, Service
from escalations.models import EscalationLevel, EscalationPolicy
from tests.directory.pages import HOLIDAY_MORNING, MONDAY_MORNING, SUNDAY_NIGHT, help_desk, ladder
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    RequestTypeFactory,
    ScheduleFactory,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db


def titles(channels):
    return [channel.title for channel in channels]


def answer_at(instant, code=""):
    edition = Edition.objects.current().get()
    with time_machine.travel(instant, tick=False):
        return advise(resolve(edition, instants.now()), code)


def test_ordinary_requests_lead_and_the_critical_line_stands_apart():
    help_desk()
    answer = answer_at(MONDAY_MORNING)
    assert titles(answer.open) == titles(answer.offered) == ["Telefónico"]
    assert (answer.state, answer.sentence, answer.unknown, answer.closed) == ("open", "", (), ())
    assert (answer.critical.state, titles(answer.critical.offered)) == ("open", ["Celular"])
    assert (answer.critical_leads, answer.lead.title) == (False, "Telefónico")


def test_at_night_the_critical_line_leads_and_the_rest_says_when_it_opens():
    help_desk()
    answer = answer_at(SUNDAY_NIGHT)
    assert (answer.state, answer.sentence) == (
        "critical",
        "En este momento solo se atienden incidentes críticos. Lo demás abre mañana a las 7 a.m.",
    )
    assert (answer.open, titles(answer.offered)) == ((), ["Telefónico"])
    assert (answer.critical_leads, answer.lead.title) == (True, "Celular")


def test_on_a_holiday_unstated_hours_are_unknown_and_what_is_ordinary_leads():
    help_desk()
    answer = answer_at(HOLIDAY_MORNING)
    assert (answer.state, answer.open, titles(answer.unknown)) == ("unknown", (), ["Telefónico"])
    assert (answer.critical.state, answer.critical_leads) == ("open", False)


@pytest.mark.parametrize("code", ["incidente-critico", "todas"])
def test_a_chosen_type_has_one_answer(code):
    """One that covers all is no choice."""
    help_desk()
    answer = answer_at(SUNDAY_NIGHT, code)
    chosen = code != "todas"
    assert (answer.critical is None, titles(answer.open)) == (chosen, ["Celular"] * chosen)
    assert answer.state == ("open" if chosen else "critical")


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
    ("hours", "level"),
    [
        (["week"], 1),
        (["always", "always"], 1),
        (["week", "always", "always"], 2),
        (["week", None, "always"], 3),
        (["week", None, "week", None], 1),
        ([None, None], 1),
        ([], None),
    ],
    ids=str,
)
def test_escalation_begins_with_the_level_that_answers(hours, level):
    schedules = {"week": weekday_schedule(), "always": ScheduleFactory(), None: None}
    ladder(*(schedules[each] for each in hours))
    answer = answer_at(SUNDAY_NIGHT)
    levels = resolve(Edition.objects.get(), instants.parse(SUNDAY_NIGHT)).escalation.levels
    assert answer.level == (levels[level - 1 : level] if level else ())


def test_all_who_answer_on_a_level_are_offered_where_one_of_them_does():
    schedules = {"week": weekday_schedule(), "always": ScheduleFactory()}
    ladder(schedules["week"], schedules["week"], schedules["week"])
    policy = EscalationPolicy.objects.get()
    on_second_level(policy, "Redes", schedules["always"])
    publish(Service.objects.all())
    answer = answer_at(SUNDAY_NIGHT)
    assert answering([answer.level]) == [[(2, "Nivel 2"), (2, "Redes")]]


def test_levels_for_other_types_are_left_out_once_one_is_chosen():
    ladder(ScheduleFactory(), None, None)
    policy = EscalationPolicy.objects.get()
    incident, complaint = (
        RequestTypeFactory(code=code, name=code, covers_all=False) for code in ("falla", "queja")
    )
    policy.levels.get(level=1).request_types.add(complaint)
    on_second_level(policy, "Redes").request_types.add(incident)
    on_second_level(policy, "Todo").request_types.add(RequestTypeFactory())
    publish(Service.objects.all())
    directory = resolve(Edition.objects.current().get(), instants.parse(SUNDAY_NIGHT))
    # Also of types that no channel names by their own.
    assert [choice.code for choice in request_choices(directory)] == ["queja", "falla"]
    names = [each.name for each in whom_to_contact(directory, "falla").escalation]
    assert names == ["Nivel 2", "Redes", "Todo", "Nivel 3"]
    advice = advise(directory, "falla")
    assert answering([advice.level]) == [[(2, "Nivel 2"), (2, "Redes"), (2, "Todo")]]
    names = [each.name for each in whom_to_contact(directory, "queja").escalation]
    assert names == ["Nivel 1", "Nivel 2", "Todo", "Nivel 3"]
    assert len(whom_to_contact(directory).escalation) == 5


def on_second_level(policy, name, schedule=None):
    contact = EscalationContactFactory(name=name, schedule=schedule)
    return EscalationLevel.objects.create(policy=policy, level=2, contact=contact)


def answering(levels):
    return [[(each.level, each.name) for each in level] for level in levels]
