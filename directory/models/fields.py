"""The phone number and the time of day as fields of models and forms."""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model
from phonenumber_field.modelfields import PhoneNumberDescriptor, PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber

from directory.contacts import phones
from directory.hours.reading.clock import read_time


class PhoneFormField(forms.CharField):
    """An `<input type="tel">` that shows a number as people write it and gives a PhoneNumber.

    Text that is no number stays in the input, with the particular reason of `phones.parse`.
    """

    def __init__(self, *, region: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.region = region
        # Set here and not by a widget class, which the admin replaces with its own.
        if getattr(self.widget, "input_type", "") == "text":
            self.widget.input_type = "tel"

    def prepare_value(self, value: Any) -> Any:
        return phones.display(value) if isinstance(value, PhoneNumber) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return phones.parse(text, self.region) if text else text


class PhoneDescriptor(PhoneNumberDescriptor):
    """Keeps what is assigned and reads it when it is asked for: a list of rows costs nothing."""

    def __get__(self, instance: Model | None, owner: type[Model]) -> Any:
        value = super().__get__(instance, owner)
        if isinstance(value, str | int):
            value = instance.__dict__[self.field.name] = self.field.to_python(value)
        return value

    def __set__(self, instance: Model, value: Any) -> None:
        instance.__dict__[self.field.name] = value


class PhoneField(PhoneNumberField):
    """A phone number, kept as E.164: a PhoneNumber on an instance, its text in `values()`.

    Whatever `phones.parse` reads may be assigned, looked up and loaded from fixtures. Text that it
    refuses is kept as the `raw_input` of an invalid PhoneNumber until `full_clean` says why.
    """

    descriptor_class = PhoneDescriptor
    default_validators: list[Any] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # E.164 has at most fifteen digits, after the “+”.
        super().__init__(*args, **{"max_length": 16, **kwargs})

    def to_python(self, value: Any) -> Any:
        if value == "" or not isinstance(value, str | int | PhoneNumber):
            return value
        try:
            return phones.parse(str(value), self._region)
        except ValidationError:
            return PhoneNumber(raw_input=str(value))

    def from_db_value(self, value: str, expression: Any, connection: Any) -> str:
        return value

    def run_validators(self, value: Any) -> None:
        if isinstance(value, PhoneNumber) and not value.is_valid():
            phones.parse(value.raw_input, self._region)
        super().run_validators(value)

    def formfield(self, **kwargs: Any) -> forms.Field:
        # Without a length: people write a number in more characters than it is kept in.
        tel = {"form_class": PhoneFormField, "region": self._region, "max_length": None}
        return super().formfield(**tel | kwargs)


class TimeFormField(forms.TimeField):
    """A text that shows 07:00, and takes a time as people write it (`hours.reading.clock`).

    `is_end`: "24:00" is midnight at the end; elsewhere it is refused.
    """

    def __init__(self, *, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_end = is_end

    def prepare_value(self, value: Any) -> Any:
        is_whole = isinstance(value, time) and not (value.second or value.microsecond)
        return f"{value:%H:%M}" if is_whole else value

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
