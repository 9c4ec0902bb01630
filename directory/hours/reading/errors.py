"""What is raised for a text that cannot be read."""

from typing import Any

from django.core.exceptions import ValidationError


class Unreadable(ValidationError):
    """A text that says no time or no hours.

    `message` is a text, or one that is translated when it is shown; `code` is the kind of error,
    `start` and `end` are where in the text it is, `readings` the whole texts of which one is meant,
    where it may mean two things.
    """

    def __init__(
        self,
        message: Any,
        code: str,
        start: int = 0,
        end: int = 0,
        readings: tuple[str, ...] = (),
        **params: Any,
    ) -> None:
        super().__init__(message, code, params)
        self.start, self.end, self.readings = start, end, readings
