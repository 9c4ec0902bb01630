"""Shared rows without use: a filter of lists, and lines of the start page that lead there."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.dashboard import Attention, Dashboard, Link, register_attention
from directory.models import ContactPoint, Schedule
from directory.upkeep.unused import unused, unused_counts

PARAMETER = "unused"


class UnusedFilter(admin.SimpleListFilter):
    """Rows that nothing uses, or something does."""

    title = gettext_lazy("use")
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("Without use")), ("no", _("In use"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "yes":
            return unused(queryset)
        if self.value() == "no":
            return queryset.exclude(pk__in=unused(queryset.model.objects.order_by()).values("pk"))
        return queryset


def unused_rows(dashboard: Dashboard) -> Iterator[Attention]:
    """How many rows of each model are without use, for who may delete them, with the list of
    exactly those. One query."""
    counts = unused_counts(model for model in _models if dashboard.may("delete", model))
    for model, count in counts.items():
        meta = model._meta
        name = meta.verbose_name if count == 1 else meta.verbose_name_plural
        text = _("Without use: %(count)d %(name)s.") % {"count": count, "name": name}
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        yield Attention(
            "info",
            text,
            Link(_("Look at them, and delete what nobody needs"), f"{url}?{PARAMETER}=yes"),
        )


_models: list[type[Model]] = []


def register_model(model: type[Model]) -> None:
    """Tell on the start page how many rows of a model are without use."""
    if model not in _models:
        _models.append(model)


def register() -> None:
    """Put on the start page what is without use of this app."""
    register_attention(unused_rows, order=40)
    register_model(ContactPoint)
    register_model(Schedule)
