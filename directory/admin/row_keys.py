"""Keys of rows that come with a request: those that no row can have are refused with a message.

SQLite would answer a key of more than 64 bits with an OverflowError, and Python does not read
thousands of digits.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, ForeignKey, ManyToManyField, Model, QuerySet
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

DIGITS_AT_MOST = len(str(BigIntegerField.MAX_BIGINT))


def may_be_key(value: object) -> bool:
    """Whether what was typed, or came with an address, can be the key of a row."""
    text = str(value)
    is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS_AT_MOST
    return is_number and int(text) <= BigIntegerField.MAX_BIGINT


class PossibleKeySelect(AutocompleteSelect):
    """Shows an impossible choice as none: the form says at the field that it is no choice.

    `chosen` are the rows that the forms of a formset have chosen, key -> label, where the formset
    has read them at once; else each field reads its own.
    """

    chosen: Mapping[str, str] | None = None

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        if self.chosen is None:
            return super().optgroups(name, [each for each in value if may_be_key(each)], attr)
        has_blank = not self.is_required and not self.allow_multiple_selected
        options = [self.create_option(name, "", "", False, 0)] if has_blank else []
        for key, label in self.chosen.items():
            if key in map(str, value):
                options.append(self.create_option(name, key, label, True, len(options)))
        return [(None, options, 0)]


class PossibleKeySelectMultiple(PossibleKeySelect, AutocompleteSelectMultiple):
    """The same for several choices."""


class KnownChoice(forms.ModelChoiceField):
    """A row that is chosen; `known` are those that are read already, by key."""

    known: Mapping[str, Model] | None = None

    def to_python(self, value: Any) -> Model | None:
        """As Django's, without a query for a row that is known."""
        if self.known and str(value) in self.known:
            return self.known[str(value)]
        return super().to_python(value)


class ChosenAtOnceMixin(BaseFormSet):
    """For model formsets: reads what the autocompletes of all rows have chosen with one query
    for each field, and the rows that are stored not again."""

    model: Any
    get_queryset: Any

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, known in self._chosen.items():
            field = form.fields[name]
            labels = {key: field.label_from_instance(row) for key, row in known.items()}
            _select_of(field).chosen = labels
            field.known = known
        key = form.fields.get(self.model._meta.pk.name)
        if form.instance.pk is not None and isinstance(key, forms.ModelChoiceField):
            known = {str(form.instance.pk): form.instance}
            options = {"initial": key.initial, "required": False, "widget": key.widget}
            form.fields[self.model._meta.pk.name] = stored = KnownChoice(key.queryset, **options)
            stored.known = known

    @cached_property
    def _chosen(self) -> dict[str, dict[str, Model]]:
        fields = self.form.base_fields.items()
        return {
            name: self._rows(name, field)
            for name, field in fields
            if isinstance(_select_of(field), PossibleKeySelect)
        }

    def _rows(self, name: str, field: Any) -> dict[str, Model]:
        values = []
        if name not in aids(self.form):
            stored = self.model._meta.get_field(name)
            rows = self.get_queryset()
            values = [field.prepare_value(stored.value_from_object(row)) for row in rows]
        for number in range(self.total_form_count()) if self.is_bound else ():
            sent = f"{self.prefix}-{number}-{name}"
            values.append(field.widget.value_from_datadict(self.data, self.files, sent))
        keys = {key for value in values for key in (value if isinstance(value, list) else [value])}
        rows = field.queryset.filter(pk__in=filter(may_be_key, keys))
        return {str(row.pk): row for row in rows}


def aids(form: type[forms.ModelForm]) -> Collection[str]:
    """The fields of a form, which names them in `aids`, that only help to fill it in: they have no
    stored value."""
    return getattr(form, "aids", ())


def _select_of(field: forms.Field) -> Any:
    """The widget of a field, without what the back office puts around it."""
    return getattr(field.widget, "widget", field.widget)


class PossibleChoices(forms.ModelMultipleChoiceField):
    """Several rows; an impossible one is refused as any that is not there. `known` are those that
    are read already, by key."""

    known: Mapping[str, Model] | None = None

    def clean(self, value: list | None) -> Any:
        for key in value or ():
            if not may_be_key(key):
                raise ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": key}
                )
        if value and self.known and {*map(str, value)} <= {*self.known}:
            rows = [self.known[key] for key in dict.fromkeys(map(str, value))]
            self.run_validators(rows)
            return rows
        return super().clean(value)


class PossibleChoicesMixin(admin.options.BaseModelAdmin):
    """For admins and inlines: choices by keys that rows can have."""

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        kwargs.setdefault("form_class", PossibleChoices)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PossibleKeysMixin(PossibleChoicesMixin, admin.ModelAdmin):
    """For admins: selected rows by keys that rows can have, too."""

    # Django's stubs forget that an action may lead to no page.
    def response_action(  # type: ignore[override]
        self, request: HttpRequest, queryset: QuerySet
    ) -> HttpResponse | None:
        """As Django's; passes over impossible keys among the selected."""
        selected = request.POST.getlist(ACTION_CHECKBOX_NAME)
        possible = [key for key in selected if may_be_key(key)]
        if len(possible) == len(selected):
            return super().response_action(request, queryset)
        action = self.get_actions(request).get(request.POST.get("action", ""))
        if action is None:
            return None
        act: Any = action[0]
        return act(self, request, queryset.filter(pk__in=possible))


class AutocompletesMixin(PossibleChoicesMixin):
    """For admins and inlines with `autocomplete_fields`."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PossibleKeySelect(db_field, self.admin_site))
            kwargs.setdefault("form_class", KnownChoice)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PossibleKeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
