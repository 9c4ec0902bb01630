"""What an exception does to the schedules, read from the rows: see
`directory.hours.exception_effects`.

Bounded: a year of its days and SCHEDULES_AT_MOST schedules are compared; what is left out is
counted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db.models import Prefetch
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.hours.exception_effects import describe_effect, exception_effects
from directory.hours.exceptions import exception_times
from directory.hours.holidays import holidays_of
from directory.hours.schedule import DatedException, HolidayName, OpeningHours
from directory.hours.validity import occurrences
from directory.models import Schedule, ScheduleException
from directory.upkeep.naming import and_more

DAYS_AT_MOST = 366
SCHEDULES_AT_MOST = 50
NAMED_AT_MOST = 8


@dataclass(frozen=True, kw_only=True)
class EffectInWords:
    """What becomes of the schedules with these names, a sentence for each kind of days."""

    names: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ExceptionInWords:
    """What an exception does, and what of it is not told."""

    effects: tuple[EffectInWords, ...]
    notes: tuple[str, ...]


def describe_exception_effects(exception: ScheduleException, today: date) -> ExceptionInWords:
    """What a stored exception does on its days, in the active language; of one that recurs, on
    those of the next time from `today` on. Queries are constant."""
    value = exception.as_hours(for_all=False)
    first, last = _next_time(value, today)
    last = min(last, first + timedelta(days=DAYS_AT_MOST - 1))
    pairs, more = _hours_without_and_with(exception, first, last)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def days_of(schedule: OpeningHours) -> list[date]:
        if not value.monthly:
            return days
        times = exception_times(value, schedule, first, last, _holidays_of(schedule))
        return [day for day, _same in islice(times, 1)]

    effects = exception_effects(pairs, days_of, _holidays_of)
    return ExceptionInWords(
        effects=tuple(
            EffectInWords(names=_names(each.names), sentences=tuple(describe_effect(each, first)))
            for each in effects
        ),
        notes=tuple(_notes(value, last, more)),
    )


def _next_time(exception: DatedException, today: date) -> tuple[date, date]:
    """The first and last day of the time that is told; of one of each month, of those to come."""
    first, last = exception.first_day, exception.ends
    if exception.monthly:
        return (max(first, today) if today <= last else first), last
    if not exception.every_year:
        return first, last
    begins = max(first, today)
    # What recurs on 29 February does so at least every eight years.
    times = occurrences(first, last, begins, begins + timedelta(days=3000), every_year=True)
    return next(islice(times, 1), (first, last))


def _hours_without_and_with(
    exception: ScheduleException, first: date, last: date
) -> tuple[list[tuple[OpeningHours, OpeningHours]], int]:
    """The hours of the schedules that it may concern, and how many of these were left out."""
    named = exception.schedules.all()
    is_for_all = not named.exists()
    concerned = Schedule.objects.all() if is_for_all else named
    others = ScheduleException.objects.exclude(pk=exception.pk).of_days(first, last)
    others = others.prefetch_related("spans")
    rows = concerned.order_by("name", "pk").prefetch_related(
        "spans", Prefetch("exceptions", others)
    )
    for_all = list(others.for_all())
    pairs = []
    for row in rows[:SCHEDULES_AT_MOST]:
        own = list(row.exceptions.all())
        after = (
            row.as_hours([*for_all, exception], own)
            if is_for_all
            else row.as_hours(for_all, [*own, exception])
        )
        pairs.append((row.as_hours(for_all, own), after))
    return pairs, max(concerned.count() - len(pairs), 0)


def _holidays_of(schedule: OpeningHours) -> HolidayName:
    return holidays_of(schedule, translation.get_language())


def _names(names: tuple[str, ...]) -> str:
    return " · ".join([*names[:NAMED_AT_MOST], *and_more(len(names) - NAMED_AT_MOST)])


def _notes(exception: DatedException, last: date, more: int) -> list[str]:
    notes = []
    day = {"day": formats.date_format(last, "DATE_FORMAT")}
    if exception.monthly:
        notes.append(_("Each month; this is the day of the next time."))
    elif exception.every_year:
        notes.append(_("Every year; these are the days of the next time, until %(day)s.") % day)
    elif last < exception.ends:
        notes.append(_("Days after %(day)s are not shown here.") % day)
    if more:
        text = ngettext(
            "%(count)d more schedule is not compared here.",
            "%(count)d more schedules are not compared here.",
            more,
        )
        notes.append(text % {"count": more})
    return notes
