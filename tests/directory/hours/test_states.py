"""The state at an instant, case by case. In November 2026, the 14th is a Saturday and Monday the
16th a holiday (Independencia de Cartagena)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from directory.hours.schedule import (
    HolidayPolicy,
    ReasonKind,
    State,
    Status,
)
from directory.hours.states import state_at
from tests.directory.schedules import exception, schedule, weekly

OPEN, UNKNOWN, CLOSED = Status.OPEN, Status.UNKNOWN, Status.CLOSED
BOGOTA = "America/Bogota"
HOLIDAYS = {date(2026, 11, 16): "Independencia de Cartagena", date(2026, 12, 25): "Navidad"}


def holiday_name(day):
    return HOLIDAYS.get(day, "")


def no_holidays(day):
    return ""


def at(text, zone=BOGOTA):
    """The instant of a local wall time, such as "2026-11-14 02:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def state(status, reason="", until=None, next_open=None, kind=None):
    """The state whose reason is the holiday, or else the exception, of this name."""
    named = ReasonKind.HOLIDAY if reason in HOLIDAYS.values() else ReasonKind.EXCEPTION
    kind = kind or (named if reason else ReasonKind.NONE)
    return State(status, reason, until and at(until), next_open and at(next_open), kind)


def closed(opening, reason=""):
    """Closed until it opens."""
    return state(CLOSED, reason, opening, opening)


def state_of(schedule, text, holidays=holiday_name):
    """The state at a wall time in the schedule's zone."""
    return state_at(schedule, at(text, schedule.timezone), holidays)


SUPPORT = schedule("12345 07:00-19:00; 6 08:00-13:00")
NIGHTS = schedule("5 22:00-06:00")
ALWAYS = schedule(always_open=True)
UNSTATED = schedule()


# A week


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-12 06:59:59.999999", closed("2026-11-12 07:00")),
        ("2026-11-12 07:00", state(OPEN, "", "2026-11-12 19:00")),
        ("2026-11-12 18:59:59.999999", state(OPEN, "", "2026-11-12 19:00")),
        ("2026-11-12 19:00", closed("2026-11-13 07:00")),
        ("2026-11-13 19:00", closed("2026-11-14 08:00")),
        ("2026-11-14 12:59:59", state(OPEN, "", "2026-11-14 13:00")),
        ("2026-11-07 13:00", closed("2026-11-09 07:00")),
        ("2026-11-08 12:00", closed("2026-11-09 07:00")),
    ],
)
def test_working_week_is_open_from_its_first_instant_until_before_its_last(now, expected):
    assert state_of(SUPPORT, now) == expected


WHOLE_WEEK = "1234567 00:00-00:00"
EVERY_DAY = schedule(WHOLE_WEEK, HolidayPolicy.AS_WEEKDAY)
JOINED = schedule("4 07:00-12:00,12:00-15:00,14:00-18:00")


@pytest.mark.parametrize(
    ("stated", "now", "expected"),
    [
        (ALWAYS, "2026-11-16 03:00", state(OPEN)),
        (EVERY_DAY, "2026-11-13 23:59:59", state(OPEN)),
        (EVERY_DAY, "2026-11-14 00:00", state(OPEN)),
        (UNSTATED, "2026-11-16 12:00", state(UNKNOWN)),
        # Adjoining and overlapping spans are one opening; a lunch break closes.
        (JOINED, "2026-11-12 07:00", state(OPEN, "", "2026-11-12 18:00")),
        (JOINED, "2026-11-12 12:00", state(OPEN, "", "2026-11-12 18:00")),
        (schedule("4 08:00-12:00,14:00-18:00"), "2026-11-12 12:00", closed("2026-11-12 14:00")),
    ],
)
def test_state_changes_only_where_the_status_does(stated, now, expected):
    assert state_of(stated, now) == expected


def test_now_may_be_in_any_time_zone_and_the_answer_is_in_the_schedules():
    state = state_at(SUPPORT, datetime(2026, 11, 12, 23, 30, tzinfo=UTC), holiday_name)
    assert state.status is OPEN
    assert state.until.isoformat() == "2026-11-12T19:00:00-05:00"
    assert state.until.tzinfo == ZoneInfo(BOGOTA)


