"""Codes that nobody has to invent: an empty one is made from what people call the thing."""

from itertools import chain, count

from django.utils.text import slugify


class CodeFromName:
    """For a model form with the field `code`: left empty, it is made from the fields `code_from`,
    and numbered if another row has it (`code_within`: another row with the same value there)."""

    code_from: tuple[str, ...] = ("name",)
    code_within = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if "code" in self.fields and "code" not in self.errors and not cleaned.get("code"):
            parts = (str(cleaned.get(name) or "") for name in self.code_from)
            name = slugify(" ".join(parts))
            if name:
                cleaned["code"] = self._free(name, cleaned)
            elif not self.errors:
                self.add_error("code", self.fields["code"].error_messages["required"])
        return cleaned

    def _free(self, name: str, cleaned: dict) -> str:
        rows = self._meta.model._default_manager.exclude(pk=self.instance.pk)
        if self.code_within:
            within = cleaned.get(self.code_within) or getattr(self.instance, self.code_within, None)
            is_stored = within is not None and within.pk is not None
            rows = rows.filter(**{self.code_within: within}) if is_stored else rows.none()
        longest = self._meta.model._meta.get_field("code").max_length - 5
        name = name[:longest].strip("-")
        taken = set(rows.filter(code__startswith=name).values_list("code", flat=True))
        candidates = chain([name], (f"{name}-{number}" for number in count(2)))
        return next(each for each in candidates if each not in taken)
