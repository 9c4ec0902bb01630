"""What holds from a day on, until a day, or both; once, or every year.

What recurs holds on the days whose month and day lie between those of its first and last day, from
its first year on. So one that begins on 29 February begins on 1 March in other years, one that ends
on it ends on the 28th, and one of that single day recurs in leap years only. It is at most a year
less a day long (`is_longer_than_a_year`), also over New Year.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol

ONE_DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)


class Dated(Protocol):
    """What has a first and a last day: a value of the hours, a part of a document, a row."""

    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_until(self) -> date | None: ...


class Validity:
    """A value, or a row, with `valid_from` and `valid_until`, both included; None means no limit.

    What has both may recur: `every_year`. A mixin without fields of its own: dataclasses, msgspec
    structs and models declare them.
    """

    __slots__ = ()

    valid_from: date | None
    valid_until: date | None

    def is_valid_on(self: Dated, day: date) -> bool:
        """Whether it holds on a day."""
        first, last = self.valid_from, self.valid_until
        if first and last and is_yearly(self):
            return first <= day and _is_between(day, first, last)
        return (first is None or first <= day) and (last is None or day <= last)

    def is_past_on(self: Dated, day: date) -> bool:
        """Whether its last day was before a day."""
        return self.valid_until is not None and self.valid_until < day and not is_yearly(self)

    def begins_after(self: Dated, day: date) -> bool:
        """Whether its first day is after a day."""
        return self.valid_from is not None and day < self.valid_from


def is_yearly(part: Dated) -> bool:
    """Whether it recurs; most that has dates cannot."""
    return getattr(part, "every_year", False)


def is_longer_than_a_year(first: date, last: date) -> bool:
    """Whether what begins and ends on these days cannot recur: it would meet itself."""
    return (last.year, *_month_day(last)) >= (first.year + 1, *_month_day(first))


def occurrence_on(
    first: date, last: date, day: date, *, every_year: bool
) -> tuple[date, date] | None:
    """The first and last day of the time that a day belongs to, or None."""
    if not every_year:
        return (first, last) if first <= day <= last else None
    if day < first or not _is_between(day, first, last):
        return None
    begun_last_year = _month_day(day) < _month_day(first)
    return _occurrence(first, last, day.year - begun_last_year)


def occurrences(
    first: date, last: date, begins: date, ends: date, *, every_year: bool
) -> Iterator[tuple[date, date]]:
    """The first and last day of each time that touches the days from `begins` to `ends`."""
    years = range(max(first.year, begins.year - 1), ends.year + 1) if every_year else [first.year]
    for year in years:
        times = _occurrence(first, last, year) if every_year else (first, last)
        if times[0] <= times[1] and times[0] <= ends and begins <= times[1]:
            yield times


def changes_between(part: Dated, begins: date, ends: date) -> Iterator[date]:
    """The days from `begins` to `ends` on which it holds and did not on the day before, or the
    other way round; in no order."""
    times = [(part.valid_from, part.valid_until)]
    if part.valid_from and part.valid_until and is_yearly(part):
        since = max(begins, date.min + ONE_DAY) - ONE_DAY
        times = [*occurrences(part.valid_from, part.valid_until, since, ends, every_year=True)]
    for first, last in times:
        following = last + ONE_DAY if last and last < date.max else None
        yield from (day for day in (first, following) if day and begins <= day <= ends)


def share_a_day(one: Dated, other: Dated) -> bool:
    """Whether both hold on some day: of two that recur, or of one, as if every year had its
    29 February."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    yearly = [part for part in (one, other) if is_yearly(part)]
    ends = [part.valid_until for part in (one, other) if part not in yearly and part.valid_until]
    last = min(ends, default=date.max)
    if first > last:
        return False
    if not yearly or (len(yearly) == 1 and is_longer_than_a_year(first, last)):
        return True
    begins, ends_ = (
        (part.valid_from or first, part.valid_until or last) if is_yearly(part) else (first, last)
        for part in (one, other)
    )
    return _is_between(begins[0], *ends_) or _is_between(ends_[0], *begins)


def _is_between(day: date, first: date, last: date) -> bool:
    """Whether the month and day of `day` lie between those of the others, over New Year too."""
    # Numbers, and no tuples: this is asked of each day of many years.
    start, end = first.month * 100 + first.day, last.month * 100 + last.day
    at = day.month * 100 + day.day
    return start <= at <= end if start <= end else at >= start or at <= end


def _occurrence(first: date, last: date, year: int) -> tuple[date, date]:
    """The time that begins in a year. One of 29 February alone ends before it begins in others."""
    is_over_new_year = _month_day(last) < _month_day(first)
    if is_over_new_year and year == date.max.year:
        return _on(first, year), date.max
    begins, ends = _on(first, year), _on(last, year + is_over_new_year)
    if _month_day(last) == (2, 29) != _month_day(ends):
        ends -= ONE_DAY
    return begins, ends


def _on(day: date, year: int) -> date:
    """The day in another year; 1 March for a 29 February that the year does not have."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _month_day(day: date) -> tuple[int, int]:
    return day.month, day.day