def test_naive_now_is_refused():
    with pytest.raises(ValueError, match="aware"):
        state_at(SUPPORT, datetime(2026, 11, 12, 12), holiday_name)  # noqa: DTZ001


def test_unknown_time_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        state_of(replace(SUPPORT, timezone="America/Macondo"), "2026-11-12 12:00")


# Over midnight


@pytest.mark.parametrize(
    ("week", "now", "expected"),
    [
        ("5 22:00-06:00", "2026-11-13 21:59:59", closed("2026-11-13 22:00")),
        ("5 22:00-06:00", "2026-11-13 22:00", state(OPEN, "", "2026-11-14 06:00")),
        ("5 22:00-06:00", "2026-11-14 02:00", state(OPEN, "", "2026-11-14 06:00")),
        ("5 22:00-06:00", "2026-11-14 06:00", closed("2026-11-20 22:00")),
        ("5 22:00-06:00", "2026-11-13 02:00", closed("2026-11-13 22:00")),
        ("7 22:00-06:00", "2026-11-09 05:59", state(OPEN, "", "2026-11-09 06:00")),
        # Closing at midnight ends with the day.
        ("5 18:00-00:00", "2026-11-13 23:59", state(OPEN, "", "2026-11-14 00:00")),
        ("5 18:00-00:00", "2026-11-14 00:00", closed("2026-11-20 18:00")),
        # Equal times are 24 hours.
        ("5 07:00-07:00", "2026-11-13 07:00", state(OPEN, "", "2026-11-14 07:00")),
    ],
)
def test_night_belongs_to_the_day_on_which_it_begins(week, now, expected):
    assert state_of(schedule(week), now) == expected


def test_night_before_a_closed_holiday_is_answered_to_its_end():
    sundays = schedule("17 22:00-06:00", holidays=HolidayPolicy.CLOSED)
    assert state_of(sundays, "2026-11-16 02:00") == state(OPEN, "", "2026-11-16 06:00")
    # What would have begun on the holiday does not, its tail on Tuesday included.
    assert state_of(sundays, "2026-11-17 02:00") == closed("2026-11-22 22:00")


def test_night_before_a_closed_exception_is_answered_to_its_end():
    inventory = replace(NIGHTS, exceptions=(exception("2026-11-14", reason="Inventario"),))
    assert state_of(inventory, "2026-11-14 02:00") == state(OPEN, "", "2026-11-14 06:00")
    assert state_of(inventory, "2026-11-14 06:00") == closed("2026-11-20 22:00", "Inventario")


def test_closed_exception_takes_the_night_that_begins_on_it():
    inventory = replace(NIGHTS, exceptions=(exception("2026-11-13", reason="Inventario"),))
    assert state_of(inventory, "2026-11-14 02:00") == closed("2026-11-20 22:00")


# Public holidays

MONDAY_HOLIDAY_NOON, MONDAY_HOLIDAY_EVENING = "2026-11-16 12:00", "2026-11-16 20:00"
TUESDAY_MORNING = "2026-11-17 07:00"
CARTAGENA = "Independencia de Cartagena"
CLOSED_HOLIDAY = closed(TUESDAY_MORNING, CARTAGENA)


@pytest.mark.parametrize(
    ("policy", "spans", "at_noon", "in_the_evening"),
    [
        (
            HolidayPolicy.NOT_STATED,
            (),
            state(UNKNOWN, CARTAGENA, "2026-11-16 19:00", TUESDAY_MORNING),
            closed(TUESDAY_MORNING),
        ),
        (
            HolidayPolicy.AS_WEEKDAY,
            (),
            state(OPEN, "", "2026-11-16 19:00"),
            closed(TUESDAY_MORNING),
        ),
        (HolidayPolicy.CLOSED, (), CLOSED_HOLIDAY, CLOSED_HOLIDAY),
        (
            HolidayPolicy.OWN_HOURS,
            weekly("8 09:00-13:00"),
            state(OPEN, CARTAGENA, "2026-11-16 13:00"),
            CLOSED_HOLIDAY,
        ),
        (HolidayPolicy.OWN_HOURS, (), CLOSED_HOLIDAY, CLOSED_HOLIDAY),
    ],
)
def test_holiday_policy_decides_the_holiday(policy, spans, at_noon, in_the_evening):
    stated = replace(SUPPORT, holidays=policy, spans=SUPPORT.spans + spans)
    assert state_of(stated, MONDAY_HOLIDAY_NOON) == at_noon
    assert state_of(stated, MONDAY_HOLIDAY_EVENING) == in_the_evening


