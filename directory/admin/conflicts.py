"""Two people edit the same object: no change is lost, and none is overwritten without being shown.

Each field of a form for changing carries, hidden, what the page showed, as Django's
`show_hidden_initial` does. On saving, a field into which nothing was typed keeps the stored value;
a field that both changed is an error at the field, with both values, who changed it and when.
Saving once more puts the typed value in its place: by then the page has shown the other one.
Rows are compared likewise; a row that somebody else deleted can be added again.

The hidden values are not signed: to forge them only overwrites what one may change anyway. Forms
without them (other programs) are not compared.

`show_hidden_initial` itself is not used, because `changed_data` would then be what differs from the
page, and the history would name the changes of others as the user's.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import CASCADE, ForeignObjectRel, Model, Q, QuerySet, UniqueConstraint
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.admin.change_messages import change_in_words, display_value

SHOWN_AT = "_shown_at"
CONFLICT = "conflict"
# A change is logged a moment before it is committed, and so before others see it.
SLACK = timedelta(seconds=10)
LOGGED_AT_MOST = 10


def shown_since(data: Mapping[str, str]) -> datetime | None:
    """The instant since which changes are later than the page; None if it does not say."""
    try:
        return datetime.fromisoformat(data.get(SHOWN_AT, "")).astimezone() - SLACK
    except (ValueError, OverflowError, OSError):
        return None


class ComparedField(forms.BoundField):
    """A field that carries what the page showed, and knows whether it was changed since."""

    form: "ComparedForm"

    @cached_property
    def is_compared(self) -> bool:
        """Whether this is one of the model's fields (and not of a formset's) that came back."""
        return self.form.is_compared and self.name in self.form.base_fields

    @cached_property
    def shown(self) -> str | list[str] | None:
        """What the page showed, as it was sent; None if it did not have the field yet."""
        widget, name = self.field.hidden_widget(), self.html_initial_name
        data, files = self.form.data, self.form.files
        # No value at all is how a browser sends an empty list.
        is_list = isinstance(widget, forms.MultipleHiddenInput)
        if not is_list and widget.value_omitted_from_data(data, files, name):
            return None
        return widget.value_from_datadict(data, files, name)

    @property
    def typed(self) -> object:
        """What was sent as its value."""
        return super().data

    @cached_property
    def is_typed(self) -> bool:
        """Whether something else than the page showed was typed."""
        if self.shown is None or _text(self.typed) == _text(self.shown):
            return False
        try:
            return self.field.has_changed(self.field.to_python(self.shown), self.typed)
        except ValidationError:
            return True

    @cached_property
    def is_changed_by_others(self) -> bool:
        """Whether something else than the page showed is stored."""
        if not self.is_compared or self.form.is_deleted:
            return False
        is_same = _text(self.field.prepare_value(self.initial)) == _text(self.shown)
        return not is_same and self.field.has_changed(self.initial, self.shown)

    @property
    def is_kept(self) -> bool:
        """Whether the stored value stays, as only others changed it."""
        return self.is_changed_by_others and not self.is_typed

    @property
    def is_contested(self) -> bool:
        """Whether both changed it, and not alike."""
        is_both = self.is_changed_by_others and self.is_typed
        return is_both and self.field.has_changed(self.initial, self.typed)

    @property
    def data(self) -> object:
        return self.field.prepare_value(self.initial) if self.is_kept else self.typed

    def in_words(self) -> tuple[str, str]:
        """What the page showed and what is stored, as people read it."""
        before = self.shown
        if not isinstance(self.field, forms.ModelChoiceField):
            try:
                before = self.field.to_python(before)
            except ValidationError:
                before = self.shown
        return display_value(self.field, before), display_value(self.field, self.initial)

    def __str__(self) -> SafeString:
        widget = super().__str__()
        if self.name not in self.form.base_fields or self.form.instance.pk is None:
            return widget
        value, attributes = self.field.prepare_value(self.initial), {"id": self.html_initial_id}
        hidden = self.field.hidden_widget()
        return widget + hidden.render(self.html_initial_name, value, attributes)


def _text(value: object) -> str | list[str]:
    """A value as a hidden input shows it; browsers send a line break as two characters."""
    if isinstance(value, list | tuple | set | QuerySet):
        return sorted(map(str, value))
    return "" if value is None else str(value).replace("\r\n", "\n")


class ComparedForm(forms.ModelForm):
    """For model forms: compares with what the page showed."""

    bound_field_class = ComparedField

    @property
    def is_compared(self) -> bool:
        """Whether the form comes from a page that said what it showed."""
        is_shown = self.is_bound and shown_since(self.data) is not None
        return is_shown and (self.instance.pk is not None or self.is_deleted)

    @cached_property
    def is_deleted(self) -> bool:
        """Whether it is of a row that was stored, and is not any more."""
        name = self.instance._meta.pk.name
        has_key = isinstance(self.fields.get(name), DeletedKey)
        return has_key and bool(self.data.get(self.add_prefix(name)))

    @property
    def is_marked_for_deletion(self) -> bool:
        """Whether it is of a row that is ticked to be deleted."""
        return DELETION_FIELD_NAME in self.fields and bool(self[DELETION_FIELD_NAME].data)

    def compared_fields(self) -> Iterator[ComparedField]:
        """The fields that came back with what the page showed."""
        for name in self.base_fields:
            field = self[name]
            if isinstance(field, ComparedField) and field.is_compared:
                yield field

    def has_changed(self) -> bool:
        """As Django's; of a deleted row, whether anything was typed into it."""
        if self.is_deleted:
            return any(field.is_typed for field in self.compared_fields())
        return super().has_changed()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for field in self.compared_fields():
            if field.is_contested:
                before, now = field.in_words()
                message = _(
                    "Somebody else changed this meanwhile (%(who)s): “%(before)s” → “%(now)s”. "
                    "What you typed is not saved yet: save again to put it in the place of that."
                ) % {"who": self.changed_by(), "before": before, "now": now}
                self.add_error(field.name, ValidationError(message, CONFLICT))
        if self.is_deleted:
            message = _(
                "Somebody else deleted this meanwhile (%(who)s). What you typed is still here: "
                "save again to add it as a new one, or remove it."
            ) % {"who": self.changed_by()}
            parts = missing_parts(type(self.instance))
            self.add_error(None, ValidationError(f"{message} {parts}".strip(), CONFLICT))
        return cleaned

    def changed_by(self) -> str:
        """Who changed this since the page was opened, or what it belongs to, and when."""
        rows = [self.instance] if self.instance.pk else []
        for field in self.fields.values():
            if isinstance(field, InlineForeignKeyField):
                rows.append(field.parent_instance)
        entries = Q(pk__in=[])
        for row in rows:
            kind = ContentType.objects.get_for_model(row)
            entries |= Q(content_type=kind, object_id=str(row.pk))
        since = LogEntry.objects.filter(entries, action_time__gte=shown_since(self.data))
        newest: dict[int, str] = {}
        for entry in since.select_related("user").order_by("-action_time")[:LOGGED_AT_MOST]:
            at = formats.date_format(timezone.localtime(entry.action_time), "SHORT_DATETIME_FORMAT")
            newest.setdefault(entry.user_id, f"{entry.user}, {at}")
        return "; ".join(newest.values()) or _("from another page, by an import or by a command")


