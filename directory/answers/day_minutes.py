"""When a schedule answers on a day, in minutes of the organisation's wall time."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from directory.hours.rules import day_plan
from directory.hours.schedule import HolidayName, OpeningHours, Span, Status
from directory.hours.upcoming import ONE_DAY

MINUTES = 24 * 60


def minutes_on(
    schedule: OpeningHours, day: date, holiday_name: HolidayName
) -> Iterator[tuple[int, int, Status]]:
    """When it answers on a local day, also by what began the day before, as minutes from midnight
    to midnight (0 to 1440) in the organisation's wall time."""
    own, ours = ZoneInfo(schedule.timezone), ZoneInfo(settings.ORGANIZATION.time_zone)
    # Another zone can put a day's spans two days away.
    around = (0, -1) if own == ours else (0, -1, -2, 1)
    midnight = datetime.combine(day, time.min)
    for near in around:
        plan = day_plan(schedule, day + near * ONE_DAY, holiday_name)
        for span in plan.spans:
            begins = datetime.combine(plan.day, span.opens)
            ends = datetime.combine(plan.day + span.ends_next_day * ONE_DAY, span.closes)
            if own != ours:
                begins, ends = (
                    each.replace(tzinfo=own).astimezone(UTC).astimezone(ours).replace(tzinfo=None)
                    for each in (begins, ends)
                )
            first = max(int((begins - midnight).total_seconds()) // 60, 0)
            last = min(-int(-(ends - midnight).total_seconds() // 60), MINUTES)
            if first < last:
                yield first, last, plan.status


def gaps(intervals: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """What of the 1440 minutes of a day no interval covers, as spans."""
    free, free_from = [], 0
    for begins, ends in sorted(intervals):
        if begins > free_from:
            free.append(span_of(free_from, begins))
        free_from = max(free_from, ends)
    if free_from < MINUTES:
        free.append(span_of(free_from, MINUTES))
    return tuple(free)


def span_of(begins: int, ends: int) -> Span:
    """The span from one minute of a day to another; 1440 is its end."""
    return Span(opens=_time(begins), closes=_time(ends))


def length(span: Span) -> int:
    """How many minutes a span lasts."""
    begins, ends = (at.hour * 60 + at.minute for at in (span.opens, span.closes))
    return (ends - begins) % (MINUTES) or MINUTES


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