def test_saturday_closing_looks_ahead_to_the_unknown_holiday_and_beyond_it():
    assert state_of(SUPPORT, "2026-11-14 13:00") == state(
        CLOSED, "", "2026-11-16 07:00", "2026-11-17 07:00"
    )


def test_unknown_night_of_a_holiday_stays_unknown_after_midnight():
    mondays = schedule("1 22:00-06:00")
    assert state_of(mondays, "2026-11-17 02:00") == state(
        UNKNOWN, CARTAGENA, "2026-11-17 06:00", "2026-11-23 22:00"
    )


def test_open_night_before_wins_over_the_unknown_morning_of_a_holiday():
    overlapping_morning = schedule("7 22:00-06:00; 1 05:00-12:00")
    assert state_of(overlapping_morning, "2026-11-16 05:30") == state(OPEN, "", "2026-11-16 06:00")
    assert state_of(overlapping_morning, "2026-11-16 06:00") == state(
        UNKNOWN, CARTAGENA, "2026-11-16 12:00", "2026-11-22 22:00"
    )


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        # A day without hours is closed as ever, hours of holidays under another policy are none,
        # and what is always open is so whatever the policy.
        (schedule("2 07:00-19:00"), closed(TUESDAY_MORNING)),
        (schedule("8 09:00-13:00", HolidayPolicy.AS_WEEKDAY), state(CLOSED)),
        (replace(ALWAYS, holidays=HolidayPolicy.CLOSED), state(OPEN)),
    ],
)
def test_holiday_changes_nothing_where_there_is_nothing_to_change(stated, expected):
    assert state_of(stated, MONDAY_HOLIDAY_NOON) == expected


# Exceptions


def test_exception_closes_the_day_and_says_why():
    inventory = replace(SUPPORT, exceptions=(exception("2026-11-12", reason="Inventario"),))
    assert state_of(inventory, "2026-11-12 12:00") == closed("2026-11-13 07:00", "Inventario")


def test_exception_brings_its_own_hours_and_says_why():
    short_day = replace(
        SUPPORT, exceptions=(exception("2026-12-24", "", "08:00-12:00", reason="Nochebuena"),)
    )
    assert state_of(short_day, "2026-12-24 10:00") == state(OPEN, "Nochebuena", "2026-12-24 12:00")
    assert state_of(short_day, "2026-12-24 12:00") == state(
        CLOSED, "Nochebuena", "2026-12-25 07:00", "2026-12-26 08:00"
    )


def test_night_of_an_exception_keeps_its_reason_after_midnight():
    night = replace(
        SUPPORT, exceptions=(exception("2026-11-12", "", "20:00-04:00", reason="Migración"),)
    )
    assert state_of(night, "2026-11-13 03:00") == state(OPEN, "Migración", "2026-11-13 04:00")
    assert state_of(night, "2026-11-13 05:00").reason == ""


def test_only_an_exception_closes_around_the_clock():
    moving = replace(ALWAYS, exceptions=(exception("2026-11-12", "2026-11-13", reason="Traslado"),))
    assert state_of(moving, "2026-11-11 12:00") == state(OPEN, "", "2026-11-12 00:00")
    assert state_of(moving, "2026-11-12 00:00") == closed("2026-11-14 00:00", "Traslado")
    assert state_of(moving, "2026-11-14 00:00") == state(OPEN)


PILOT = exception("2026-11-12", "", "08:00-12:00", reason="Piloto")