class DeletedKey(forms.Field):
    """The key of a row that is not stored any more: empty, so that it may become a new one."""

    widget = forms.HiddenInput

    def validate(self, value: object) -> None:
        """Django's formsets require it."""


if TYPE_CHECKING:
    InlineFormSet = BaseInlineFormSet[Any, Any, Any]
else:
    InlineFormSet = BaseInlineFormSet


class ComparedFormSet(InlineFormSet):
    """For inline formsets of compared forms: rows that others added or deleted, too."""

    model: type[Model]

    def add_fields(self, form: ComparedForm, index: int | None) -> None:
        super().add_fields(form, index)
        if index is None or index >= self.initial_form_count():
            return
        if form.instance.pk is not None and DELETION_FIELD_NAME in form.fields:
            # A ticked box sends the digest of what the page showed.
            form.fields[DELETION_FIELD_NAME].widget.attrs["value"] = self._digests[form.instance.pk]
        elif form.instance.pk is None and self._is_compared and self._has_readable_key(form):
            form.fields[self.model._meta.pk.name] = DeletedKey(disabled=True)
            form.empty_permitted = True

    # Django reads it as a sequence.
    def get_queryset(self) -> Any:
        """The stored rows; in the order of the form that was sent, as Django's page pairs them."""
        rows = super().get_queryset()
        if not self._is_compared:
            return rows
        order = {key: place for place, key in enumerate(self._sent_keys)}
        return sorted(rows, key=lambda row: order.get(str(row.pk), len(order)))

    @property
    def initial_forms(self) -> list[ComparedForm]:
        """The forms of the rows that are stored."""
        initial = super().initial_forms
        return [form for form in initial if form.instance.pk] if self._is_compared else initial

    @property
    def extra_forms(self) -> list[ComparedForm]:
        """The forms of new rows; a deleted one is among them if something was typed into it."""
        initial = super().initial_forms if self._is_compared else []
        lost = [form for form in initial if not form.instance.pk]
        again = [form for form in lost if form.has_changed() or not form.is_deleted]
        return [*again, *super().extra_forms]

    @property
    def added_by_others(self) -> list[Model]:
        """The rows that are stored and were not sent."""
        if not self._is_compared:
            return []
        return [row for row in self.get_queryset() if str(row.pk) not in self._sent_keys]

    @property
    def deleted_by_others(self) -> list[ComparedForm]:
        """The rows that others alone deleted, and into which nothing was typed."""
        deleted = [form for form in self.forms if form.is_deleted and not form.has_changed()]
        return [form for form in deleted if not form.is_marked_for_deletion]

    def clean(self) -> None:
        errors = []
        for form in self.initial_forms if self._is_compared else ():
            # Other programs send what a tick without a value is.
            ticked = self.data.get(form.add_prefix(DELETION_FIELD_NAME), "on")
            if ticked not in ("on", self._digests[form.instance.pk]):
                errors.append(ValidationError(self._deletion_conflict(form), CONFLICT))
        try:
            super().clean()
        except ValidationError as error:
            errors.append(error)
        for row in self.added_by_others:
            self._refuse_doubles(row)
        if errors:
            raise ValidationError(errors)

    def _deletion_conflict(self, form: ComparedForm) -> str:
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
        who = form.changed_by()
        return message % {"row": form.instance, "parts": parts, "who": who, "now": now}

    def _refuse_doubles(self, row: Model) -> None:
        """Add errors to the forms that break a unique constraint with `row`, which others added."""
        forms = [form for form in [*self.initial_forms, *self.extra_forms] if form.is_valid()]
        for rule in self.model._meta.constraints:
            if not isinstance(rule, UniqueConstraint) or rule.condition or not rule.fields:
                continue
            fields = [each.attname for each in self.model._meta.fields if each.name in rule.fields]
            values = attrgetter(*fields)
            for form in forms:
                is_double = values(form.instance) == values(row)
                if is_double and not form.is_marked_for_deletion:
                    name = next((name for name in rule.fields if name in form.base_fields), None)
                    form.add_error(name, str(rule.violation_error_message))

    def row_in_words(self, row: Model) -> str:
        """A stored row as people read it, field by field."""
        form = self.form(instance=row)
        texts = ((field.label, display_value(field.field, field.initial)) for field in form)
        return "; ".join(f"{capfirst(label)}: {text}" for label, text in texts)

    @property
    def _is_compared(self) -> bool:
        is_shown = self.is_bound and shown_since(self.data) is not None
        return is_shown and self.management_form.is_valid()

    def _has_readable_key(self, form: ComparedForm) -> bool:
        """Whether the key that was sent is one that a row can have; or is empty, as that of a row
        on a page that offers to add it again."""
        key = self.model._meta.pk
        sent = self.data.get(form.add_prefix(key.name), "")
        try:
            return not sent or key.clean(sent, None) is not None
        except ValidationError:
            return False

    @property
    def _sent_keys(self) -> list[str]:
        key = self.model._meta.pk.name
        numbers = range(self.total_form_count())
        return [self.data.get(f"{self.prefix}-{number}-{key}", "") for number in numbers]

    @cached_property
    def _digests(self) -> dict[object, str]:
        return digests(self.model, [row.pk for row in self.get_queryset()])


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


