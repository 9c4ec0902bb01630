"""The uses that keep rows from being deleted, each with a link and what to do about it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS
from django.db.models import PROTECT, ForeignObjectRel, Model, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.models import Edition, Schedule, ScheduleException, Service
from directory.upkeep.naming import and_more

NAMED_AT_MOST = 50


class BlockingRows(NestedObjects):
    """Collects as Django's what goes with rows that are deleted; of each relation that keeps them
    from it the first NAMED_AT_MOST, with what naming them needs, and how many there are."""

    def __init__(self) -> None:
        super().__init__(using=DEFAULT_DB_ALIAS)
        self.count = 0

    def related_objects(
        self, related_model: type[Model], related_fields: Iterable[Any], objs: Any
    ) -> QuerySet:
        found: QuerySet = super().related_objects(related_model, related_fields, objs)
        if any(field.remote_field.on_delete is PROTECT for field in related_fields):
            self.count += found.count()
            if holder := getattr(related_model, "holder_related", None):
                found = found.select_related(*holder)
            return found.order_by("pk")[:NAMED_AT_MOST]
        # What goes with a row, and has nothing itself, keeps nothing.
        fields = related_model._meta.get_fields(include_hidden=True)
        has_own = any(isinstance(field, ForeignObjectRel) for field in fields)
        return found if has_own else found.none()


def blocking_rows(objects: Iterable[Model]) -> tuple[list[Model], int]:
    """The first NAMED_AT_MOST rows that keep these objects from being deleted, and how many there
    are. The queries do not grow with them."""
    collector = BlockingRows()
    collector.collect(list(objects))
    rows = sorted(collector.protected, key=lambda each: (each._meta.label, each.pk))
    return rows[:NAMED_AT_MOST], collector.count


def uses(objects: Iterable[Model]) -> list[str]:
    """The uses that keep these objects from being deleted, as text with a link and advice."""
    objects = list(objects)
    rows, count = blocking_rows(objects)
    exceptions = _exceptions_of_no_other(objects)
    holders: dict[Model, Model] = {}
    for row in [*rows, *exceptions]:
        holders.setdefault(_holder(row), row)
    # Stable: the services, which were published, come first.
    named = sorted(holders, key=lambda each: not isinstance(each, Service))
    lines = [_line(each, holders[each]) for each in named]
    return [*lines, *and_more(count - NAMED_AT_MOST)]


def _exceptions_of_no_other(objects: list[Model]) -> list[ScheduleException]:
    """The exceptions that name none but these schedules: no relation keeps those."""
    schedules = [each for each in objects if isinstance(each, Schedule)]
    found = ScheduleException.objects.naming_only(schedules) if schedules else ()
    return list(found[:NAMED_AT_MOST])


def _holder(obj: Model) -> Model:
    """What a person edits to end the use: the channel and not the line of it."""
    return getattr(obj, obj.holder_field) if hasattr(obj, "holder_field") else obj


def _line(obj: Model, row: Model) -> str:
    """The holder `obj` of what is used, for the row that says so."""
    meta = obj._meta
    try:
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk])
    except NoReverseMatch:
        return f"{capfirst(meta.verbose_name)}: {obj}"
    advice = _("choose another one there, or take it out")
    if isinstance(row, Edition) and row.service.is_published:
        advice = _("it was published, so its history stays; take its page offline there instead")
    elif isinstance(row, Edition):
        advice = _("it was published, so its history stays; its page is offline already")
    elif isinstance(obj, ScheduleException):
        advice = _("choose another one there, or delete it: without any it would apply to all")
    return format_html(
        '{}: <a href="{}">{}</a> – {}', capfirst(meta.verbose_name), url, obj, advice
    )
