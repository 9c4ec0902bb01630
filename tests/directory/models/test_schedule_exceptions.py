"""What exceptions refuse: in `full_clean`, in the database, as a whole; and whom they concern."""

from datetime import date, time

import pytest

from directory.models import ExceptionSpan, ScheduleException
from tests.factories import (
    ChannelFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    ScheduleFactory,
    ServiceFactory,
    weekday_schedule,
)
from tests.refusals import (
    assert_overlap,
    codes_of,
    refused_in_full_clean,
    refused_twice,
)

pytestmark = pytest.mark.django_db

FIRST = "first_working_day"


@pytest.fixture
def schedule():
    return ScheduleFactory(always_open=False)


def test_exception_that_ends_before_it_begins_is_refused():
    wrong = ExceptionFactory.build(last_day=date(2026, 12, 23))
    assert refused_twice(wrong)["last_day"] == ["dates_out_of_order"]


@pytest.mark.parametrize(
    ("days", "is_refused"),
    [
        ({}, True),
        ({"last_day": date(2026, 12, 25)}, False),
        ({"every_year": True}, False),
        ({"monthly": "first_working_day"}, False),
    ],
)
@pytest.mark.parametrize("for_all", [True, False])
def test_same_days_have_one_exception(schedule, for_all, days, is_refused):
    own = [] if for_all else [schedule]
    ExceptionFactory(schedules=own)
    again = ExceptionFactory(schedules=[*own, ScheduleFactory()] if own else [], **days)
    expected = {"first_day": ["same_days"]} if is_refused else {}
    assert codes_of(again.validate_whole) == expected
    assert codes_of(lambda: again.validate_schedules(own)) == expected


@pytest.mark.parametrize(("which", "is_refused"), [(FIRST, True), ("last_working_day", False)])
def test_the_same_day_of_each_month_has_one_exception(which, is_refused):
    ExceptionFactory(monthly=FIRST, last_day=None)
    again = ExceptionFactory(monthly=which, last_day=None)
    expected = {"first_day": ["same_days"]} if is_refused else {}
    assert codes_of(again.validate_whole) == expected


def test_exception_of_a_schedule_may_have_the_days_of_one_for_all_or_of_another(schedule):
    ExceptionFactory()
    ExceptionFactory(schedules=[ScheduleFactory()])
    assert codes_of(ExceptionFactory(schedules=[schedule]).validate_whole) == {}


NOON, MIDNIGHT = time(12), time(0)
WRONG = [
    ({"effect": "limited"}, "opens_at_earliest", "limits_missing"),
    ({"closes_at_latest": NOON}, "closes_at_latest", "limit_without_effect"),
    (
        {"effect": "other_hours", "opens_at_earliest": NOON},
        "opens_at_earliest",
        "limit_without_effect",
    ),
    (
        {"effect": "limited", "opens_at_earliest": NOON, "closes_at_latest": NOON},
        "closes_at_latest",
        "limits_out_of_order",
    ),
    (
        {"effect": "limited", "closes_at_latest": NOON, "also_on_days_off": True},
        "also_on_days_off",
        "days_off_without_hours",
    ),
    ({"also_on_days_off": True}, "also_on_days_off", "days_off_without_hours"),
    ({"every_year": True, "last_day": date(2027, 12, 24)}, "last_day", "longer_than_a_year"),
    ({"last_day": None}, "last_day", "last_day_missing"),
    ({"monthly": FIRST, "every_year": True}, "every_year", "monthly"),
    ({"monthly": "day"}, "monthly", "invalid_choice"),
    ({"effect": "cerrado"}, "effect", "invalid_choice"),
    (
        {"effect": "limited", "closes_at_latest": time(12, 0, 30)},
        "closes_at_latest",
        "seconds_given",
    ),
]


@pytest.mark.parametrize(("values", "field", "code"), WRONG[:-1])
def test_wrong_exception_is_refused_at_its_field(values, field, code):
    codes = refused_twice(ExceptionFactory.build(**values))
    assert codes[field] == [code]


def test_limit_has_whole_minutes():
    values, field, code = WRONG[-1]
    assert refused_in_full_clean(ExceptionFactory.build(**values)) == {field: [code]}


