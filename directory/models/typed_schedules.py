"""Hours typed where a schedule is chosen: the schedule that says them, stored or to be made."""

from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.text import Truncator

from directory.hours.reading.reader import WeeklyHours
from directory.hours.schedule import HolidayPolicy, OpeningHours, WeeklySpan
from directory.hours.words import describe_schedule
from directory.models.codes import free_code
from directory.models.schedules import Schedule, TimeSpan
from directory.models.typed_hours import DayAndTimes, dated, day_and_times, spans_after

# What two schedules of the same hours have in common.
PLACE = ("timezone", "country", "subdivision")


class TypedSchedules:
    """The schedules of the hours that one form says, each once: two queries for each that was
    typed. Those that it makes are stored by `store`."""

    def __init__(self) -> None:
        self._found: dict[Any, Schedule] = {}
        self._spans: dict[int, set[DayAndTimes]] = {}

    def saying(self, reading: WeeklyHours, before: Schedule | None = None) -> Schedule:
        """The schedule of these hours: a stored one of the same place that says the same of public
        holidays, else a new one. The place, and what the text leaves open of holidays, are those of
        `before`, whose place it takes; without one the organisation's, and not stated."""
        new = _like(reading, before)
        spans = spans_after(reading, before.spans.all() if before else ())
        key = (*_rules(new), frozenset(spans))
        if key not in self._found:
            self._found[key] = _stored(new, spans) or new
            if self._found[key] is new:
                new.name = _name(new, spans)
                self._spans[id(new)] = spans
        return self._found[key]

    def store(self, schedule: Schedule) -> None:
        """Store a schedule that was made, with its spans and a code."""
        schedule.code = free_code(Schedule, schedule.name)
        schedule.save()
        rows = [
            TimeSpan(schedule=schedule, day=day, opens=opens, closes=closes)
            for day, opens, closes in sorted(self._spans[id(schedule)])
        ]
        schedule.spans.add(*rows, bulk=False)


def _like(reading: WeeklyHours, before: Schedule | None) -> Schedule:
    schedule = Schedule(always_open=reading.always_open)
    if before:
        for name in PLACE:
            setattr(schedule, name, getattr(before, name))
        if not before.always_open:
            schedule.holidays = before.holidays
    if reading.always_open:
        # On public holidays it answers as always, whatever else is said of them.
        schedule.holidays = Schedule.Holidays.NOT_STATED
    elif reading.holidays is not None:
        schedule.holidays = reading.holidays.value
    return schedule


def _rules(schedule: Schedule) -> tuple[Any, ...]:
    place = [getattr(schedule, name) for name in PLACE]
    return (*place, schedule.always_open, "" if schedule.always_open else schedule.holidays)


def _stored(new: Schedule, spans: set[DayAndTimes]) -> Schedule | None:
    """The stored schedule of the same hours; of several one without exceptions of its own."""
    alike = Schedule.objects.filter(
        **{name: getattr(new, name) for name in PLACE}, always_open=new.always_open
    ).annotate(closures=Count("exceptions", distinct=True))
    if not new.always_open:
        alike = alike.filter(holidays=new.holidays)
    if spans:
        day, opens, closes = min(spans)
        alike = alike.filter(spans__day=day, spans__opens=opens, spans__closes=closes)
    for schedule in alike.prefetch_related("spans").order_by("closures", "pk"):
        stored = list(schedule.spans.all())
        if not dated(stored) and {day_and_times(span) for span in stored} == spans:
            return schedule
    return None


def _name(schedule: Schedule, spans: set[DayAndTimes]) -> str:
    """The hours of a schedule that is not stored yet, in words."""
    hours = OpeningHours(
        code="",
        name="",
        timezone=schedule.timezone,
        country=schedule.country,
        always_open=schedule.always_open,
        holidays=HolidayPolicy(schedule.holidays),
        spans=tuple(
            WeeklySpan(day=day, opens=opens, closes=closes) for day, opens, closes in sorted(spans)
        ),
    )
    words = describe_schedule(hours, timezone.localdate())
    # The point of “p.m.” is no end of a sentence.
    words = words if words.endswith("m.") else words.removesuffix(".")
    return Truncator(words).chars(120)
