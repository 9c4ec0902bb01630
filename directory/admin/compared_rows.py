"""Rows that are edited together with what they belong to, compared with what the page showed.

Each field of a row is compared (`directory.admin.compared_forms`). A row that somebody else deleted
can be added again, one that somebody else added stays, and one that was changed is not deleted
before that was shown.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CASCADE, ForeignObjectRel, Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.admin.change_messages import display_value
from directory.admin.compared_forms import (
    CONFLICT,
    ComparedField,
    ComparedForm,
    compared,
    is_of_a_page,
)
from directory.admin.row_keys import ChosenAtOnceMixin, aids


class DeletedField(ComparedField):
    """A field of a row that is not stored any more."""

    is_changed_by_others = False

    @property
    def data(self) -> object:
        return self.typed

    def __str__(self) -> SafeString:
        return self.as_widget()


class DeletedKey(forms.Field):
    """The key of a row that is not stored any more: empty, so that it may become a new one."""

    widget = forms.HiddenInput

    def validate(self, value: object) -> None:
        """Django's formsets require it."""


class ComparedRow(ComparedForm):
    """The form of a row."""

    @cached_property
    def is_deleted(self) -> bool:
        """Whether it is of a row that was stored, and is not any more."""
        key = self.data.get(self.add_prefix(self.instance._meta.pk.name))
        return self.instance.pk is None and bool(self.compared_fields() and key)

    @property
    def is_marked_for_deletion(self) -> bool:
        """Whether it is of a row that is ticked to be deleted."""
        return DELETION_FIELD_NAME in self.fields and bool(self[DELETION_FIELD_NAME].data)

    def has_changed(self) -> bool:
        """As Django's; of a deleted row, whether anything was typed into it."""
        if self.is_deleted:
            return any(field.is_typed for field in self.compared_fields())
        if self.is_bound and self.instance.pk is None and not self._is_sent:
            # The page did not show it any more, and its defaults are no change.
            return False
        return super().has_changed()

    @cached_property
    def _is_sent(self) -> bool:
        return any(name.startswith(f"{self.prefix}-") for name in self.data)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.is_deleted:
            message = _(
                "This was deleted meanwhile (%(who)s). What you typed is still here: "
                "save again to add it as a new one, or remove it."
            ) % {"who": self.changed_by}
            # What the row itself says of what belongs to it is not lacking.
            parts = missing_parts(type(self.instance), but=getattr(self, "said_parts", ()))
            self.add_error(None, ValidationError(f"{message} {parts}".strip(), CONFLICT))
        return cleaned

    def changing_rows(self) -> list[Model]:
        fields = self.fields.values()
        parents = [
            field.parent_instance for field in fields if isinstance(field, InlineForeignKeyField)
        ]
        return [self.instance, *parents]


if TYPE_CHECKING:
    InlineFormSet = BaseInlineFormSet[Any, Any, Any]
else:
    InlineFormSet = BaseInlineFormSet


