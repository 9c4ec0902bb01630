"""Exceptions on the first or last working day of each month."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from directory.hours.exception_effects import describe_effect, exception_effects
from directory.hours.exceptions import exception_times
from directory.hours.osm import opening_hours
from directory.hours.rules import day_plan
from directory.hours.schedule import HolidayPolicy, MonthlyDay, Status, no_holidays
from directory.hours.schema_org import special_opening_hours_specification
from directory.hours.states import state_at
from directory.hours.upcoming import exceptional_hours, upcoming_exceptions
from directory.hours.words import describe_exception_days, describe_plan, describe_schedule
from tests.directory.schedules import exception, schedule, weekly

FIRST, LAST = MonthlyDay.FIRST_WORKING_DAY, MonthlyDay.LAST_WORKING_DAY
COUNTER = schedule("12345 07:30-13:30", HolidayPolicy.CLOSED)
ALWAYS = schedule(always_open=True)


def holidays(day):
    return {(1, 1): "Año Nuevo", (12, 8): "Inmaculada", (12, 31): "Fin de año"}.get(
        (day.month, day.day), ""
    )


def monthly(*hours, first="2026-12-01", last="", which=FIRST, **fields):
    return exception(first, last, *hours, monthly=which, reason="Conteo", **fields)


SHORT = monthly(closes_at_latest="11:30")


def days_of(kept, excepted, first="2026-11-01", last="2027-02-28"):
    days = date.fromisoformat(first), date.fromisoformat(last)
    times = exception_times(excepted, kept, *days, holidays)
    return [begins.isoformat() for begins, ends in times if begins == ends]


@pytest.mark.parametrize(
    ("kept", "excepted", "days"),
    [
        # Not New Year, and not the weekend after it.
        (COUNTER, monthly(), ["2026-12-01", "2027-01-04", "2027-02-01"]),
        (COUNTER, monthly(which=LAST), ["2026-12-30", "2027-01-29", "2027-02-26"]),
        # Whatever it does on public holidays.
        (
            replace(COUNTER, holidays=HolidayPolicy.AS_WEEKDAY),
            monthly(),
            ["2026-12-01", "2027-01-04", "2027-02-01"],
        ),
        (ALWAYS, monthly(), ["2026-12-01", "2027-01-02", "2027-02-01"]),
        (schedule("6 08:00-12:00"), monthly(), ["2026-12-05", "2027-01-02", "2027-02-06"]),
        # From the first day until the last, and the first of the month is no other because of it.
        (COUNTER, monthly(first="2026-12-02"), ["2027-01-04", "2027-02-01"]),
        (COUNTER, monthly(last="2027-01-04"), ["2026-12-01", "2027-01-04"]),
        (COUNTER, monthly(last="2027-01-03"), ["2026-12-01"]),
        # Hours of other dates, and none that anybody stated.
        (
            schedule(weekly("12345 07:30-13:30", valid_from=date(2027, 1, 15))),
            monthly(),
            ["2027-01-15", "2027-02-01"],
        ),
        (schedule(), monthly(), []),
    ],
)
def test_working_days_of_a_schedule(kept, excepted, days):
    assert days_of(kept, excepted) == days


ALL_YEAR = exception("2026-01-01", "2027-12-31", "10:00-12:00", reason="Obras")


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ((), ("7:30 a.m. a 11:30 a.m.", "Conteo")),
        # The shorter decides, and of two of one day that of the year.
        ((ALL_YEAR,), ("7:30 a.m. a 11:30 a.m.", "Conteo")),
        ((exception("2027-01-04", "", "10:00-12:00", reason="Acto"),), ("10 a.m. a 12 m.", "Acto")),
        ((exception("2020-01-04", every_year=True, reason="Acto"),), ("cerrado", "Acto")),
        # What dates close stays closed, for all too.
        ((exception("2026-12-28", "2027-01-08", reason="Receso"),), ("cerrado", "Receso")),
        ((exception("2027-01-04", for_all=True, reason="Paro"),), ("cerrado", "Paro")),
        ((exception("2020-12-28", "2021-01-08", every_year=True),), ("cerrado", "")),
        # Of two of each month the schedule's own, then the later.
        (
            (monthly("09:00-10:00", first="2027-01-01"),),
            ("9 a.m. a 10 a.m.", "Conteo"),
        ),
        (
            (monthly("09:00-10:00", first="2027-01-01", for_all=True),),
            ("7:30 a.m. a 11:30 a.m.", "Conteo"),
        ),
    ],
)
def test_what_decides_a_working_day(others, expected):
    for exceptions in ((SHORT, *others), (*others, SHORT)):
        kept = replace(COUNTER, exceptions=exceptions)
        plan = day_plan(kept, date(2027, 1, 4), holidays)
        assert (describe_plan(plan), plan.reason) == expected


def state_of(kept, now):
    at = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(kept.timezone))
    state = state_at(kept, at, holidays)
    return state.status, *(
        each and f"{each:%Y-%m-%d %H:%M}" for each in (state.until, state.next_open)
    )


@pytest.mark.parametrize(
    ("kept", "excepted", "now", "expected"),
    [
        (COUNTER, SHORT, "2027-01-04 08:00", (Status.OPEN, "2027-01-04 11:30", None)),
        (
            COUNTER,
            SHORT,
            "2027-01-04 12:00",
            (Status.CLOSED, "2027-01-05 07:30", "2027-01-05 07:30"),
        ),
        (COUNTER, SHORT, "2027-01-05 12:00", (Status.OPEN, "2027-01-05 13:30", None)),
        # Weeks, months and years ahead.
        (ALWAYS, monthly(), "2026-12-02 08:00", (Status.OPEN, "2027-01-02 00:00", None)),
        (
            ALWAYS,
            monthly(first="2031-05-02"),
            "2026-12-02 08:00",
            (Status.OPEN, "2031-06-01 00:00", None),
        ),
        (
            ALWAYS,
            monthly(which=LAST),
            "2026-12-30 08:00",
            (Status.CLOSED, "2026-12-31 00:00", "2026-12-31 00:00"),
        ),
        # Open on nothing else than the one day.
        (
            replace(COUNTER, exceptions=(exception("2026-12-02", "2027-12-31", "08:00-08:01"),)),
            monthly(),
            "2027-01-03 12:00",
            (Status.CLOSED, "2027-01-05 08:00", "2027-01-05 08:00"),
        ),
    ],
)
def test_state_changes_exactly_there(kept, excepted, now, expected):
    kept = replace(kept, exceptions=(*kept.exceptions, excepted))
    assert state_of(kept, now) == expected


@pytest.mark.parametrize(
    ("excepted", "words"),
    [
        (
            SHORT,
            "Primer día hábil de cada mes: horario de siempre, hasta las 11:30 a.m. a más tardar",
        ),
        (monthly("07:30-11:30"), "Primer día hábil de cada mes: 7:30 a.m. a 11:30 a.m."),
        (monthly(which=LAST), "Último día hábil de cada mes: cerrado"),
        (monthly(first="2026-12-16"), ""),
        (monthly(first="2026-01-01", last="2026-12-14"), ""),
    ],
)
def test_hours_in_words_say_it(excepted, words):
    week = "Lunes a viernes: 7:30 a.m. a 1:30 p.m. Festivos: cerrado."
    kept = replace(COUNTER, exceptions=(excepted,))
    assert describe_schedule(kept, date(2026, 12, 15)) == f"{week} {words}".strip()


def test_of_two_for_one_day_of_the_month_words_say_the_one_that_decides():
    later = monthly("09:00-10:00", first="2026-12-10")
    for exceptions in ((SHORT, later), (later, SHORT)):
        words = describe_schedule(replace(ALWAYS, exceptions=exceptions), date(2026, 12, 15))
        assert words == "7 días 24 horas. Primer día hábil de cada mes: 9 a.m. a 10 a.m."


@pytest.mark.parametrize(
    ("excepted", "words"),
    [
        (SHORT, "primer día hábil de cada mes, desde el 1 de diciembre de 2026"),
        (
            monthly(last="2027-06-30", which=LAST),
            "último día hábil de cada mes, desde el 1 de diciembre de 2026 hasta el 30 de junio de "
            "2027",
        ),
    ],
)
def test_days_in_words(excepted, words):
    assert describe_exception_days(excepted) == words


def test_machines_get_the_days_of_a_year():
    kept = replace(COUNTER, exceptions=(replace(SHORT, last_day=date(2027, 2, 1)),))
    assert opening_hours(kept, date(2026, 12, 15), holidays) == (
        "Mo-Fr 07:30-13:30; PH off; 2027 Jan 04 07:30-11:30; 2027 Feb 01 07:30-11:30"
    )
    special = special_opening_hours_specification(kept, date(2026, 12, 15), holidays)
    assert [(each["validFrom"], each["closes"]) for each in special] == [
        ("2027-01-04", "11:30"),
        ("2027-02-01", "11:30"),
    ]


def test_each_time_is_coming():
    days = date(2026, 12, 1), date(2027, 1, 31)
    kept = replace(COUNTER, exceptions=(SHORT,))
    expected = [("2026-12-01", "2026-12-01"), ("2027-01-04", "2027-01-04")]
    for found in (
        exceptional_hours(kept, *days, holidays),
        upcoming_exceptions([SHORT], *days, [(COUNTER, holidays), (kept, holidays)]),
    ):
        assert [(str(each.first_day), str(each.last_day)) for each in found] == expected


def test_effect_is_told_on_the_days_that_hours_have():
    before = [COUNTER, schedule("6 08:00-12:00"), schedule()]
    effects = exception_effects(
        [(each, replace(each, exceptions=(SHORT,))) for each in before],
        lambda hours: [date.fromisoformat(day) for day in days_of(hours, SHORT)][:1],
        lambda hours: no_holidays,
    )
    assert [describe_effect(each, date(2026, 12, 1)) for each in effects] == [
        [
            "cambia: martes 1 de diciembre de 2026: 7:30 a.m. a 11:30 a.m. en vez de 7:30 a.m. a "
            "1:30 p.m."
        ],
        ["cambia: sábado 5 de diciembre de 2026: 8 a.m. a 11:30 a.m. en vez de 8 a.m. a 12 m."],
        ["no toca: Horario no informado"],
    ]
