"""Keys of rows that come with a request: those that no row can have are refused with a message.

SQLite would answer a key of more than 64 bits with an OverflowError, and Python does not read
thousands of digits.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, ForeignKey, ManyToManyField, QuerySet
from django.http import HttpRequest, HttpResponse

DIGITS_AT_MOST = len(str(BigIntegerField.MAX_BIGINT))


def may_be_key(value: object) -> bool:
    """Whether what was typed, or came with an address, can be the key of a row."""
    text = str(value)
    is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS_AT_MOST
    return is_number and int(text) <= BigIntegerField.MAX_BIGINT


class PossibleKeySelect(AutocompleteSelect):
    """Shows an impossible choice as none: the form says at the field that it is no choice."""

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        return super().optgroups(name, [each for each in value if may_be_key(each)], attr)


class PossibleKeySelectMultiple(PossibleKeySelect, AutocompleteSelectMultiple):
    """The same for several choices."""


class PossibleChoices(forms.ModelMultipleChoiceField):
    """Several rows; an impossible one is refused as any that is not there."""

    def clean(self, value: list | None) -> QuerySet:
        for key in value or ():
            if not may_be_key(key):
                raise ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": key}
                )
        return super().clean(value)


class PossibleChoicesMixin(admin.options.BaseModelAdmin):
    """For admins and inlines: choices by keys that rows can have."""

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        kwargs.setdefault("form_class", PossibleChoices)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PossibleKeysMixin(PossibleChoicesMixin, admin.ModelAdmin):
    """For admins: selected rows and filters by keys that rows can have, too."""

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """As Django's; a filter by an impossible key leads to the whole list."""
        try:
            return super().get_changelist_instance(request)
        except OverflowError as error:
            raise IncorrectLookupParameters(error) from error

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
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PossibleKeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