class ComparedFormSet(ChosenAtOnceMixin, InlineFormSet):
    """For inline formsets of compared rows: what others added or deleted, too."""

    model: type[Model]
    # What was made besides, once the rows are saved: it has a history of its own.
    made: Sequence[Model] = ()

    @property
    def is_of_stored(self) -> bool:
        """Whether what the rows belong to is stored."""
        return self.instance.pk is not None

    def reached(self) -> Iterable[Model]:
        """Other stored rows that are changed with these: what shows them is published too."""
        return ()

    def warnings(self) -> Iterable[str]:
        """What to know before saving these, in words."""
        return ()

    def add_fields(self, form: ComparedRow, index: int | None) -> None:
        key, was_stored = form.instance.pk, index is not None and index < self.initial_form_count()
        is_lost = was_stored and key is None and self._has_readable_key(form)
        if is_lost and self.is_of_stored:
            form.compare_by(DeletedField)
        super().add_fields(form, index)
        if is_lost:
            form.fields[self.model._meta.pk.name] = DeletedKey(disabled=True)
            form.empty_permitted = True
        elif key is not None and DELETION_FIELD_NAME in form.fields:
            # A ticked box sends the digest of what the page showed.
            form.fields[DELETION_FIELD_NAME].widget.attrs["value"] = self._digests[key]

    # Django reads it as a sequence.
    def get_queryset(self) -> Any:
        """The stored rows; in the order of the form that was sent, as Django's page pairs them."""
        rows = super().get_queryset()
        if not self.is_bound:
            return rows
        order = {key: place for place, key in enumerate(self._sent_keys)}
        return sorted(rows, key=lambda row: order.get(str(row.pk), len(order)))

    @property
    def initial_forms(self) -> list[ComparedRow]:
        """The forms of the rows that are stored."""
        return [form for form in super().initial_forms if form.instance.pk is not None]

    @property
    def extra_forms(self) -> list[ComparedRow]:
        """The forms of new rows; a deleted one is among them if something was typed into it."""
        lost = [form for form in super().initial_forms if form.instance.pk is None]
        again = [form for form in lost if form.has_changed() or not form.is_deleted]
        return [*again, *super().extra_forms]

    @cached_property
    def added_by_others(self) -> list[Any]:
        """The rows that are stored and were not sent."""
        rows = self.get_queryset() if self.is_bound and self.management_form.is_valid() else ()
        added = [row for row in rows if str(row.pk) not in self._sent_keys]
        for row in added:
            setattr(row, self.fk.name, self.instance)
        return added

    @property
    def deleted_by_others(self) -> list[ComparedRow]:
        """The rows that others alone deleted, and into which nothing was typed."""
        deleted = [form for form in self.forms if form.is_deleted and not form.has_changed()]
        return [form for form in deleted if not form.is_marked_for_deletion]

    def clean(self) -> None:
        errors = [
            ValidationError(self._deletion_conflict(form), CONFLICT)
            for form in self.initial_forms
            if form.is_marked_for_deletion
            and is_of_a_page(self.data)
            and self.data[form.add_prefix(DELETION_FIELD_NAME)] != self._digests[form.instance.pk]
        ]
        try:
            super().clean()
        except ValidationError as error:
            errors.append(error)
        for row in self.added_by_others:
            self._refuse_doubles(row)
            try:
                row.clean()
            except ValidationError as error:
                errors.append(self.misfit(row, error))
        if errors:
            raise ValidationError(errors)

    def misfit(self, row: Model, error: ValidationError) -> ValidationError:
        """That a row that others added does not fit to what was typed."""
        message = _("“%(row)s”, which was added meanwhile, does not fit: %(reason)s")
        reason = " ".join(error.messages)
        return ValidationError(message % {"row": row, "reason": reason}, CONFLICT)

    def _deletion_conflict(self, form: ComparedRow) -> str:
        parts = kinds_of_parts(type(form.instance))
        message = _(
            "“%(row)s”, which you want to delete, or what belongs to it (%(parts)s), was changed "
            "meanwhile (%(who)s). Now it is: %(now)s. Save again to delete it."
        )
        if not parts:
            message = _(
                "“%(row)s”, which you want to delete, was changed meanwhile (%(who)s). "
                "Now it is: %(now)s. Save again to delete it."
            )
        now = self.row_in_words(form.instance)
        who = form.changed_by
        return message % {"row": form.instance, "parts": parts, "who": who, "now": now}

    def _refuse_doubles(self, row: Model) -> None:
        """Add errors to the forms that break a unique constraint with `row`, which others added."""
        forms = [form for form in [*self.initial_forms, *self.extra_forms] if form.is_valid()]
        for rule in self.model._meta.total_unique_constraints:
            # By keys: what an empty row refers to is not there.
            fields: list[Any] = [self.model._meta.get_field(name) for name in rule.fields]
            values = attrgetter(*(field.attname for field in fields))
            for form in forms:
                is_double = values(form.instance) == values(row)
                if is_double and not form.is_marked_for_deletion:
                    name = next((name for name in rule.fields if name in form.base_fields), None)
                    form.add_error(name, str(rule.violation_error_message))

    def name_of(self, row: Model) -> str:
        """What the history calls a row that was added."""
        return str(row)

    def row_in_words(self, row: Model) -> str:
        """A stored row as people read it, field by field."""
        form = self.form(instance=row)
        fields = [field for field in form if field.name not in aids(self.form)]
        texts = ((field.label, display_value(field.field, field.initial)) for field in fields)
        return "; ".join(f"{capfirst(label)}: {text}" for label, text in texts)

    def _has_readable_key(self, form: ComparedRow) -> bool:
        """Whether the key that was sent is one that a row can have; or is empty, as that of a row
        on a page that offers to add it again."""
        key = self.model._meta.pk
        sent = self.data.get(form.add_prefix(key.name), "")
        try:
            return not sent or key.clean(sent, None) is not None
        except ValidationError:
            return False

    @cached_property
    def _sent_keys(self) -> list[str]:
        key = self.model._meta.pk.name
        numbers = range(self.total_form_count())
        return [self.data.get(f"{self.prefix}-{number}-{key}", "") for number in numbers]

    @cached_property
    def _digests(self) -> dict[object, str]:
        return digests(self.model, [row.pk for row in self.get_queryset()])


def compared_formset(
    base: type[BaseInlineFormSet], user_id: int | None = None
) -> type[ComparedFormSet]:
    """The inline formset class `base` that compares, for the user with this key."""
    mixins = () if issubclass(base, ComparedFormSet) else (ComparedFormSet,)
    return type(base.__name__, (*mixins, base), {"form": compared(base.form, user_id, ComparedRow)})


# ---- What belongs to a row ---------------------------------------------------------------------


def cascades(model: type[Model]) -> list[ForeignObjectRel]:
    """The relations through which rows belong to one of this model and are deleted with it."""
    relations = model._meta.get_fields(include_hidden=True)
    return [
        each
        for each in relations
        if isinstance(each, ForeignObjectRel) and each.on_delete is CASCADE
    ]


def digests(model: type[Model], keys: list) -> dict[object, str]:
    """For each of these rows a digest of its values and of the rows that belong to it."""
    values = defaultdict(list)
    for row in model._base_manager.filter(pk__in=keys).values():
        values[row[model._meta.pk.attname]].append(row)
    for relation in cascades(model) if keys else ():
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        for row in rows.order_by("pk").values():
            values[row[relation.field.attname]].append(row)
    return {key: hashlib.sha256(repr(rows).encode()).hexdigest() for key, rows in values.items()}


def kinds_of_parts(*models: type[Model], but: Collection[type[Model]] = ()) -> str:
    """The kinds of rows that belong to these and are edited on a page of their own, in words;
    without those of `but`."""
    kinds = [each.related_model for model in models for each in cascades(model) if not each.hidden]
    return ", ".join(str(kind._meta.verbose_name_plural) for kind in kinds if kind not in but)


def missing_parts(*models: type[Model], but: Collection[type[Model]] = ()) -> str:
    """What a row of these lacks when it is added again, as a sentence; empty if nothing."""
    parts = kinds_of_parts(*models, but=but)
    message = _("Added again, it lacks what belonged to it: %s. Add that afterwards.")
    return message % parts if parts else ""