def test_other_hours_of_unknown_ones_are_unknown_too_unless_they_are_for_every_day():
    stated_once = replace(UNSTATED, exceptions=(PILOT,))
    assert state_of(stated_once, "2026-11-11 12:00") == state(UNKNOWN, "", "2026-11-12 00:00")
    assert state_of(stated_once, "2026-11-12 08:00") == state(UNKNOWN, "Piloto", "2026-11-12 12:00")
    stated_once = replace(UNSTATED, exceptions=(replace(PILOT, also_on_days_off=True),))
    assert state_of(stated_once, "2026-11-11 12:00") == state(
        UNKNOWN, "", "2026-11-12 00:00", "2026-11-12 08:00"
    )
    assert state_of(stated_once, "2026-11-12 08:00") == state(OPEN, "Piloto", "2026-11-12 12:00")
    assert state_of(stated_once, "2026-11-12 12:00") == state(CLOSED, "Piloto", "2026-11-13 00:00")


@pytest.mark.parametrize("policy", HolidayPolicy)
def test_exception_comes_before_any_holiday_policy(policy):
    answered = replace(
        SUPPORT,
        holidays=policy,
        exceptions=(
            exception("2026-11-16", "", "10:00-14:00", reason="Turno", also_on_days_off=True),
        ),
    )
    assert state_of(answered, MONDAY_HOLIDAY_NOON) == state(OPEN, "Turno", "2026-11-16 14:00")


# Clocks that change


NEW_YORK = "America/New_York"
LORD_HOWE = "Australia/Lord_Howe"
CHANGES = [
    # A night in which clocks go forward is an hour shorter.
    (NEW_YORK, "7 01:00-05:00", "2026-03-08 06:00Z", OPEN, "2026-03-08T05:00:00-04:00"),
    # A span that begins in the skipped hour and ends with it does not take place,
    (NEW_YORK, "7 02:30-03:00", "2026-03-08 06:00Z", CLOSED, "2026-03-15T02:30:00-04:00"),
    # and the search goes on where it is the only one ahead.
    (NEW_YORK, "7 02:30-03:00", "2026-03-02 17:00Z", CLOSED, "2026-03-15T02:30:00-04:00"),
    # A skipped closing time is counted with the offset from before the gap.
    (NEW_YORK, "7 01:00-02:30", "2026-03-08 06:00Z", OPEN, "2026-03-08T03:30:00-04:00"),
    # A repeated hour stays open throughout.
    (NEW_YORK, "7 01:30-03:00", "2026-11-01 05:45Z", OPEN, "2026-11-01T03:00:00-05:00"),
    (NEW_YORK, "7 01:30-03:00", "2026-11-01 06:45Z", OPEN, "2026-11-01T03:00:00-05:00"),
    # A repeated closing time is the first of the two.
    (NEW_YORK, "7 00:00-01:30", "2026-11-01 04:30Z", OPEN, "2026-11-01T01:30:00-04:00"),
    # Clocks that change by half an hour.
    (LORD_HOWE, "7 01:45-06:00", "2026-10-03 13:30Z", CLOSED, "2026-10-04T01:45:00+10:30"),
    (LORD_HOWE, "7 01:45-06:00", "2026-10-03 15:15Z", OPEN, "2026-10-04T06:00:00+11:00"),
    # A day that a zone skipped does not open; the night before it is answered to its end.
    ("Pacific/Apia", "5 00:00-00:00", "2011-12-29 22:00Z", CLOSED, "2012-01-06T00:00:00+14:00"),
    ("Pacific/Apia", "4 09:00-09:00", "2011-12-30 15:00Z", OPEN, "2011-12-31T09:00:00+14:00"),
    # One minute after midnight it was 23:01 on Saturday again.
    ("America/St_Johns", "7 00:00-06:00", "2009-11-01 02:45Z", OPEN, "2009-11-01T06:00:00-03:30"),
]


@pytest.mark.parametrize(("zone", "week", "now", "status", "until"), CHANGES)
def test_clocks_that_change_move_the_end_of_a_state(zone, week, now, status, until):
    kept = schedule(week, timezone=zone)
    state = state_at(kept, datetime.fromisoformat(now), no_holidays)
    assert (state.status, state.until.isoformat()) == (status, until)


def test_whole_days_adjoin_where_midnight_itself_is_skipped():
    havana = replace(EVERY_DAY, timezone="America/Havana")
    assert state_of(havana, "2026-03-07 23:59", no_holidays) == state(OPEN)
