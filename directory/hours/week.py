"""The week that is in force on a date: which days have equal hours, and which follow each other."""

from datetime import date, time
from itertools import groupby

from directory.hours.rules import spans_in_force
from directory.hours.schedule import HOLIDAY, HolidayPolicy, OpeningHours, Span, WeeklySpan

WEEK = tuple(range(1, 8))
MIDNIGHT = time.min


def days_with_equal_hours(schedule: OpeningHours, on: date) -> dict[tuple[Span, ...], list[int]]:
    """The days that have hours, by their hours, in the order of the first day of each."""
    groups: dict[tuple[Span, ...], list[int]] = {}
    for day in (*WEEK, HOLIDAY):
        spans = spans_in_force(schedule, day, on)
        if spans and (day != HOLIDAY or schedule.holidays == HolidayPolicy.OWN_HOURS):
            groups.setdefault(tuple(map(plain_span, spans)), []).append(day)
    return groups


def plain_span(span: WeeklySpan) -> Span:
    """The times of a weekly span, without its day and validity."""
    return Span(opens=span.opens, closes=span.closes)


def runs_of_days(days: list[int]) -> list[list[int]]:
    """The weekdays among `days`, cut where one is missing: [1, 2, 3, 5, 8] -> [[1, 2, 3], [5]]."""
    weekdays = (day for day in days if day != HOLIDAY)
    runs = groupby(enumerate(weekdays), key=lambda pair: pair[1] - pair[0])
    return [[day for _, day in run] for _, run in runs]


def ends_past_midnight(span: Span) -> bool:
    """Whether it still answers on the next day."""
    return span.ends_next_day and span.closes != MIDNIGHT


def is_closed_on_holidays(schedule: OpeningHours, on: date) -> bool:
    """Whether it is stated that, in the week of a date, nobody answers on public holidays."""
    if schedule.holidays == HolidayPolicy.OWN_HOURS:
        return not spans_in_force(schedule, HOLIDAY, on)
    return schedule.holidays == HolidayPolicy.CLOSED
