"""When nobody answers in a usual week."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.answers import day_minutes
from directory.answers.channel_filters import ChannelFilter
from directory.editions.document import ServiceDocument
from directory.hours.schedule import HOLIDAY, HolidayPolicy, OpeningHours, Span, no_holidays
from directory.hours.words import describe_day

# Any Monday of a week in which no zone changes its clocks: the week of a usual week.
USUAL_MONDAY = date(2026, 1, 5)
USUAL_WEEK = tuple(USUAL_MONDAY + timedelta(days=number) for number in range(7))


def usual_gaps(
    source: ServiceDocument, is_included: ChannelFilter, on: date
) -> tuple[tuple[Span, ...], ...]:
    """For Monday to Sunday, when nobody answers in a usual week."""
    schedules = {
        usual_schedule(source.hours(channel.schedule), on)
        for channel in source.channels
        if is_included(channel) and channel.is_valid_on(on)
    }
    return _gaps_of_week(frozenset(schedules - {None}))


def usual_schedule(schedule: OpeningHours, on: date) -> OpeningHours | None:
    """The schedule as its week is on a date, for ever. None if all its hours are for other days."""
    in_force = tuple(
        replace(span, valid_from=None, valid_until=None, every_year=False)
        for span in schedule.spans
        if span.is_valid_on(on) and span.day != HOLIDAY
    )
    if schedule.spans and not in_force:
        return None
    # Without what differs outside of a usual week: equal weeks are equal values.
    return replace(
        schedule,
        code="",
        name="",
        spans=in_force,
        exceptions=(),
        holidays=HolidayPolicy.AS_WEEKDAY,
    )


def gaps_in_words(gaps: Iterable[tuple[Span, ...]]) -> str:
    """“Lunes a viernes: 7 p.m. a 7 a.m. …”: the gaps of a week, Monday to Sunday, as the pages
    write hours."""
    sentences: list[tuple[list[int], str]] = []
    for number, spans in enumerate(gaps):
        text = describe_day(spans) if spans else ""
        if sentences and sentences[-1][1] == text:
            sentences[-1][0].append(number)
        else:
            sentences.append(([number], text))
    return "; ".join(
        capfirst(f"{_days_in_words(numbers)}: {text}") for numbers, text in sentences if text
    )


def _days_in_words(numbers: list[int]) -> str:
    first, last = str(WEEKDAYS[numbers[0]]), str(WEEKDAYS[numbers[-1]])
    if len(numbers) == 1:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


@lru_cache(maxsize=1024)
def _gaps_of_week(schedules: frozenset[OpeningHours]) -> tuple[tuple[Span, ...], ...]:
    if any(schedule.always_open for schedule in schedules):
        return ((),) * 7
    return tuple(
        day_minutes.gaps(
            (begins, ends)
            for schedule in schedules
            for begins, ends, _status in day_minutes.minutes_on(schedule, day, no_holidays)
        )
        for day in USUAL_WEEK
    )
