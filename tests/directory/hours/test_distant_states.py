"""Changes that are far away, and hours that change every year."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from directory.hours.schedule import (
    WHOLE_DAY,
    DatedException,
    ExceptionEffect,
    HolidayPolicy,
    ReasonKind,
)
from directory.hours.states import state_at
from tests.directory.hours.test_states import (
    ALWAYS,
    CLOSED,
    EVERY_DAY,
    HOLIDAYS,
    NIGHTS,
    OPEN,
    PILOT,
    SUPPORT,
    UNKNOWN,
    UNSTATED,
    WHOLE_WEEK,
    closed,
    state,
    state_of,
)
from tests.directory.schedules import exception, schedule, weekly

# Validity, and changes that are far away


def test_validity_includes_its_first_and_last_day():
    november = schedule(
        weekly("1234567 07:00-19:00", valid_from=date(2026, 11, 10), valid_until=date(2026, 11, 11))
    )
    assert state_of(november, "2026-11-09 12:00") == closed("2026-11-10 07:00")
    assert state_of(november, "2026-11-11 12:00") == state(OPEN, "", "2026-11-11 19:00")
    assert state_of(november, "2026-11-11 19:00") == state(CLOSED)


def test_last_valid_night_is_answered_to_its_end():
    nights = schedule(weekly("5 22:00-06:00", valid_until=date(2026, 11, 13)))
    assert state_of(nights, "2026-11-14 05:00") == state(OPEN, "", "2026-11-14 06:00")
    assert state_of(nights, "2026-11-14 06:00") == state(CLOSED)


class CountedCalendar:
    """A calendar that counts the questions it is asked: how far a search really looks."""

    def __init__(self, names=HOLIDAYS):
        self.names = names
        self.questions = 0

    def __call__(self, day):
        self.questions += 1
        return self.names.get(day, "")


UNTIL_2060 = schedule(weekly(WHOLE_WEEK, valid_until=date(2060, 6, 30)))


@pytest.mark.parametrize(
    ("distant", "expected"),
    [
        (
            schedule(weekly("1 07:00-19:00", valid_from=date(2035, 1, 2))),
            closed("2035-01-08 07:00"),
        ),
        (
            replace(SUPPORT, exceptions=(exception("2020-01-01", "2040-12-31", reason="Cierre"),)),
            closed("2041-01-01 07:00", "Cierre"),
        ),
        (UNTIL_2060, state(OPEN, "", "2026-12-25 00:00")),
        (
            replace(UNTIL_2060, holidays=HolidayPolicy.AS_WEEKDAY),
            state(OPEN, "", "2060-07-01 00:00"),
        ),
        (
            replace(ALWAYS, exceptions=(exception("2999-12-31"),)),
            state(OPEN, "", "2999-12-31 00:00"),
        ),
        (
            replace(
                UNSTATED,
                exceptions=(
                    exception("2030-05-05"),
                    replace(
                        PILOT,
                        also_on_days_off=True,
                        first_day=date(2050, 5, 5),
                        last_day=date(2050, 5, 5),
                    ),
                ),
            ),
            state(UNKNOWN, "", "2030-05-05 00:00", "2050-05-05 08:00"),
        ),
        (schedule("8 09:00-13:00", HolidayPolicy.OWN_HOURS), closed("2026-12-25 09:00")),
    ],
)
def test_distant_change_is_found_without_walking_there(distant, expected):
    calendar = CountedCalendar()
    assert state_of(distant, "2026-11-18 12:00", calendar) == expected
    assert calendar.questions < 1_000


@pytest.mark.parametrize(
    "plain",
    [
        ALWAYS,
        replace(SUPPORT, always_open=True),
        UNSTATED,
        schedule(weekly("1 07:00-19:00", valid_until=date(2020, 1, 1))),
    ],
)
def test_hours_that_never_change_are_not_searched_for_a_change(plain):
    calendar = CountedCalendar()
    state_of(plain, "2026-11-18 12:00", calendar)
    assert calendar.questions < 10


def test_weekday_that_is_a_holiday_for_weeks_is_found_after_them():
    mondays = schedule("1 07:00-19:00", holidays=HolidayPolicy.CLOSED)
    calendar = CountedCalendar({date(2026, 11, 2) + timedelta(weeks=n): "Lunes" for n in range(20)})
    assert state_of(mondays, "2026-11-01 12:00", calendar) == closed("2027-03-22 07:00")


def test_holiday_eleven_months_away_is_found():
    whole_week = schedule(WHOLE_WEEK, holidays=HolidayPolicy.CLOSED)
    calendar = CountedCalendar({date(2026, 12, 25): "Navidad"})
    assert state_of(whole_week, "2026-01-10 12:00", calendar) == state(OPEN, "", "2026-12-25 00:00")


EVER_CLOSED = replace(SUPPORT, exceptions=(DatedException(first_day=date.min, last_day=date.max),))
HOSTILE = {
    "ever closed": EVER_CLOSED,
    "closed until the end of time": replace(
        SUPPORT, exceptions=(exception("2026-11-12", "9999-12-31"),)
    ),
    "backwards": replace(SUPPORT, exceptions=(exception("2026-11-12", "2026-11-01"),)),
    "never valid": schedule(weekly("1 07:00-19:00", valid_from=date.max, valid_until=date.min)),
    "valid at the ends of time": schedule(
        (
            *weekly("1234567 22:00-06:00", valid_from=date.max),
            *weekly("1234567 22:00-06:00", valid_until=date.min),
        )
    ),
    "whole week": schedule(WHOLE_WEEK),
    "a hundred exceptions that change nothing": schedule(
        WHOLE_WEEK,
        exceptions=tuple(
            DatedException(
                first_day=date(2027 + 50 * n, 1, 1),
                last_day=date(2027 + 50 * n, 6, 1),
                effect=ExceptionEffect.OTHER_HOURS,
                spans=(WHOLE_DAY,),
            )
            for n in range(100)
        ),
    ),
    "support": SUPPORT,
    "nights": NIGHTS,
    "always": ALWAYS,
    "unstated": UNSTATED,
}


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize(
    "now",
    [
        datetime.min.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=23, minutes=59))),
        datetime(1, 1, 8, tzinfo=UTC),
        datetime(9999, 12, 20, tzinfo=UTC),
        datetime(9999, 12, 23, 23, 59, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=timezone(-timedelta(hours=23, minutes=59))),
    ],
)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_dates_neither_raise_nor_wander(hostile, now, zone):
    calendar = CountedCalendar()
    state = state_at(replace(hostile, timezone=zone), now, calendar)
    assert state.until is None or state.until > now
    assert state.next_open is None or state.next_open >= state.until
    assert calendar.questions < 100_000


def test_ever_closed_has_no_end():
    assert state_of(EVER_CLOSED, "2026-11-12 12:00") == state(CLOSED, kind=ReasonKind.EXCEPTION)


# Every year


def yearly(first, last="", *times, **fields):
    return exception(first, last, *times, every_year=True, **fields)


def sundays_of(first, last):
    days = {"valid_from": date.fromisoformat(first), "valid_until": date.fromisoformat(last)}
    return schedule(weekly("7 07:00-19:00", every_year=True, **days), HolidayPolicy.AS_WEEKDAY)


EVE = yearly("2020-12-24", reason="Nochebuena")
ALWAYS_BUT_EVE = replace(ALWAYS, exceptions=(EVE,))
HALF_EVE = yearly("2020-12-24", reason="Nochebuena", closes_at_latest="12:00")


@pytest.mark.parametrize(
    ("stated", "now", "expected"),
    [
        (
            ALWAYS_BUT_EVE,
            "2026-11-12 12:00",
            state(OPEN, "", "2026-12-24 00:00"),
        ),
        (
            ALWAYS_BUT_EVE,
            "2026-12-25 00:00",
            state(OPEN, "", "2027-12-24 00:00"),
        ),
        (
            ALWAYS_BUT_EVE,
            "2031-12-24 12:00",
            closed("2031-12-25 00:00", "Nochebuena"),
        ),
        (
            replace(ALWAYS, exceptions=(yearly("2030-12-24"),)),
            "2026-11-12 12:00",
            state(OPEN, "", "2030-12-24 00:00"),
        ),
        (
            replace(SUPPORT, exceptions=(HALF_EVE,)),
            "2026-12-24 08:00",
            state(OPEN, "Nochebuena", "2026-12-24 12:00"),
        ),
        (
            replace(SUPPORT, exceptions=(yearly("2026-12-28", "2027-01-08", reason="Receso"),)),
            "2029-12-30 12:00",
            closed("2030-01-09 07:00", "Receso"),
        ),
        (
            replace(SUPPORT, exceptions=(yearly("2020-12-01", "2020-12-31", reason="Receso"),)),
            "2026-12-05 12:00",
            closed("2027-01-01 07:00", "Receso"),
        ),
        # A night that begins before a yearly closure is answered to its end.
        (
            replace(NIGHTS, exceptions=(yearly("2020-11-14"),)),
            "2026-11-14 02:00",
            state(OPEN, "", "2026-11-14 06:00"),
        ),
        # In the long run every day of the year is a Sunday once.
        (sundays_of("2020-12-24", "2020-12-24"), "2026-11-12 12:00", closed("2028-12-24 07:00")),
        (sundays_of("2024-02-29", "2024-02-29"), "2088-03-01 12:00", closed("2128-02-29 07:00")),
        (
            replace(EVERY_DAY, exceptions=(yearly("2020-12-24", "", "00:00-00:00"),)),
            "2026-11-12 12:00",
            state(OPEN),
        ),
        (
            replace(UNSTATED, exceptions=(EVE,)),
            "2026-11-12 12:00",
            state(UNKNOWN, "", "2026-12-24 00:00"),
        ),
        (
            schedule(
                (
                    *weekly(
                        "12345 07:00-15:00",
                        valid_from=date(2020, 6, 15),
                        valid_until=date(2020, 9, 15),
                        every_year=True,
                    ),
                    *weekly(
                        "12345 07:00-19:00",
                        valid_from=date(2020, 9, 16),
                        valid_until=date(2021, 6, 14),
                        every_year=True,
                    ),
                )
            ),
            "2028-06-14 18:00",
            state(OPEN, "", "2028-06-14 19:00"),
        ),
    ],
)
def test_what_recurs_every_year_changes_the_state_in_each(stated, now, expected):
    assert state_of(stated, now) == expected


def test_a_hundred_yearly_exceptions_that_change_nothing_are_searched_for_some_years_only():
    calendar = CountedCalendar()
    days = [date(2020, 1, 1) + timedelta(days=3 * number) for number in range(100)]
    same = tuple(yearly(day.isoformat(), "", "00:00-00:00") for day in days)
    assert state_of(replace(EVERY_DAY, exceptions=same), "2026-11-12 12:00", calendar) == state(
        OPEN
    )
    assert calendar.questions < 100_000
