"""Which exception decides a day, and on which days each of them holds.

Days are those from the first until the last, the same of every year, or the first or last working
day of each month. A working day of a schedule is one on which it has hours by its weekday spans
and which is no public holiday of its place, whatever it does on these; a schedule whose hours are
unknown has none.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from directory.hours.schedule import (
    DatedException,
    ExceptionEffect,
    HolidayName,
    MonthlyDay,
    OpeningHours,
)
from directory.hours.validity import occurrence_on, occurrences

Times = tuple[date, date]
"""The first and the last day of one time of an exception."""


def exception_on(
    schedule: OpeningHours, day: date, holiday_name: HolidayName
) -> DatedException | None:
    """The exception that decides `day`: the schedule's own first, then the shortest, one of that
    year before one that recurs, the latest. A day that one with dates closes is not opened by one
    of each month."""
    covering = [
        (_rank(each, times), each)
        for each in schedule.exceptions
        # Most are on other days, whatever their kind, and many days are asked about.
        if each.first_day <= day
        and (each.every_year or each.last_day is None or day <= each.last_day)
        and (times := _times_on(each, schedule, day, holiday_name))
    ]
    ranked = sorted(covering, key=itemgetter(0))
    deciding = [exception for _rank, exception in ranked]
    dated = next((each for each in deciding if not each.monthly), None)
    if dated and dated.effect == ExceptionEffect.CLOSED:
        return dated
    return next(iter(deciding), None)


def exception_times(
    exception: DatedException,
    schedule: OpeningHours,
    begins: date,
    ends: date,
    holiday_name: HolidayName,
) -> Iterator[Times]:
    """The first and last day of each time of an exception of a schedule, in order, that touches the
    days from `begins` to `ends`."""
    if not exception.monthly:
        yield from dated_times(exception, begins, ends)
        return
    begins, ends = max(begins, exception.first_day), min(ends, exception.ends)
    for number in range(begins.year * 12 + begins.month - 1, ends.year * 12 + ends.month):
        year, month = divmod(number, 12)
        day = _working_day(schedule, exception.monthly, year, month + 1, holiday_name)
        if day and begins <= day <= ends:
            yield day, day


def dated_times(exception: DatedException, begins: date, ends: date) -> Iterator[Times]:
    """The same of one with dates, which are those of every schedule."""
    days = exception.first_day, exception.ends
    return occurrences(*days, begins, ends, every_year=exception.every_year)


def monthly_on(schedule: OpeningHours, on: date) -> Iterator[tuple[MonthlyDay, DatedException]]:
    """The exceptions of each month that are in force on a date, whether or not it is their day; of
    several for the same day of the month the one that decides it."""
    for which in MonthlyDay:
        in_force = [
            each
            for each in schedule.exceptions
            if each.monthly is which and each.first_day <= on <= each.ends
        ]
        if in_force:
            yield which, min(in_force, key=lambda each: _rank(each, (on, on)))


def covers(exception: DatedException, day: date) -> bool:
    """Whether a day is one of those of an exception with dates."""
    return _dated_times_on(exception, day) is not None


def _dated_times_on(exception: DatedException, day: date) -> Times | None:
    days = exception.first_day, exception.ends
    return occurrence_on(*days, day, every_year=exception.every_year)


def _times_on(
    exception: DatedException, schedule: OpeningHours, day: date, holiday_name: HolidayName
) -> Times | None:
    if not exception.monthly:
        return _dated_times_on(exception, day)
    return next(exception_times(exception, schedule, day, day, holiday_name), None)


def _working_day(
    schedule: OpeningHours, which: MonthlyDay, year: int, month: int, holiday_name: HolidayName
) -> date | None:
    days: Iterable[int] = range(1, monthrange(year, month)[1] + 1)
    if which is MonthlyDay.LAST_WORKING_DAY:
        days = reversed([*days])
    return next(
        (
            day
            for day in (date(year, month, number) for number in days)
            if _is_working_day(schedule, day, holiday_name)
        ),
        None,
    )


def _is_working_day(schedule: OpeningHours, day: date, holiday_name: HolidayName) -> bool:
    has_hours = schedule.always_open or any(
        span.day == day.isoweekday() and span.is_valid_on(day) for span in schedule.spans
    )
    return has_hours and not holiday_name(day)


def is_for_every_day(exception: DatedException) -> bool:
    """Whether it says the same of each of its days, whatever is usual on them."""
    return exception.effect == ExceptionEffect.CLOSED or exception.also_on_days_off


def _rank(exception: DatedException, times: Times) -> tuple[Any, ...]:
    first, last = times
    latest = -first.toordinal(), -exception.first_day.toordinal()
    recurs = exception.every_year or exception.monthly is not None
    return exception.for_all, last - first, recurs, *latest


def exception_stretches(
    schedule: OpeningHours, first: date, last: date, holiday_name: HolidayName
) -> Iterator[tuple[DatedException, date, date]]:
    """The exceptions that decide days from `first` to `last`, in order, each with the first and
    the last of the days in a row that it decides."""
    # What decides some of the days before and after of one that reaches further.
    begins = first - _NEARBY if first - date.min > _NEARBY else date.min
    ends = last + _NEARBY if date.max - last > _NEARBY else date.max
    edges = {
        edge
        for each in schedule.exceptions
        for times in exception_times(each, schedule, begins, ends, holiday_name)
        for edge in (times[0].toordinal(), times[1].toordinal() + 1)
    }
    stretches = groupby(
        pairwise(sorted(edges)),
        key=lambda stretch: exception_on(schedule, date.fromordinal(stretch[0]), holiday_name),
    )
    for exception, stretch in stretches:
        parts = list(stretch)
        starts, stops = parts[0][0], parts[-1][1] - 1
        if exception and starts <= last.toordinal() and first.toordinal() <= stops:
            yield exception, date.fromordinal(starts), date.fromordinal(stops)


_NEARBY = timedelta(days=31)
