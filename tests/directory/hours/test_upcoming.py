"""What is coming, computed once: which days, why, and what a schedule says of them."""

from datetime import date, timedelta

import pytest

from directory.hours.schedule import HolidayPolicy, ReasonKind, Status
from directory.hours.upcoming import (
    UpcomingKind,
    upcoming_exceptions,
    upcoming_holidays,
    upcoming_hours,
    upcoming_replacements,
    upcoming_validity,
)
from tests.directory.schedules import exception, schedule, weekly

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DAY = timedelta(days=1)
CHRISTMAS = date(2026, 12, 25)


def days(events):
    return [(event.kind, event.first_day, event.last_day) for event in events]


@pytest.mark.parametrize(
    ("day", "is_valid", "is_past", "is_to_begin"),
    [
        (FIRST - DAY, False, False, True),
        (FIRST, True, False, False),
        (LAST, True, False, False),
        (LAST + DAY, False, True, False),
    ],
)
def test_validity_includes_its_first_and_last_day(day, is_valid, is_past, is_to_begin):
    (part,) = weekly("1 07:00-19:00", valid_from=FIRST, valid_until=LAST)
    assert part.is_valid_on(day) is is_valid
    assert part.is_past_on(day) is is_past
    assert part.begins_after(day) is is_to_begin
    (without_limits,) = weekly("1 07:00-19:00")
    assert without_limits.is_valid_on(day)
    assert not without_limits.is_past_on(day)
    assert not without_limits.begins_after(day)


@pytest.mark.parametrize(
    ("first", "last", "kinds"),
    [
        (FIRST - DAY, FIRST - DAY, []),
        (FIRST, FIRST, [(UpcomingKind.BEGINNING, FIRST, LAST)]),
        (LAST, LAST, [(UpcomingKind.END, LAST, LAST)]),
        (FIRST + DAY, LAST - DAY, []),
    ],
)
def test_beginning_and_end_fall_on_their_days(first, last, kinds):
    (part,) = weekly("1 07:00-19:00", valid_from=FIRST, valid_until=LAST)
    assert days(upcoming_validity(part, first, last)) == kinds


def test_replacements_come_in_order():
    on = [LAST, FIRST, LAST + DAY]
    assert [event.first_day for event in upcoming_replacements(on, FIRST, LAST)] == [FIRST, LAST]


def test_hours_become_others_on_the_day_after_the_last_and_on_the_first():
    changing = schedule(
        weekly("1 07:00-19:00", valid_until=date(2026, 12, 6))
        + weekly("1 07:00-17:00", valid_from=date(2026, 12, 7), valid_until=date(2026, 12, 20))
    )
    assert days(upcoming_hours(changing, FIRST, LAST)) == [
        (UpcomingKind.HOURS, date(2026, 12, 7), None),
        (UpcomingKind.HOURS, date(2026, 12, 21), None),
    ]


def test_hours_that_continue_under_new_dates_are_no_change():
    renewed = schedule(
        weekly("1 07:00-19:00", valid_until=LAST - DAY)
        + weekly("1 07:00-19:00", valid_from=LAST)
        + weekly("2 07:00-19:00")
    )
    assert days(upcoming_hours(renewed, FIRST, LAST)) == []


@pytest.mark.parametrize("limits", [{"valid_until": date.max}, {"valid_from": date.min}])
def test_ends_of_the_calendar_are_no_change(limits):
    assert (
        days(upcoming_hours(schedule(weekly("1 07:00-19:00", **limits)), date.min, date.max)) == []
    )


def test_exception_that_touches_the_days_is_told_with_all_of_its_own():
    around = exception("2026-11-30", "2027-01-01", reason="Traslado")
    others = [exception("2026-11-30"), exception("2027-01-01")]
    [event] = upcoming_exceptions([around, *others], FIRST, LAST)
    assert (event.first_day, event.last_day, event.reason) == (FIRST - DAY, LAST + DAY, "Traslado")
    assert (event.exception, event.plan) == (around, None)


def test_yearly_exceptions_and_hours_are_told_of_each_year():
    eve = exception("2020-12-24", every_year=True)
    found = upcoming_exceptions([eve, exception("2027-05-05")], FIRST, date(2028, 12, 23))
    assert [event.first_day.isoformat() for event in found] == [
        "2026-12-24",
        "2027-05-05",
        "2027-12-24",
    ]
    summer = {"valid_from": date(2020, 6, 15), "valid_until": date(2020, 9, 15)}
    kept = schedule(weekly("1 07:00-15:00", **summer, every_year=True))
    assert [event.first_day for event in upcoming_hours(kept, FIRST, date(2028, 1, 1))] == [
        date(2027, 6, 15),
        date(2027, 9, 16),
    ]
    [span] = kept.spans
    assert days(upcoming_validity(span, date(2028, 1, 1), date(2028, 12, 31))) == [
        (UpcomingKind.BEGINNING, date(2028, 6, 15), date(2028, 9, 15)),
        (UpcomingKind.END, date(2028, 9, 15), date(2028, 9, 15)),
    ]


@pytest.mark.parametrize(
    ("fields", "status", "reason", "kind"),
    [
        ({}, Status.UNKNOWN, "Navidad", ReasonKind.HOLIDAY),
        ({"holidays": HolidayPolicy.CLOSED}, Status.CLOSED, "Navidad", ReasonKind.HOLIDAY),
        ({"holidays": HolidayPolicy.AS_WEEKDAY}, Status.OPEN, "", ReasonKind.NONE),
        (
            {
                "exceptions": (
                    exception(
                        "2026-12-25", "", "08:00-12:00", reason="Navidad", also_on_days_off=True
                    ),
                )
            },
            Status.OPEN,
            "Navidad",
            ReasonKind.EXCEPTION,
        ),
    ],
)
def test_holiday_says_what_the_schedule_does_and_why(fields, status, reason, kind):
    kept = schedule("5 07:00-19:00", **fields)
    [event] = upcoming_holidays(
        kept, FIRST, LAST, lambda day: "Navidad" if day == CHRISTMAS else ""
    )
    assert (event.first_day, event.reason) == (CHRISTMAS, "Navidad")
    assert (event.plan.status, event.plan.reason, event.plan.reason_kind) == (status, reason, kind)
