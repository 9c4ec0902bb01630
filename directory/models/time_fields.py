"""The time of day as a field of models and forms."""

from datetime import time
from typing import Any

from django import forms
from django.db import models
from django.utils import formats

from directory.hours.reading.clock import read_time


class TimeFormField(forms.TimeField):
    """A text that shows 7:00 a.m., and takes a time as people write it (`hours.reading.clock`).

    `is_end`: "24:00" is midnight at the end; elsewhere it is refused.
    """

    def __init__(self, *, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_end = is_end

    def prepare_value(self, value: Any) -> Any:
        is_whole = isinstance(value, time) and not (value.second or value.microsecond)
        return formats.time_format(value, "TIME_FORMAT") if is_whole else value

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        return value if isinstance(value, time) else read_time(str(value).strip(), self.is_end)


class TimeField(models.TimeField):
    """A time of day. Text may be assigned, looked up and loaded as people write it: "2 p.m.".

    `is_end`: it is a time at which something ends, where "24:00" is midnight.
    """

    def __init__(self, *args: Any, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_end = is_end

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"is_end": True} if self.is_end else {})

    def to_python(self, value: Any) -> Any:
        is_text = isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))
        if is_text and value != "":
            return read_time(str(value).strip(), self.is_end)
        return super().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:
        given: dict[str, Any] = {"form_class": TimeFormField, "is_end": self.is_end}
        return super().formfield(**given | kwargs)
