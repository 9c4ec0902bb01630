"""The hours of a schedule as a text: what is shown to be edited, and what is stored of it."""

from django.utils import timezone

from directory.hours.reading.reader import WeeklyHours
from directory.hours.reading.tokens import LONGEST_HOURS
from directory.hours.schedule import HOLIDAY
from directory.hours.words import describe_schedule
from directory.models.schedules import Schedule, TimeSpan


def hours_text(schedule: Schedule) -> str:
    """The stored hours in our words; empty if there are none, or words do not say all of them."""
    spans = schedule.spans.all()
    if has_dates(schedule) or not (spans or schedule.always_open):
        return ""
    words = describe_schedule(schedule.as_hours(own_exceptions=()), timezone.localdate())
    return words if len(words) <= LONGEST_HOURS else ""


def has_dates(schedule: Schedule) -> bool:
    """Whether some spans hold only for a time, which no text says."""
    return any(span.valid_from or span.valid_until for span in schedule.spans.all())


def store_spans(schedule: Schedule, reading: WeeklyHours) -> None:
    """Make the spans of a stored schedule those of a reading. Where it is silent about holidays,
    theirs stay."""
    keeps_holidays = reading.holidays is None and not reading.always_open
    wanted = {(span.day, span.opens, span.closes) for span in reading.spans}
    for span in schedule.spans.all():
        row = (span.day, span.opens, span.closes)
        if row in wanted:
            wanted.remove(row)
        elif not (keeps_holidays and span.day == HOLIDAY):
            span.delete()
    for day, opens, closes in sorted(wanted):
        TimeSpan(schedule=schedule, day=day, opens=opens, closes=closes).save()
    # What was read before is no longer so.
    getattr(schedule, "_prefetched_objects_cache", {}).pop("spans", None)
