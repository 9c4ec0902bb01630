"""The history says which field was changed, from what, to what."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import formats
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from directory.admin.row_keys import may_be_key
from directory.contacts import showing
from directory.contacts.text import LONGEST_VALUE
from directory.models.durations import MinutesFormField


class ChangesInWordsMixin(admin.ModelAdmin):
    """Puts each changed field's value before and after into Django's messages of the history,
    also for the rows that are edited together with an object."""

    def construct_change_message(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        add: bool = False,
    ) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = super().construct_change_message(
            request, form, formsets, add
        )
        of_rows = iter(entries)
        if add:
            next(of_rows)
        elif form.changed_data:
            next(of_rows)["changed"]["fields"] = changes_in_words(form, form.changed_data)
        # In Django's order. Its names are in English.
        for formset in formsets or ():
            forms_of = {id(each.instance): each for each in formset.initial_forms}
            for instance in formset.new_objects:
                next(of_rows)["added"]["object"] = formset.name_of(instance)
            for instance, names in formset.changed_objects:
                changed = next(of_rows)["changed"]
                changed["object"] = str(instance)
                changed["fields"] = changes_in_words(forms_of[id(instance)], names)
            for instance in formset.deleted_objects:
                next(of_rows)["deleted"]["object"] = str(instance)
        return entries


def changes_in_words(form: forms.ModelForm, names: Iterable[str]) -> list[str]:
    """For each named field of a valid form: “Number: 601 744 2727 → 601 744 2728”."""
    changes = [
        change_in_words(
            form.fields[name].label or name,
            display_value(form.fields[name], form[name].initial),
            display_value(form.fields[name], form.cleaned_data.get(name)),
        )
        for name in names
        if name in form.fields
    ]
    # Django puts a full stop behind the last one: “6:00 p.m.” has it already.
    return [*changes[:-1], *(last.removesuffix(".") for last in changes[-1:])]


def change_in_words(label: object, before: str, after: str) -> str:
    """One change as the history has it."""
    return f"{capfirst(str(label))}: {before} → {after}"


def display_value(field: forms.Field, value: Any) -> str:
    """The value of a form's field as people read it, at most LONGEST_VALUE characters long."""
    return Truncator(_text(field, value)).chars(LONGEST_VALUE)


def _text(field: forms.Field, value: Any) -> str:
    if value is None or value == "" or value == []:
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, MinutesFormField):
        return str(field.prepare_value(value))
    if isinstance(value, PhoneNumber):
        return showing.display(value)
    if isinstance(field, forms.ModelChoiceField):
        is_multiple = isinstance(field, forms.ModelMultipleChoiceField)
        chosen = _chosen(field, value if is_multiple else [value])
        return ", ".join(map(field.label_from_instance, chosen)) or _("empty")
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str({str(key): label for key, label in choices}.get(str(value), value))
    return str(formats.localize(value, use_l10n=True))


def _chosen(field: forms.ModelChoiceField, values: Iterable) -> Iterable[Model]:
    """The objects, of which some may be given by their keys."""
    values = list(values)
    if all(isinstance(value, Model) for value in values):
        return values
    keys = [value.pk if isinstance(value, Model) else value for value in values]
    queryset: Any = field.queryset
    return queryset.filter(pk__in=filter(may_be_key, keys))
