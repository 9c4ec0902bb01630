"""The uses that keep rows from being deleted, each with a link and what to do about it."""

from collections.abc import Iterable

from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Channel, ContactPointUse, Edition
from directory.models.validity import ValidityModel

NAMED_AT_MOST = 50


def uses(objects: Iterable[Model]) -> list[str]:
    """Every use that keeps these objects from being deleted, as text with a link and advice."""
    objects = list(objects)
    if not objects:
        return []
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect(objects)
    blocking = sorted(collector.protected, key=lambda each: (each._meta.label, each.pk))
    holders = {_holder(each): None for each in blocking[:NAMED_AT_MOST]}
    services = {each.service: None for each in holders if isinstance(each, Edition)}
    named = [*services, *(each for each in holders if not isinstance(each, Edition))]
    lines = [_line(each, is_service=each in services) for each in named[:NAMED_AT_MOST]]
    more = max(len(blocking), len(named)) - NAMED_AT_MOST
    if more > 0:
        lines.append(ngettext("and %d more", "and %d more", more) % more)
    return lines


def _holder(obj: Model) -> Model:
    """What a person edits to end the use: the channel and not the line of it."""
    if isinstance(obj, ContactPointUse):
        return obj.holder
    if isinstance(obj, Channel.request_types.through):
        return obj.channel
    return obj.validity_subject() if isinstance(obj, ValidityModel) else obj


def _line(obj: Model, is_service: bool) -> str:
    meta = obj._meta
    try:
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk])
    except NoReverseMatch:
        return f"{capfirst(meta.verbose_name)}: {obj}"
    advice = (
        _("it was published; untick “published” there to withdraw its page")
        if is_service
        else _("choose another one there, or take it out")
    )
    return format_html(
        '{}: <a href="{}">{}</a> – {}', capfirst(meta.verbose_name), url, obj, advice
    )
