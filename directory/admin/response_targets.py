"""Promised times on the form of their service."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from directory.admin.row_keys import AutocompletesMixin
from directory.hours.durations import Duration, read_duration
from directory.models import ResponseTarget

TYPED = ("respond_minutes", "solve_minutes")


class ResponseTargetForm(forms.ModelForm):
    """A row of promised times. “15 días hábiles” ticks “in open hours”; both times count alike."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        is_ticked = bool(cleaned.get("in_open_hours"))
        read = self._read(is_ticked)
        said = {name: duration.in_open_hours for name, duration in read.items()}
        if not is_ticked and True not in said.values():
            return cleaned
        for name, in_open_hours in said.items():
            if in_open_hours is False or not (in_open_hours or is_ticked):
                message = _(
                    "Both times count alike: open hours, or all. Write “open hours” or “working "
                    "days” at both, or at none."
                )
                self.add_error(name, ValidationError(message, code="counted_otherwise"))
        cleaned["in_open_hours"] = True
        return cleaned

    def _read(self, in_open_hours: bool) -> dict[str, Duration]:
        """The times that were typed and can be read, by field."""
        read: dict[str, Duration] = {}
        for name in TYPED:
            text = str(self[name].data or "").strip()
            if not text or name not in self.cleaned_data:
                continue
            try:
                read[name] = read_duration(text, in_open_hours=in_open_hours)
            except ValidationError as error:
                self.add_error(name, error)
        return read


class ResponseTargetInline(AutocompletesMixin, admin.TabularInline):
    """The times that a service promises, a row a type of request."""

    model = ResponseTarget
    form = ResponseTargetForm
    fields = ["request_type", *TYPED, "in_open_hours"]
    autocomplete_fields = ["request_type"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("service", "request_type")
