"""A last day that is left empty is the first one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class LastDayForm(forms.ModelForm):
    """For rows with a first and a last day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("last_day"):
            field.required = False
            field.help_text = _("Included. Left empty, it is the first day.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.is_one_day() and not self.cleaned_data.get("last_day", True):
            self.cleaned_data["last_day"] = self.cleaned_data.get("first_day")
        return cleaned

    def is_one_day(self) -> bool:
        """Whether what has no last day ends on its first."""
        return True
