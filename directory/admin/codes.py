"""Codes made from names: an empty one is filled in from other fields of the form.

Staff need no codes, imports do. So no script fills them in while somebody types: two rows of one
name would be refused at a field that nobody looks at. Nobody else makes one meanwhile: whoever
saves has the turn of publishing.
"""

from itertools import chain, count
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.utils.text import slugify


class CodeFromName(forms.ModelForm):
    """For a model form with the field `code`: left empty, it is made from the fields `code_from`,
    and numbered if another row has it (`code_within`: another row with the same value there),
    stored or in the same formset. One that is what would be made is numbered too."""

    code_from: tuple[str, ...] = ("name",)
    code_within = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes_beside: set[str] = set()
        if "code" in self.fields:
            self.fields["code"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "code" not in self.fields or "code" in self.errors:
            return cleaned
        name, code = self._made(cleaned), cleaned.get("code")
        is_made = not code or (code == name and self.instance.pk is None)
        if name and is_made:
            cleaned["code"] = self._free(name, cleaned)
        elif not code and not self.errors:
            self.add_error("code", self.fields["code"].error_messages["required"])
        self.codes_beside.add(cleaned.get("code", ""))
        return cleaned

    def _made(self, cleaned: dict[str, Any]) -> str:
        """The code of this name, with room for a number behind it; "" without a name. A name in
        another script than the Latin one gives the code of what it names."""
        parts = [str(cleaned.get(name) or "") for name in self.code_from]
        meta: Any = type(self.instance)._meta
        longest = meta.get_field("code").max_length - 5
        code = slugify(" ".join(parts))[:longest].strip("-")
        is_name = any(character.isalpha() for character in "".join(parts))
        return code or (slugify(meta.verbose_name) if is_name else "")

    def _free(self, name: str, cleaned: dict[str, Any]) -> str:
        model: type[Model] = type(self.instance)
        rows = model._default_manager.exclude(pk=self.instance.pk)
        if self.code_within:
            within = cleaned.get(self.code_within) or getattr(self.instance, self.code_within, None)
            is_stored = within is not None and within.pk is not None
            rows = rows.filter(**{self.code_within: within}) if is_stored else rows.none()
        stored = rows.filter(code__startswith=name).values_list("code", flat=True)
        taken = self.codes_beside.union(stored)
        candidates = chain([name], (f"{name}-{number}" for number in count(2)))
        return next(each for each in candidates if each not in taken)


class NumberedCodesFormSet(BaseInlineFormSet):
    """Gives each row another code than those beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.codes: set[str] = set()
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.codes_beside = self.codes