def compared(
    base: type[forms.ModelForm], *mixins: type, **attributes: object
) -> type[ComparedForm]:
    """The form class `base` that compares, with these mixins in front."""
    metaclass: Any = type(base)
    return metaclass(base.__name__, (*mixins, ComparedForm, base), attributes)


def compared_formset(base: type[BaseInlineFormSet]) -> type[ComparedFormSet]:
    """The inline formset class `base` that compares."""
    mixins = () if issubclass(base, ComparedFormSet) else (ComparedFormSet,)
    return type(base.__name__, (*mixins, base), {"form": compared(base.form)})


# ---- Changes of others in words ----------------------------------------------------------------


def changed_by_others(form: ComparedForm, formsets: Iterable[ComparedFormSet]) -> list[str]:
    """What only others changed since the page was opened, and stays so: one text for each."""
    texts = _kept(form)
    for formset in formsets:
        kind = capfirst(formset.model._meta.verbose_name)
        for row in formset.initial_forms:
            if not row.is_marked_for_deletion:
                texts += [f"{kind}: {row.instance} › {text}" for text in _kept(row)]
        for added in formset.added_by_others:
            texts.append(_("added: %s") % f"{kind} ({formset.row_in_words(added)})")
        for row in formset.deleted_by_others:
            fields = [field for field in row.compared_fields() if field.shown]
            values = "; ".join(f"{capfirst(each.label)}: {each.in_words()[0]}" for each in fields)
            texts.append(_("deleted: %s") % f"{kind} ({values})")
    return texts


