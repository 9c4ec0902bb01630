"""The hours of a schedule as a text: what is shown to be edited, and what is stored of it."""

from collections.abc import Iterable
from datetime import time

from django.utils import timezone

from directory.hours.reading.reader import WeeklyHours
from directory.hours.reading.tokens import LONGEST_HOURS
from directory.hours.schedule import HOLIDAY, WeeklySpan
from directory.hours.words import describe_schedule
from directory.models.recording import watch_deleted
from directory.models.schedules import Schedule, TimeSpan

# A span without dates: its day, when it opens and closes.
DayAndTimes = tuple[int, time, time]


def hours_text(schedule: Schedule) -> str:
    """The stored hours in our words; empty if there are none, or words do not say all of them."""
    spans = schedule.spans.all()
    if dated(spans) or not (spans or schedule.always_open):
        return ""
    words = describe_schedule(schedule.as_hours(own_exceptions=()), timezone.localdate())
    return words if len(words) <= LONGEST_HOURS else ""


def dated(spans: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Those that hold only for a time, which no text says."""
    return [span for span in spans if span.valid_from or span.valid_until]


def day_and_times(span: TimeSpan | WeeklySpan) -> DayAndTimes:
    """What tells a span without dates from the others of its schedule."""
    return span.day, span.opens, span.closes


def spans_after(reading: WeeklyHours, stored: Iterable[TimeSpan]) -> set[DayAndTimes]:
    """The spans that a reading stands for. Where it is silent about holidays, theirs stay."""
    spans = {day_and_times(span) for span in reading.spans}
    if reading.holidays is None and not reading.always_open:
        of_holidays = [span for span in stored if span.day == HOLIDAY and not dated([span])]
        spans |= {day_and_times(span) for span in of_holidays}
    return spans


def store_spans(schedule: Schedule, reading: WeeklyHours) -> tuple[list[TimeSpan], list[TimeSpan]]:
    """Make the spans of a stored schedule those of a reading: the added and the deleted ones."""
    stored = list(schedule.spans.all())
    wanted = spans_after(reading, stored)
    kept = [span for span in stored if day_and_times(span) in wanted and not dated([span])]
    deleted = [span for span in stored if span not in kept]
    watch_deleted(deleted)
    schedule.spans.filter(pk__in=[span.pk for span in deleted]).delete()
    added = [
        TimeSpan(schedule=schedule, day=day, opens=opens, closes=closes)
        for day, opens, closes in sorted(wanted - {day_and_times(span) for span in kept})
    ]
    # It forgets the spans that were read before, too.
    schedule.spans.add(*added, bulk=False)
    return added, deleted
