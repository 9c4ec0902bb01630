"""Promised times as a field of models and forms: kept in minutes, told and typed in words."""

from functools import partial
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.hours.durations import DAY, describe_duration, read_duration

LONGEST = 60 * DAY
LONGEST_TO_SOLVE = 365 * DAY

_at_least = partial(MinValueValidator, message=_("Write a time longer than 0, or leave it empty."))
_not_negative = MinValueValidator(0, _("A time cannot be negative."))

PLAUSIBLE_TIME = [_at_least(1), MaxValueValidator(LONGEST, _("Write at most 60 days."))]
PLAUSIBLE_TIME_TO_SOLVE = [
    _at_least(1),
    MaxValueValidator(LONGEST_TO_SOLVE, _("Write at most 365 days.")),
]
# Of a level that is asked at once.
PLAUSIBLE_TIME_OR_AT_ONCE = [
    _not_negative,
    MaxValueValidator(LONGEST, _("Write at most 60 days.")),
]


class MinutesFormField(forms.Field):
    """A text that shows “4 horas” and takes a time as people write it (`hours.durations`)."""

    widget = forms.TextInput(attrs={"class": "vDurationField"})

    def prepare_value(self, value: Any) -> Any:
        return describe_duration(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, int):
            return value
        text = str(value or "").strip()
        return read_duration(text).minutes if text else None


class MinutesField(models.PositiveIntegerField):
    """Minutes, which people type and read as a time in words."""

    def formfield(self, **kwargs: Any) -> Any:
        # Fields of numbers, and what the back office has for them, take no words.
        kwargs |= {"form_class": MinutesFormField, "widget": MinutesFormField.widget}
        return models.Field.formfield(self, **kwargs)
