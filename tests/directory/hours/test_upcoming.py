"""What is coming, computed once: which days, why, and what a schedule says of them."""

from datetime import date, time, timedelta

import pytest

from directory.hours.schedule import (
    DatedException,
    HolidayPolicy,
    OpeningHours,
    ReasonKind,
    Span,
    Status,
    WeeklySpan,
)
from directory.hours.upcoming import (
    UpcomingKind,
    upcoming_exceptions,
    upcoming_holidays,
    upcoming_hours,
    upcoming_replacements,
    upcoming_validity,
)

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DAY = timedelta(days=1)
CHRISTMAS = date(2026, 12, 25)


def span(day=1, opens=7, closes=19, **validity):
    return WeeklySpan(day=day, opens=time(opens), closes=time(closes), **validity)


def schedule(*spans, **fields):
    return OpeningHours(
        code="h", name="H", timezone="America/Bogota", country="CO", spans=spans, **fields
    )


def closure(first, last=None, **fields):
    return DatedException(first_day=first, last_day=last or first, **fields)


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
    part = span(valid_from=FIRST, valid_until=LAST)
    assert part.is_valid_on(day) is is_valid
    assert part.is_past_on(day) is is_past
    assert part.begins_after(day) is is_to_begin
    without_limits = span()
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
    assert days(upcoming_validity(span(valid_from=FIRST, valid_until=LAST), first, last)) == kinds


def test_replacements_come_in_order():
    on = [LAST, FIRST, LAST + DAY]
    assert [event.first_day for event in upcoming_replacements(on, FIRST, LAST)] == [FIRST, LAST]


def test_hours_become_others_on_the_day_after_the_last_and_on_the_first():
    changing = schedule(
        span(1, valid_until=date(2026, 12, 6)),
        span(1, closes=17, valid_from=date(2026, 12, 7), valid_until=date(2026, 12, 20)),
    )
    assert days(upcoming_hours(changing, FIRST, LAST)) == [
        (UpcomingKind.HOURS, date(2026, 12, 7), None),
        (UpcomingKind.HOURS, date(2026, 12, 21), None),
    ]


def test_hours_that_continue_under_new_dates_are_no_change():
    renewed = schedule(span(valid_until=LAST - DAY), span(valid_from=LAST), span(2))
    assert days(upcoming_hours(renewed, FIRST, LAST)) == []


@pytest.mark.parametrize("limits", [{"valid_until": date.max}, {"valid_from": date.min}])
def test_ends_of_the_calendar_are_no_change(limits):
    assert days(upcoming_hours(schedule(span(**limits)), date.min, date.max)) == []


def test_exception_that_touches_the_days_is_told_with_all_of_its_own():
    around = closure(FIRST - DAY, LAST + DAY, reason="Traslado")
    [event] = upcoming_exceptions([around, closure(FIRST - DAY), closure(LAST + DAY)], FIRST, LAST)
    assert (event.first_day, event.last_day, event.reason) == (FIRST - DAY, LAST + DAY, "Traslado")
    assert (event.plan.status, event.plan.reason_kind) == (Status.CLOSED, ReasonKind.EXCEPTION)


@pytest.mark.parametrize(
    ("fields", "status", "reason", "kind"),
    [
        ({}, Status.UNKNOWN, "Navidad", ReasonKind.HOLIDAY),
        ({"holidays": HolidayPolicy.CLOSED}, Status.CLOSED, "Navidad", ReasonKind.HOLIDAY),
        ({"holidays": HolidayPolicy.AS_WEEKDAY}, Status.OPEN, "", ReasonKind.NONE),
        (
            {"exceptions": (closure(CHRISTMAS, reason="Navidad", spans=(Span(
                opens=time(8), closes=time(12)),)),)},
            Status.OPEN, "Navidad", ReasonKind.EXCEPTION,
        ),
    ],
)  # fmt: skip
def test_holiday_says_what_the_schedule_does_and_why(fields, status, reason, kind):
    kept = schedule(span(5), **fields)
    [event] = upcoming_holidays(
        kept, FIRST, LAST, lambda day: "Navidad" if day == CHRISTMAS else ""
    )
    assert (event.first_day, event.reason) == (CHRISTMAS, "Navidad")
    assert (event.plan.status, event.plan.reason, event.plan.reason_kind) == (status, reason, kind)