def _kept(form: ComparedForm) -> list[str]:
    fields = [
        field for field in form.compared_fields() if field.is_kept and field.shown is not None
    ]
    return [change_in_words(field.label, *field.in_words()) for field in fields]


def fixed_meanwhile(form: ComparedForm) -> list[tuple[str, str]]:
    """Labels and typed texts of fields that are fixed since then, such as a published address."""
    fields = [
        field
        for field in form.instance._meta.fields
        if form.is_compared and field.name in form.data and field.name not in form.fields
    ]
    return [
        (str(field.verbose_name), form.data[field.name])
        for field in fields
        if form.data.get(form.add_initial_prefix(field.name)) not in (None, form.data[field.name])
    ]


def kinds_of_parts(*models: type[Model]) -> str:
    """The kinds of rows that belong to these and are edited on a page of their own, in words."""
    kinds = [each.related_model for model in models for each in cascades(model) if not each.hidden]
    return ", ".join(str(kind._meta.verbose_name_plural) for kind in kinds)


def missing_parts(*models: type[Model]) -> str:
    """What a row of these lacks when it is added again, as a sentence; empty if nothing."""
    parts = kinds_of_parts(*models)
    message = _("Added again, it lacks what belonged to it: %s. Add that afterwards.")
    return message % parts if parts else ""
