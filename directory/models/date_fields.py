"""A date as a field of models and forms."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.formats import get_format

from directory.hours.reading.dates import read_date


class DateFormField(forms.DateField):
    """A text that shows a date in the language's first format, and takes one as people write it
    (`hours.reading.dates`), counted from today in the organisation's time zone."""

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        day_first = get_format("SHORT_DATE_FORMAT").startswith(("d", "j"))
        return read_date(str(value).strip(), timezone.localdate(), day_first=day_first)


class DateField(models.DateField):
    """A date, into whose form people write it as they say it."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        # In the database it is any date.
        return name, "django.db.models.DateField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": DateFormField} | kwargs)
