"""Codes made from names: an empty one is filled in from other fields of the form."""

from itertools import chain, count
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.text import slugify


class CodeFromName(forms.ModelForm):
    """For a model form with the field `code`: left empty, it is made from the fields `code_from`,
    and numbered if another row has it (`code_within`: another row with the same value there)."""

    code_from: tuple[str, ...] = ("name",)
    code_within = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "code" in self.fields and "code" not in self.errors and not cleaned.get("code"):
            parts = (str(cleaned.get(name) or "") for name in self.code_from)
            name = slugify(" ".join(parts))
            if name:
                cleaned["code"] = self._free(name, cleaned)
            elif not self.errors:
                self.add_error("code", self.fields["code"].error_messages["required"])
        return cleaned

    def _free(self, name: str, cleaned: dict[str, Any]) -> str:
        model: type[Model] = type(self.instance)
        rows = model._default_manager.exclude(pk=self.instance.pk)
        if self.code_within:
            within = cleaned.get(self.code_within) or getattr(self.instance, self.code_within, None)
            is_stored = within is not None and within.pk is not None
            rows = rows.filter(**{self.code_within: within}) if is_stored else rows.none()
        field = model._meta.get_field("code")
        longest = getattr(field, "max_length", 0) - 5
        name = name[:longest].strip("-")
        taken = set(rows.filter(code__startswith=name).values_list("code", flat=True))
        candidates = chain([name], (f"{name}-{number}" for number in count(2)))
        return next(each for each in candidates if each not in taken)
