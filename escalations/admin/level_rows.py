"""The rows of levels: their numbers are filled in, in the form of the policy and of the service."""

from typing import Any

from django import forms

from directory.admin.formsets import WholeSetFormSet
from escalations.models import EscalationLevel


class LevelRow(forms.ModelForm):
    """A level; left empty, its number is the one after the highest before it."""

    class Media:
        js = [forms.Script("escalations/level_numbers.js", defer=True)]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Those of the rows before; the formset has one list for all of its rows.
        self.numbers: list[int] = []
        if "level" in self.fields:
            self.fields["level"].required = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.fill_in_number()
        return cleaned

    def fill_in_number(self) -> None:
        """Give a row without a number the next one."""
        if "level" not in self.fields or "level" in self.errors:
            return
        if self.cleaned_data.get("level") is None:
            self.cleaned_data["level"] = max(self.numbers, default=0) + 1
            if "level" not in self.changed_data:
                self.changed_data.append("level")
        if not self.cleaned_data.get("DELETE"):
            self.numbers.append(self.cleaned_data["level"])


class NumberedLevelFormSet(WholeSetFormSet):
    """Levels that are numbered by themselves, after those that others added meanwhile."""

    model = EscalationLevel

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.numbers: list[int] = []
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.numbers = self.numbers

    def full_clean(self) -> None:
        if self.is_bound:
            self.numbers += [row.level for row in self.added_by_others]
        super().full_clean()

    @property
    def next_number(self) -> int:
        """The number of a row that is added to those that are stored."""
        return max((row.level for row in self.get_queryset()), default=0) + 1
