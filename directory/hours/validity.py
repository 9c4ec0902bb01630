"""What holds from a day on, until a day, or both."""

from datetime import date


class Validity:
    """A value, or a row, with `valid_from` and `valid_until`, both included; None means no limit.

    A mixin without fields of its own: dataclasses, msgspec structs and models declare them.
    """

    __slots__ = ()

    valid_from: date | None
    valid_until: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return not self.begins_after(day) and not self.is_past_on(day)

    def is_past_on(self, day: date) -> bool:
        """Whether its last day was before a day."""
        return self.valid_until is not None and self.valid_until < day

    def begins_after(self, day: date) -> bool:
        """Whether its first day is after a day."""
        return self.valid_from is not None and day < self.valid_from
