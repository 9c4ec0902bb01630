"""What holds from a day on, until a day, or both."""

from datetime import date
from typing import Protocol


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
