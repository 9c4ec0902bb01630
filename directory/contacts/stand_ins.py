"""Who answers while somebody is away: stand-ins, who may be away themselves.

Pure: works on rows and on parts of a document alike. People are compared by what the absences name
them by, rows or codes; an empty stand-in is nobody.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, Protocol, TypeVar

ONE_DAY = timedelta(days=1)
# How many may stand in for one another at the same time: far beyond any sensible plan.
LONGEST_CHAIN = 3


class Days(Protocol):
    """From one day to another, both included."""

    @property
    def first_day(self) -> date: ...

    @property
    def last_day(self) -> date: ...


class Absent(Days, Protocol):
    """The days on which `contact` is away, and `stand_in` answers."""

    @property
    def contact(self) -> Any: ...

    @property
    def stand_in(self) -> Any: ...


A = TypeVar("A", bound=Absent)


@dataclass(frozen=True)
class Stretch(Generic[A]):
    """Days on which somebody is away and all stays the same. `absences` begin with that of who is
    away; each further one is that of who should stand in for the one before."""

    first_day: date
    last_day: date
    absences: tuple[A, ...]

    @property
    def is_circle(self) -> bool:
        """Whether they stand in for each other in turn."""
        stand_in = self.absences[-1].stand_in
        return any(each.contact == stand_in for each in self.absences)

    @property
    def is_too_long(self) -> bool:
        """Whether more than LONGEST_CHAIN would stand in for one another."""
        return len(self.absences) > LONGEST_CHAIN and bool(self.absences[-1].stand_in)

    @property
    def stand_in(self) -> Any:
        """Who answers in the end; None where nobody does."""
        if self.is_circle or self.is_too_long:
            return None
        return self.absences[-1].stand_in or None


def stretches(
    absences: Collection[A], contact: Any, first: date = date.min, last: date = date.max
) -> Iterator[Stretch[A]]:
    """Yield who is in the place of `contact`, stretch by stretch, on the days from `first` to
    `last` on which it is away. A stretch is not cut at these days."""
    own = [each for each in absences if each.contact == contact and _meet(each, first, last)]
    # Years of absences of others change nothing.
    absences = [
        each for each in absences if any(_meet(each, away.first_day, away.last_day) for away in own)
    ]
    starts = {each.first_day for each in absences}
    starts |= {each.last_day + ONE_DAY for each in absences if each.last_day < date.max}
    found: list[Stretch[A]] = []
    for day in sorted(starts):
        chain = tuple(_chain(absences, contact, day))
        if chain:
            until = min((start for start in starts if start > day), default=date.max) - ONE_DAY
            if found and found[-1].absences == chain and found[-1].last_day + ONE_DAY == day:
                day = found.pop().first_day
            found.append(Stretch(day, until, chain))
    yield from (each for each in found if _meet(each, first, last))


def stretch_on(absences: Collection[A], contact: Any, day: date) -> Stretch[A] | None:
    """Who is in the place of `contact` on a day; None where it is there itself."""
    return next(stretches(absences, contact, day, day), None)


def _chain(absences: Collection[A], contact: Any, day: date) -> Iterator[A]:
    """The absences that follow from each other on a day; ends where a circle closes."""
    met: list[A] = []
    while contact and len(met) <= LONGEST_CHAIN:
        away = next((each for each in absences if _is_away(each, contact, day)), None)
        if away is None or away in met:
            return
        yield away
        met.append(away)
        contact = away.stand_in


def _is_away(absence: Absent, contact: Any, day: date) -> bool:
    return absence.contact == contact and _meet(absence, day, day)


def _meet(days: Days, first: date, last: date) -> bool:
    """Whether they share a day with those from `first` to `last`."""
    return days.first_day <= last and first <= days.last_day
