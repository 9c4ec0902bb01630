"""Inlines whose rows are validated together: spans that must not overlap, levels without a gap."""

from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from directory.admin.compared_rows import ComparedFormSet, ComparedRow


class WholeSetFormSet(ComparedFormSet):
    """Validates the rows as they will be, not as they are stored, and shows errors at the field."""

    def clean(self) -> None:
        super().clean()
        # Beside a row that cannot be read, the others would be told what is not so.
        if any(self.errors):
            return
        forms = [form for form in self.forms if self._is_kept(form)]
        rows = [form.instance for form in forms]
        for form in forms:
            try:
                form.instance.validate_among(_others(rows + self.added_by_others, form.instance))
            except ValidationError as error:
                form.add_error(None, error)
        if any(self.errors):
            return
        for row in self.added_by_others:
            try:
                row.validate_among(_others(rows + self.added_by_others, row))
            except ValidationError as error:
                raise self.misfit(row, error) from error

    def save(self, commit: bool = True) -> list[Model]:
        """Save the rows. The database compares them one by one, so those that change are taken
        away first, and written again under their keys in the order of the model."""
        saved = super().save(commit=False)
        if commit:
            # Rows that are marked for deletion have changed too.
            changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
            self.model._default_manager.filter(pk__in=changed).delete()
            first, *_others = self.model._meta.ordering or ["pk"]
            for row in sorted(saved, key=attrgetter(str(first))):
                row.save()
            self.save_m2m()
        return saved

    def _is_kept(self, form: ComparedRow) -> bool:
        is_empty = form.empty_permitted and not form.has_changed()
        return not (is_empty or form.is_marked_for_deletion)


def _others(rows: list[Any], row: Model) -> list[Any]:
    return [other for other in rows if other is not row]