@pytest.mark.parametrize(
    "values",
    [
        {"effect": "limited", "opens_at_earliest": NOON},
        {"effect": "limited", "closes_at_latest": MIDNIGHT},
        {"effect": "limited", "opens_at_earliest": NOON, "closes_at_latest": MIDNIGHT},
        {"effect": "other_hours", "also_on_days_off": True},
        {"every_year": True, "last_day": date(2027, 1, 10)},
        {"every_year": True, "last_day": date(2027, 12, 23)},
        {"monthly": FIRST, "last_day": None},
        {"monthly": "last_working_day", "last_day": date(2030, 1, 1)},
    ],
)
def test_right_exception_is_saved(values):
    right = ExceptionFactory.build(**values)
    assert refused_in_full_clean(right) == {}
    right.save()


@pytest.fixture
def half_day(schedule):
    return ExceptionFactory(schedules=[schedule], effect="other_hours", hours=(time(8), time(12)))


def test_exception_with_other_hours_needs_them(half_day):
    assert codes_of(half_day.validate_whole) == {}
    half_day.spans.all().delete()
    assert codes_of(half_day.validate_whole) == {"effect": ["hours_missing"]}


@pytest.mark.parametrize("effect", ["closed", "limited"])
def test_hours_of_an_exception_need_the_effect(half_day, effect):
    half_day.effect = effect
    assert codes_of(half_day.validate_whole) == {"effect": ["hours_without_effect"]}


def test_exception_that_is_closed_has_no_hours():
    hours = ExceptionSpan(exception=ExceptionFactory(), opens=time(8), closes=time(12))
    assert refused_in_full_clean(hours) == {"__all__": ["hours_without_effect"]}


@pytest.mark.parametrize(
    ("opens", "closes", "overlap"),
    [
        (time(11), time(13), True),
        (time(7), time(19), True),
        (time(22), time(6), False),
        (time(12), time(13), False),
        (time(11), time(2), True),
    ],
)
def test_hours_of_an_exception_do_not_overlap(half_day, opens, closes, overlap):
    other = ExceptionSpan(exception=half_day, opens=opens, closes=closes)
    assert_overlap(other, overlap)


def test_hours_of_an_exception_are_not_empty(half_day):
    empty = ExceptionSpan(exception=half_day, opens=time(8), closes=time(8))
    assert refused_twice(empty)["closes"] == ["empty_span"]


# ---- Whom it concerns ----------------------------------------------------------------------


def test_exception_concerns_the_services_that_show_its_schedules():
    schedules = [weekday_schedule() for _ in range(3)]
    by_channel, by_level, other = (ServiceFactory() for _ in range(3))
    ChannelFactory(service=by_channel, schedule=schedules[0])
    contact = EscalationContactFactory(schedule=schedules[1])
    EscalationPolicyFactory(service=by_level, levels=[contact])
    ChannelFactory(service=other, schedule=schedules[2])
    exception = ExceptionFactory(schedules=schedules[:2])
    assert {*exception.services()} == {by_channel, by_level}
    exception.schedules.set(schedules[1:])
    assert {*exception.services()} == {by_level, other}
    exception.schedules.clear()
    assert {*exception.services()} == {by_channel, by_level, other}


@pytest.mark.parametrize("also_always_open", [False, True])
@pytest.mark.parametrize("days", [{}, {"every_year": True}, {"monthly": FIRST, "last_day": None}])
def test_exception_for_all_leaves_24_hour_schedules_alone_unless_ticked(also_always_open, days):
    by_spans = weekday_schedule(time(0), time(0), days=range(1, 8))
    schedules = [ScheduleFactory(), by_spans, weekday_schedule()]
    ExceptionFactory(also_always_open=also_always_open, **days)
    for_all = list(ScheduleException.objects.for_all())
    touched = [bool(each.as_hours(for_all).exceptions) for each in schedules]
    assert touched == [also_always_open, also_always_open, True]


def test_naming_a_24_hour_schedule_is_enough():
    always = ScheduleFactory()
    ExceptionFactory(schedules=[always, weekday_schedule()])
    [own] = always.as_hours().exceptions
    assert not own.for_all


def test_exceptions_of_some_days_are_found_with_those_that_recur():
    once = ExceptionFactory()
    yearly = ExceptionFactory(first_day=date(2020, 3, 1), every_year=True)
    monthly = ExceptionFactory(first_day=date(2020, 3, 1), monthly=FIRST, last_day=None)
    later = ExceptionFactory(first_day=date(2027, 1, 1))
    of_days = ScheduleException.objects.of_days
    assert {*of_days(date(2026, 12, 24), date(2026, 12, 31))} == {once, yearly, monthly}
    assert {*of_days(date(2026, 12, 25), date.max)} == {yearly, monthly, later}
