"""Which rule decides a day, what begins on it, and which spans overlap."""

import itertools
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from directory.hours.exceptions import exception_on
from directory.hours.rules import day_plan, overlapping
from directory.hours.schedule import (
    HOLIDAY,
    DayPlan,
    HolidayPolicy,
    OpeningHours,
    Status,
    no_holidays,
)
from tests.directory.schedules import exception, schedule, span, weekly

OPEN, UNKNOWN, CLOSED = Status.OPEN, Status.UNKNOWN, Status.CLOSED
CARTAGENA = "Independencia de Cartagena"
SUPPORT = schedule("12345 07:00-19:00; 6 08:00-13:00")
NIGHTS = schedule("5 22:00-06:00")
ALWAYS = schedule(always_open=True)
UNSTATED = schedule()


def holiday_name(day):
    return CARTAGENA if day == date(2026, 11, 16) else ""


OWN_YEAR = exception("2026-01-01", "2026-12-31", reason="own year")
OWN_WEEK = exception("2026-11-09", "2026-11-15", reason="own week")
OWN_LATER_WEEK = exception("2026-11-11", "2026-11-17", reason="own later week")
ALL_DAY = exception("2026-11-12", reason="all, one day", for_all=True)


@pytest.mark.parametrize(
    ("exceptions", "expected"),
    [
        ((ALL_DAY,), ALL_DAY),
        ((ALL_DAY, OWN_YEAR), OWN_YEAR),
        ((OWN_YEAR, OWN_WEEK, ALL_DAY), OWN_WEEK),
        ((OWN_WEEK, OWN_LATER_WEEK), OWN_LATER_WEEK),
    ],
)
def test_own_exception_then_the_shortest_then_the_latest_decides(exceptions, expected):
    for order in itertools.permutations(exceptions):
        assert (
            exception_on(replace(SUPPORT, exceptions=order), date(2026, 11, 12), no_holidays)
            == expected
        )


def test_no_exception_decides_the_days_around_one():
    closed = replace(SUPPORT, exceptions=(OWN_WEEK,))
    assert exception_on(closed, date(2026, 11, 8), no_holidays) is None
    assert exception_on(closed, date(2026, 11, 16), no_holidays) is None


@pytest.mark.parametrize(
    ("planned", "day", "expected"),
    [
        (SUPPORT, "2026-11-12", (OPEN, ("07:00-19:00",), "")),
        (SUPPORT, "2026-11-15", (CLOSED, (), "")),
        (SUPPORT, "2026-11-16", (UNKNOWN, ("07:00-19:00",), CARTAGENA)),
        (replace(SUPPORT, holidays=HolidayPolicy.CLOSED), "2026-11-16", (CLOSED, (), CARTAGENA)),
        (replace(SUPPORT, exceptions=(OWN_WEEK,)), "2026-11-12", (CLOSED, (), "own week")),
        (NIGHTS, "2026-11-14", (CLOSED, (), "")),
        (ALWAYS, "2026-11-16", (OPEN, ("00:00-00:00",), "")),
        (UNSTATED, "2026-11-12", (UNKNOWN, ("00:00-00:00",), "")),
        (SUPPORT, "0001-01-01", (OPEN, ("07:00-19:00",), "")),
        (SUPPORT, "9999-12-31", (OPEN, ("07:00-19:00",), "")),
    ],
)
def test_plan_of_a_day_is_what_begins_on_it(planned, day, expected):
    plan = day_plan(planned, date.fromisoformat(day), holiday_name)
    texts = tuple(f"{each.opens:%H:%M}-{each.closes:%H:%M}" for each in plan.spans)
    assert (plan.status, texts, plan.reason) == expected
    assert plan.day == date.fromisoformat(day)


def test_plan_of_a_day_is_in_order():
    shuffled = schedule("4 14:00-18:00,08:00-12:00")
    assert day_plan(shuffled, date(2026, 11, 12), holiday_name) == DayPlan(
        day=date(2026, 11, 12), status=OPEN, spans=shuffled.spans[::-1]
    )
    closed = replace(
        UNSTATED, exceptions=(exception("2026-11-12", "", "14:00-18:00", "08:00-12:00"),)
    )
    assert day_plan(closed, date(2026, 11, 12), holiday_name).spans == (
        span("08:00-12:00"),
        span("14:00-18:00"),
    )


LATER = weekly("1 08:00-09:00", valid_from=date(2026, 11, 12))
SHARING = [
    *map(weekly, (
        "1 07:00-12:00; 1 11:59-19:00", "1 07:00-12:00; 1 07:00-12:00",
        "1 07:00-19:00; 1 08:00-09:00", "1 00:00-00:00; 1 23:00-23:30",
        "5 22:00-06:00; 6 05:00-13:00", "7 22:00-06:00; 1 05:00-13:00",
        "1 07:00-07:00; 2 00:00-06:00", "1 22:00-06:00; 1 23:00-23:30",
        "8 09:00-13:00; 8 12:00-14:00",
    )),
    (*weekly("1 07:00-12:00", valid_until=date(2026, 11, 12)), *LATER),
    (span("08:00-12:00"), span("11:00-13:00")),
    (span("20:00-04:00"), span("21:00-22:00")),
]  # fmt: skip
APART = [
    *map(weekly, (
        "1 07:00-12:00; 1 12:00-19:00", "1 07:00-12:00; 2 07:00-12:00",
        "1 00:00-00:00; 2 00:00-00:00", "5 22:00-06:00; 6 06:00-13:00",
        "5 22:00-06:00; 5 00:00-06:00", "7 22:00-06:00; 2 05:00-13:00",
        "8 09:00-13:00; 1 09:00-13:00", "7 22:00-06:00; 8 05:00-13:00",
        "8 22:00-06:00; 8 05:00-13:00",
    )),
    (*weekly("1 07:00-12:00", valid_until=date(2026, 11, 11)), *LATER),
    (span("00:00-06:00"), span("22:00-06:00")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SHARING)
def test_spans_that_share_an_instant_overlap(one, other):
    assert overlapping([one, other]) == (one, other)
    assert overlapping([other, one]) == (other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_spans_that_share_no_instant_do_not_overlap(one, other):
    assert overlapping([one, other]) is None
    assert overlapping([other, one]) is None


def test_first_overlapping_pair_is_named():
    early, late, both, again = weekly("1 07:00-12:00,13:00-19:00,08:00-14:00,08:00-14:00")
    assert overlapping([early, late, both, again]) == (early, both)
    assert overlapping([]) is None


def test_schedule_survives_json():
    full = replace(
        SUPPORT,
        holidays=HolidayPolicy.OWN_HOURS,
        spans=SUPPORT.spans + weekly("8 09:00-13:00", valid_until=date(2027, 1, 1)),
        exceptions=(exception("2026-12-24", "", "08:00-12:00", reason="Nochebuena", for_all=True),),
    )
    assert msgspec.json.decode(msgspec.json.encode(full), type=OpeningHours) == full
    assert full.spans[-1].day == HOLIDAY
