"""The rules of opening hours, case by case. In November 2026, the 14th is a Saturday and Monday the
16th a holiday (Independencia de Cartagena)."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import pytest

from directory.hours.rules import day_plan, exception_on, overlapping
from directory.hours.schedule import (
    HOLIDAY,
    WHOLE_DAY,
    DatedException,
    DayPlan,
    HolidayPolicy,
    OpeningHours,
    ReasonKind,
    Span,
    State,
    Status,
    WeeklySpan,
)
from directory.hours.states import state_at

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


def span(text):
    """The span of a text such as "22:00-06:00"."""
    opens, closes = text.split("-")
    return Span(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


def weekly(days, *texts, **validity):
    """The same spans on each day of a text such as "12345" (8: holidays)."""
    return tuple(
        WeeklySpan(day=int(day), opens=span(text).opens, closes=span(text).closes, **validity)
        for day in days
        for text in texts
    )


def schedule(*spans, **fields):
    """A schedule in Bogotá with the spans of several `weekly`."""
    return OpeningHours(
        **{"code": "soporte", "name": "Soporte", "timezone": BOGOTA, "country": "CO"}
        | {"spans": tuple(itertools.chain.from_iterable(spans))}
        | fields
    )


def state(status, reason="", until=None, next_open=None, kind=None):
    """The state whose reason is the holiday, or else the exception, of this name."""
    named = ReasonKind.HOLIDAY if reason in HOLIDAYS.values() else ReasonKind.EXCEPTION
    kind = kind or (named if reason else ReasonKind.NONE)
    return State(status, reason, until, next_open, kind)


def exception(first, last="", *texts, **fields):
    return DatedException(
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last or first),
        spans=tuple(map(span, texts)),
        **fields,
    )


SUPPORT = schedule(weekly("12345", "07:00-19:00"), weekly("6", "08:00-13:00"))
NIGHTS = schedule(weekly("5", "22:00-06:00"))
ALWAYS = schedule(always_open=True)
UNSTATED = schedule()


# A week


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-12 06:59:59.999999", (CLOSED, "2026-11-12 07:00", "2026-11-12 07:00")),
        ("2026-11-12 07:00", (OPEN, "2026-11-12 19:00", None)),
        ("2026-11-12 18:59:59.999999", (OPEN, "2026-11-12 19:00", None)),
        ("2026-11-12 19:00", (CLOSED, "2026-11-13 07:00", "2026-11-13 07:00")),
        ("2026-11-13 19:00", (CLOSED, "2026-11-14 08:00", "2026-11-14 08:00")),
        ("2026-11-14 12:59:59", (OPEN, "2026-11-14 13:00", None)),
        ("2026-11-07 13:00", (CLOSED, "2026-11-09 07:00", "2026-11-09 07:00")),
        ("2026-11-08 12:00", (CLOSED, "2026-11-09 07:00", "2026-11-09 07:00")),
    ],
)
def test_working_week_is_open_from_its_first_instant_until_before_its_last(now, expected):
    status, until, next_open = expected
    assert state_at(SUPPORT, at(now), holiday_name) == state(
        status, "", at(until), next_open and at(next_open)
    )


def test_around_the_clock_never_changes():
    assert state_at(ALWAYS, at("2026-11-16 03:00"), holiday_name) == state(OPEN)


def test_seven_whole_days_never_change_at_midnight():
    whole_week = schedule(weekly("1234567", "00:00-00:00"), holidays=HolidayPolicy.AS_WEEKDAY)
    assert state_at(whole_week, at("2026-11-13 23:59:59"), holiday_name) == state(OPEN)
    assert state_at(whole_week, at("2026-11-14 00:00"), holiday_name) == state(OPEN)


def test_empty_schedule_is_always_unknown():
    assert state_at(UNSTATED, at("2026-11-16 12:00"), holiday_name) == state(UNKNOWN)


def test_adjoining_and_overlapping_spans_are_one_opening():
    split = schedule(weekly("4", "07:00-12:00", "12:00-15:00", "14:00-18:00"))
    expected = state(OPEN, "", at("2026-11-12 18:00"))
    assert state_at(split, at("2026-11-12 07:00"), holiday_name) == expected
    assert state_at(split, at("2026-11-12 12:00"), holiday_name) == expected


def test_lunch_break_closes():
    split = schedule(weekly("4", "08:00-12:00", "14:00-18:00"))
    expected = state(CLOSED, "", at("2026-11-12 14:00"), at("2026-11-12 14:00"))
    assert state_at(split, at("2026-11-12 12:00"), holiday_name) == expected


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
        state_at(replace(SUPPORT, timezone="America/Macondo"), at("2026-11-12 12:00"), holiday_name)


# Over midnight


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-13 21:59:59", state(CLOSED, "", at("2026-11-13 22:00"), at("2026-11-13 22:00"))),
        ("2026-11-13 22:00", state(OPEN, "", at("2026-11-14 06:00"))),
        ("2026-11-14 02:00", state(OPEN, "", at("2026-11-14 06:00"))),
        ("2026-11-14 06:00", state(CLOSED, "", at("2026-11-20 22:00"), at("2026-11-20 22:00"))),
        ("2026-11-13 02:00", state(CLOSED, "", at("2026-11-13 22:00"), at("2026-11-13 22:00"))),
    ],
)
def test_saturday_tail_of_friday_night_shift_is_open(now, expected):
    assert state_at(NIGHTS, at(now), holiday_name) == expected


def test_sunday_night_runs_into_monday():
    sundays = schedule(weekly("7", "22:00-06:00"))
    assert state_at(sundays, at("2026-11-09 05:59"), holiday_name) == state(
        OPEN, "", at("2026-11-09 06:00")
    )


def test_closing_at_midnight_ends_with_the_day():
    evenings = schedule(weekly("5", "18:00-00:00"))
    assert state_at(evenings, at("2026-11-13 23:59"), holiday_name) == state(
        OPEN, "", at("2026-11-14 00:00")
    )
    assert state_at(evenings, at("2026-11-14 00:00"), holiday_name).status is CLOSED


def test_equal_times_are_twenty_four_hours():
    friday = schedule(weekly("5", "07:00-07:00"))
    assert state_at(friday, at("2026-11-13 07:00"), holiday_name) == state(
        OPEN, "", at("2026-11-14 07:00")
    )


def test_night_before_a_closed_holiday_is_answered_to_its_end():
    sundays = schedule(weekly("17", "22:00-06:00"), holidays=HolidayPolicy.CLOSED)
    assert state_at(sundays, at("2026-11-16 02:00"), holiday_name) == state(
        OPEN, "", at("2026-11-16 06:00")
    )
    # What would have begun on the holiday does not, its tail on Tuesday included.
    assert state_at(sundays, at("2026-11-17 02:00"), holiday_name) == state(
        CLOSED, "", at("2026-11-22 22:00"), at("2026-11-22 22:00")
    )


def test_night_before_a_closed_exception_is_answered_to_its_end():
    closed = replace(NIGHTS, exceptions=(exception("2026-11-14", reason="Inventario"),))
    assert state_at(closed, at("2026-11-14 02:00"), holiday_name) == state(
        OPEN, "", at("2026-11-14 06:00")
    )
    assert state_at(closed, at("2026-11-14 06:00"), holiday_name) == state(
        CLOSED, "Inventario", at("2026-11-20 22:00"), at("2026-11-20 22:00")
    )


def test_closed_exception_takes_the_night_that_begins_on_it():
    closed = replace(NIGHTS, exceptions=(exception("2026-11-13", reason="Inventario"),))
    assert state_at(closed, at("2026-11-14 02:00"), holiday_name) == state(
        CLOSED, "", at("2026-11-20 22:00"), at("2026-11-20 22:00")
    )


# Public holidays

MONDAY_HOLIDAY_NOON, MONDAY_HOLIDAY_EVENING = at("2026-11-16 12:00"), at("2026-11-16 20:00")
TUESDAY_MORNING = at("2026-11-17 07:00")
CARTAGENA = "Independencia de Cartagena"


@pytest.mark.parametrize(
    ("policy", "spans", "at_noon", "in_the_evening"),
    [
        (
            HolidayPolicy.NOT_STATED,
            (),
            state(UNKNOWN, CARTAGENA, at("2026-11-16 19:00"), TUESDAY_MORNING),
            state(CLOSED, "", TUESDAY_MORNING, TUESDAY_MORNING),
        ),
        (
            HolidayPolicy.AS_WEEKDAY,
            (),
            state(OPEN, "", at("2026-11-16 19:00")),
            state(CLOSED, "", TUESDAY_MORNING, TUESDAY_MORNING),
        ),
        (
            HolidayPolicy.CLOSED,
            (),
            state(CLOSED, CARTAGENA, TUESDAY_MORNING, TUESDAY_MORNING),
            state(CLOSED, CARTAGENA, TUESDAY_MORNING, TUESDAY_MORNING),
        ),
        (
            HolidayPolicy.OWN_HOURS,
            weekly("8", "09:00-13:00"),
            state(OPEN, CARTAGENA, at("2026-11-16 13:00")),
            state(CLOSED, CARTAGENA, TUESDAY_MORNING, TUESDAY_MORNING),
        ),
        (
            HolidayPolicy.OWN_HOURS,
            (),
            state(CLOSED, CARTAGENA, TUESDAY_MORNING, TUESDAY_MORNING),
            state(CLOSED, CARTAGENA, TUESDAY_MORNING, TUESDAY_MORNING),
        ),
    ],
)
def test_holiday_policy_decides_the_holiday(policy, spans, at_noon, in_the_evening):
    stated = replace(SUPPORT, holidays=policy, spans=SUPPORT.spans + spans)
    assert state_at(stated, MONDAY_HOLIDAY_NOON, holiday_name) == at_noon
    assert state_at(stated, MONDAY_HOLIDAY_EVENING, holiday_name) == in_the_evening


def test_saturday_closing_looks_ahead_to_the_unknown_holiday_and_beyond_it():
    assert state_at(SUPPORT, at("2026-11-14 13:00"), holiday_name) == state(
        CLOSED, "", at("2026-11-16 07:00"), at("2026-11-17 07:00")
    )


def test_unknown_night_of_a_holiday_stays_unknown_after_midnight():
    mondays = schedule(weekly("1", "22:00-06:00"))
    assert state_at(mondays, at("2026-11-17 02:00"), holiday_name) == state(
        UNKNOWN, CARTAGENA, at("2026-11-17 06:00"), at("2026-11-23 22:00")
    )


def test_open_night_before_wins_over_the_unknown_morning_of_a_holiday():
    overlapping_morning = schedule(weekly("7", "22:00-06:00"), weekly("1", "05:00-12:00"))
    assert state_at(overlapping_morning, at("2026-11-16 05:30"), holiday_name) == state(
        OPEN, "", at("2026-11-16 06:00")
    )
    assert state_at(overlapping_morning, at("2026-11-16 06:00"), holiday_name) == state(
        UNKNOWN, CARTAGENA, at("2026-11-16 12:00"), at("2026-11-22 22:00")
    )


def test_holiday_on_a_day_without_hours_is_closed_as_ever():
    tuesdays = schedule(weekly("2", "07:00-19:00"))
    assert state_at(tuesdays, MONDAY_HOLIDAY_NOON, holiday_name) == state(
        CLOSED, "", TUESDAY_MORNING, TUESDAY_MORNING
    )


def test_holiday_spans_count_for_nothing_under_another_policy():
    ignored = schedule(weekly("8", "09:00-13:00"), holidays=HolidayPolicy.AS_WEEKDAY)
    assert state_at(ignored, at("2026-11-16 10:00"), holiday_name) == state(CLOSED)


def test_always_open_answers_on_holidays_whatever_the_policy():
    closed = replace(ALWAYS, holidays=HolidayPolicy.CLOSED)
    assert state_at(closed, MONDAY_HOLIDAY_NOON, holiday_name) == state(OPEN)


# Exceptions


def test_exception_closes_the_day_and_says_why():
    closed = replace(SUPPORT, exceptions=(exception("2026-11-12", reason="Inventario"),))
    opening = at("2026-11-13 07:00")
    assert state_at(closed, at("2026-11-12 12:00"), holiday_name) == state(
        CLOSED, "Inventario", opening, opening
    )


def test_exception_brings_its_own_hours_and_says_why():
    short_day = replace(
        SUPPORT, exceptions=(exception("2026-12-24", "", "08:00-12:00", reason="Nochebuena"),)
    )
    assert state_at(short_day, at("2026-12-24 10:00"), holiday_name) == state(
        OPEN, "Nochebuena", at("2026-12-24 12:00")
    )
    assert state_at(short_day, at("2026-12-24 12:00"), holiday_name) == state(
        CLOSED, "Nochebuena", at("2026-12-25 07:00"), at("2026-12-26 08:00")
    )


def test_night_of_an_exception_keeps_its_reason_after_midnight():
    night = replace(
        SUPPORT, exceptions=(exception("2026-11-12", "", "20:00-04:00", reason="Migración"),)
    )
    assert state_at(night, at("2026-11-13 03:00"), holiday_name) == state(
        OPEN, "Migración", at("2026-11-13 04:00")
    )
    assert state_at(night, at("2026-11-13 05:00"), holiday_name).reason == ""


def test_only_an_exception_closes_around_the_clock():
    closed = replace(ALWAYS, exceptions=(exception("2026-11-12", "2026-11-13", reason="Traslado"),))
    reopening = at("2026-11-14 00:00")
    assert state_at(closed, at("2026-11-11 12:00"), holiday_name) == state(
        OPEN, "", at("2026-11-12 00:00")
    )
    assert state_at(closed, at("2026-11-12 00:00"), holiday_name) == state(
        CLOSED, "Traslado", reopening, reopening
    )
    assert state_at(closed, reopening, holiday_name) == state(OPEN)


def test_exception_decides_its_day_even_where_hours_are_unknown():
    stated_once = replace(
        UNSTATED, exceptions=(exception("2026-11-12", "", "08:00-12:00", reason="Piloto"),)
    )
    assert state_at(stated_once, at("2026-11-11 12:00"), holiday_name) == state(
        UNKNOWN, "", at("2026-11-12 00:00"), at("2026-11-12 08:00")
    )
    assert state_at(stated_once, at("2026-11-12 08:00"), holiday_name) == state(
        OPEN, "Piloto", at("2026-11-12 12:00")
    )
    assert state_at(stated_once, at("2026-11-12 12:00"), holiday_name) == state(
        CLOSED, "Piloto", at("2026-11-13 00:00")
    )


@pytest.mark.parametrize("policy", HolidayPolicy)
def test_exception_comes_before_any_holiday_policy(policy):
    answered = replace(
        SUPPORT,
        holidays=policy,
        exceptions=(exception("2026-11-16", "", "10:00-14:00", reason="Turno", for_all=True),),
    )
    assert state_at(answered, MONDAY_HOLIDAY_NOON, holiday_name) == state(
        OPEN, "Turno", at("2026-11-16 14:00")
    )


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
        assert exception_on(replace(SUPPORT, exceptions=order), date(2026, 11, 12)) == expected


def test_no_exception_decides_the_days_around_one():
    closed = replace(SUPPORT, exceptions=(OWN_WEEK,))
    assert exception_on(closed, date(2026, 11, 8)) is None
    assert exception_on(closed, date(2026, 11, 16)) is None


# Validity, and changes that are far away


def test_validity_includes_its_first_and_last_day():
    november = schedule(
        weekly(
            "1234567",
            "07:00-19:00",
            valid_from=date(2026, 11, 10),
            valid_until=date(2026, 11, 11),
        )
    )
    first, last = at("2026-11-10 07:00"), at("2026-11-11 19:00")
    assert state_at(november, at("2026-11-09 12:00"), holiday_name) == state(
        CLOSED, "", first, first
    )
    assert state_at(november, at("2026-11-11 12:00"), holiday_name) == state(OPEN, "", last)
    assert state_at(november, last, holiday_name) == state(CLOSED)


def test_last_valid_night_is_answered_to_its_end():
    nights = schedule(weekly("5", "22:00-06:00", valid_until=date(2026, 11, 13)))
    assert state_at(nights, at("2026-11-14 05:00"), holiday_name) == state(
        OPEN, "", at("2026-11-14 06:00")
    )
    assert state_at(nights, at("2026-11-14 06:00"), holiday_name) == state(CLOSED)


class CountedCalendar:
    """A calendar that counts the questions it is asked: how far a search really looks."""

    def __init__(self, names=HOLIDAYS):
        self.names = names
        self.questions = 0

    def __call__(self, day):
        self.questions += 1
        return self.names.get(day, "")


WHOLE_WEEK = weekly("1234567", "00:00-00:00")


@pytest.mark.parametrize(
    ("distant", "expected"),
    [
        (
            schedule(weekly("1", "07:00-19:00", valid_from=date(2035, 1, 2))),
            state(CLOSED, "", at("2035-01-08 07:00"), at("2035-01-08 07:00")),
        ),
        (
            replace(SUPPORT, exceptions=(exception("2020-01-01", "2040-12-31", reason="Cierre"),)),
            state(CLOSED, "Cierre", at("2041-01-01 07:00"), at("2041-01-01 07:00")),
        ),
        (
            schedule(weekly("1234567", "00:00-00:00", valid_until=date(2060, 6, 30))),
            state(OPEN, "", at("2026-12-25 00:00")),
        ),
        (
            schedule(
                weekly("1234567", "00:00-00:00", valid_until=date(2060, 6, 30)),
                holidays=HolidayPolicy.AS_WEEKDAY,
            ),
            state(OPEN, "", at("2060-07-01 00:00")),
        ),
        (
            replace(ALWAYS, exceptions=(exception("2999-12-31"),)),
            state(OPEN, "", at("2999-12-31 00:00")),
        ),
        (
            replace(
                UNSTATED,
                exceptions=(exception("2030-05-05"), exception("2050-05-05", "", "10:00-11:00")),
            ),
            state(UNKNOWN, "", at("2030-05-05 00:00"), at("2050-05-05 10:00")),
        ),
        (
            schedule(weekly("8", "09:00-13:00"), holidays=HolidayPolicy.OWN_HOURS),
            state(CLOSED, "", at("2026-12-25 09:00"), at("2026-12-25 09:00")),
        ),
    ],
)
def test_distant_change_is_found_without_walking_there(distant, expected):
    calendar = CountedCalendar()
    assert state_at(distant, at("2026-11-18 12:00"), calendar) == expected
    assert calendar.questions < 1_000


@pytest.mark.parametrize(
    "plain",
    [
        ALWAYS,
        replace(SUPPORT, always_open=True),
        UNSTATED,
        schedule(weekly("1", "07:00-19:00", valid_until=date(2020, 1, 1))),
    ],
)
def test_hours_that_never_change_are_not_searched_for_a_change(plain):
    calendar = CountedCalendar()
    state_at(plain, at("2026-11-18 12:00"), calendar)
    assert calendar.questions < 10


def test_weekday_that_is_a_holiday_for_weeks_is_found_after_them():
    mondays = schedule(weekly("1", "07:00-19:00"), holidays=HolidayPolicy.CLOSED)
    calendar = CountedCalendar({date(2026, 11, 2) + timedelta(weeks=n): "Lunes" for n in range(20)})
    opening = at("2027-03-22 07:00")
    assert state_at(mondays, at("2026-11-01 12:00"), calendar) == state(
        CLOSED, "", opening, opening
    )


def test_holiday_eleven_months_away_is_found():
    whole_week = schedule(WHOLE_WEEK, holidays=HolidayPolicy.CLOSED)
    calendar = CountedCalendar({date(2026, 12, 25): "Navidad"})
    assert state_at(whole_week, at("2026-01-10 12:00"), calendar) == state(
        OPEN, "", at("2026-12-25 00:00")
    )


EVER_CLOSED = replace(SUPPORT, exceptions=(DatedException(first_day=date.min, last_day=date.max),))
HOSTILE = {
    "ever closed": EVER_CLOSED,
    "closed until the end of time": replace(
        SUPPORT, exceptions=(exception("2026-11-12", "9999-12-31"),)
    ),
    "backwards": replace(SUPPORT, exceptions=(exception("2026-11-12", "2026-11-01"),)),
    "never valid": schedule(
        weekly("1", "07:00-19:00", valid_from=date.max, valid_until=date.min),
    ),
    "valid at the ends of time": schedule(
        weekly("1234567", "22:00-06:00", valid_from=date.max),
        weekly("1234567", "22:00-06:00", valid_until=date.min),
    ),
    "whole week": schedule(WHOLE_WEEK),
    "a hundred exceptions that change nothing": schedule(
        WHOLE_WEEK,
        exceptions=tuple(
            DatedException(
                first_day=date(2027 + 50 * n, 1, 1),
                last_day=date(2027 + 50 * n, 6, 1),
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
    assert state_at(EVER_CLOSED, at("2026-11-12 12:00"), holiday_name) == state(
        CLOSED, kind=ReasonKind.EXCEPTION
    )


# Clocks that change


def new_york(*texts):
    return schedule(weekly("7", *texts), timezone="America/New_York")


def instants(state):
    return state.status, state.until.isoformat()


def test_night_in_which_clocks_go_forward_is_an_hour_shorter():
    state = state_at(new_york("01:00-05:00"), datetime(2026, 3, 8, 6, tzinfo=UTC), no_holidays)
    assert instants(state) == (OPEN, "2026-03-08T05:00:00-04:00")
    assert state.until.astimezone(UTC) == datetime(2026, 3, 8, 9, tzinfo=UTC)


def test_span_that_begins_in_the_skipped_hour_and_ends_with_it_does_not_take_place():
    state = state_at(new_york("02:30-03:00"), datetime(2026, 3, 8, 6, tzinfo=UTC), no_holidays)
    assert instants(state) == (CLOSED, "2026-03-15T02:30:00-04:00")


def test_search_goes_on_where_the_only_span_ahead_is_skipped():
    state = state_at(
        new_york("02:30-03:00"), at("2026-03-02 12:00", "America/New_York"), no_holidays
    )
    assert instants(state) == (CLOSED, "2026-03-15T02:30:00-04:00")


def test_skipped_closing_time_is_counted_with_the_offset_from_before_the_gap():
    state = state_at(new_york("01:00-02:30"), datetime(2026, 3, 8, 6, tzinfo=UTC), no_holidays)
    assert instants(state) == (OPEN, "2026-03-08T03:30:00-04:00")


@pytest.mark.parametrize("utc_hour", [5, 6])
def test_repeated_hour_stays_open_throughout(utc_hour):
    now = datetime(2026, 11, 1, utc_hour, 45, tzinfo=UTC)
    state = state_at(new_york("01:30-03:00"), now, no_holidays)
    assert instants(state) == (OPEN, "2026-11-01T03:00:00-05:00")


def test_repeated_closing_time_is_the_first_of_the_two():
    state = state_at(
        new_york("00:00-01:30"), at("2026-11-01 00:30", "America/New_York"), no_holidays
    )
    assert instants(state) == (OPEN, "2026-11-01T01:30:00-04:00")


def test_half_hour_change_on_lord_howe_island():
    island = schedule(weekly("7", "01:45-06:00"), timezone="Australia/Lord_Howe")
    state = state_at(island, at("2026-10-04 00:00", "Australia/Lord_Howe"), no_holidays)
    assert instants(state) == (CLOSED, "2026-10-04T01:45:00+10:30")
    state = state_at(island, state.until, no_holidays)
    assert instants(state) == (OPEN, "2026-10-04T06:00:00+11:00")


def test_whole_days_adjoin_where_midnight_itself_is_skipped():
    havana = schedule(WHOLE_WEEK, timezone="America/Havana", holidays=HolidayPolicy.AS_WEEKDAY)
    now = at("2026-03-07 23:59", "America/Havana")
    assert state_at(havana, now, no_holidays) == state(OPEN)


def test_day_that_a_zone_skipped_does_not_open():
    friday = schedule(weekly("5", "00:00-00:00"), timezone="Pacific/Apia")
    state = state_at(friday, at("2011-12-29 12:00", "Pacific/Apia"), no_holidays)
    assert instants(state) == (CLOSED, "2012-01-06T00:00:00+14:00")


def test_night_before_a_day_that_a_zone_skipped_is_answered_to_its_end():
    thursday = schedule(weekly("4", "09:00-09:00"), timezone="Pacific/Apia")
    state = state_at(thursday, at("2011-12-31 05:00", "Pacific/Apia"), no_holidays)
    assert instants(state) == (OPEN, "2011-12-31T09:00:00+14:00")


def test_clock_put_back_across_midnight_stays_open():
    sunday = schedule(weekly("7", "00:00-06:00"), timezone="America/St_Johns")
    # One minute after midnight it was 23:01 on Saturday again.
    saturday_at_23_15 = datetime(2009, 11, 1, 2, 45, tzinfo=UTC)
    state = state_at(sunday, saturday_at_23_15, no_holidays)
    assert instants(state) == (OPEN, "2009-11-01T06:00:00-03:30")


# The plan of a day


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
    shuffled = schedule(weekly("4", "14:00-18:00", "08:00-12:00"))
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


# Overlaps


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (weekly("1", "07:00-12:00"), weekly("1", "11:59-19:00")),
        (weekly("1", "07:00-12:00"), weekly("1", "07:00-12:00")),
        (weekly("1", "07:00-19:00"), weekly("1", "08:00-09:00")),
        (weekly("1", "00:00-00:00"), weekly("1", "23:00-23:30")),
        (weekly("5", "22:00-06:00"), weekly("6", "05:00-13:00")),
        (weekly("7", "22:00-06:00"), weekly("1", "05:00-13:00")),
        (weekly("1", "07:00-07:00"), weekly("2", "00:00-06:00")),
        (weekly("1", "22:00-06:00"), weekly("1", "23:00-23:30")),
        (weekly("8", "09:00-13:00"), weekly("8", "12:00-14:00")),
        (
            weekly("1", "07:00-12:00", valid_until=date(2026, 11, 12)),
            weekly("1", "08:00-09:00", valid_from=date(2026, 11, 12)),
        ),
        ((span("08:00-12:00"),), (span("11:00-13:00"),)),
        ((span("20:00-04:00"),), (span("21:00-22:00"),)),
    ],
)
def test_spans_that_share_an_instant_overlap(one, other):
    assert overlapping([*one, *other]) == (*one, *other)
    assert overlapping([*other, *one]) == (*other, *one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (weekly("1", "07:00-12:00"), weekly("1", "12:00-19:00")),
        (weekly("1", "07:00-12:00"), weekly("2", "07:00-12:00")),
        (weekly("1", "00:00-00:00"), weekly("2", "00:00-00:00")),
        (weekly("5", "22:00-06:00"), weekly("6", "06:00-13:00")),
        (weekly("5", "22:00-06:00"), weekly("5", "00:00-06:00")),
        (weekly("7", "22:00-06:00"), weekly("2", "05:00-13:00")),
        (weekly("8", "09:00-13:00"), weekly("1", "09:00-13:00")),
        (weekly("7", "22:00-06:00"), weekly("8", "05:00-13:00")),
        (weekly("8", "22:00-06:00"), weekly("8", "05:00-13:00")),
        (
            weekly("1", "07:00-12:00", valid_until=date(2026, 11, 11)),
            weekly("1", "08:00-09:00", valid_from=date(2026, 11, 12)),
        ),
        ((span("00:00-06:00"),), (span("22:00-06:00"),)),
    ],
)
def test_spans_that_share_no_instant_do_not_overlap(one, other):
    assert overlapping([*one, *other]) is None
    assert overlapping([*other, *one]) is None


def test_first_overlapping_pair_is_named():
    early, late, both, again = weekly(
        "1", "07:00-12:00", "13:00-19:00", "08:00-14:00", "08:00-14:00"
    )
    assert overlapping([early, late, both, again]) == (early, both)
    assert overlapping([]) is None


# Values


def test_schedule_survives_json():
    full = replace(
        SUPPORT,
        holidays=HolidayPolicy.OWN_HOURS,
        spans=SUPPORT.spans + weekly("8", "09:00-13:00", valid_until=date(2027, 1, 1)),
        exceptions=(exception("2026-12-24", "", "08:00-12:00", reason="Nochebuena", for_all=True),),
    )
    assert msgspec.json.decode(msgspec.json.encode(full), type=OpeningHours) == full
    assert full.spans[-1].day == HOLIDAY
