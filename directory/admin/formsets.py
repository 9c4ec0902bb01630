"""Inlines whose rows are validated together: spans that must not overlap, levels without a gap."""

from operator import attrgetter

from django.core.exceptions import ValidationError
from django.db.models import Model

from directory.admin.conflicts import ComparedForm, ComparedFormSet


class WholeSetFormSet(ComparedFormSet):
    """Validates the rows as they will be, not as they are stored, and shows errors at the field."""

    def clean(self) -> None:
        super().clean()
        forms = [form for form in self.forms if self._is_kept(form)]
        for form in forms:
            others = [other.instance for other in forms if other is not form]
            try:
                form.instance.validate_among([*others, *self.added_by_others])
            except ValidationError as error:
                form.add_error(None, error)

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

    def _is_kept(self, form: ComparedForm) -> bool:
        is_empty = form.empty_permitted and not form.has_changed()
        return not (is_empty or form.errors or form.is_marked_for_deletion)
