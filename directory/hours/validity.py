"""What holds from a day on, until a day, or both."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Protocol

ONE_DAY = timedelta(days=1)


class Dated(Protocol):
    """What has a first and a last day: a value of the hours, a part of a document, a row."""

    @property
    def valid_from(self) -> date | None: ...

    @property
    def valid_until(self) -> date | None: ...


class Validity:
    """A value, or a row, with `valid_from` and `valid_until`, both included; None means no limit.

    A mixin without fields of its own: dataclasses, msgspec structs and models declare them.
    """

    __slots__ = ()

    valid_from: date | None
    valid_until: date | None

    def is_valid_on(self: Dated, day: date) -> bool:
        """Whether it holds on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

    def is_past_on(self: Dated, day: date) -> bool:
        """Whether its last day was before a day."""
        return self.valid_until is not None and self.valid_until < day

    def begins_after(self: Dated, day: date) -> bool:
        """Whether its first day is after a day."""
        return self.valid_from is not None and day < self.valid_from


def days_of_change(parts: Collection[Dated]) -> set[date]:
    """The days from which others of the parts hold than on the day before."""
    days = {part.valid_from for part in parts if part.valid_from}
    ends = {part.valid_until for part in parts if part.valid_until}
    return (days | {end + ONE_DAY for end in ends if end < date.max}) - {date.min}
