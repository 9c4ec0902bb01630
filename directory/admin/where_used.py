"""“Where is it used”: the holders of a shared row, each linked."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from directory.admin.way_back import with_way_back
from directory.upkeep.naming import and_more

LISTED_AT_MOST = 10
# A bound: counting all of them would take longer the larger the directory is.
COUNTED_AT_MOST = 1_000


def change_url(instance: Model) -> str:
    """The address of the instance's form."""
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[instance.pk])


def change_link(instance: Model, origin: HttpRequest | str = "") -> str:
    """A link to the instance's form; it leads back to `origin`, as `with_way_back` has it."""
    url = change_url(instance)
    return format_html(
        '<a href="{}">{}</a>', with_way_back(url, origin) if origin else url, instance
    )


def as_list(querysets: Iterable[QuerySet], origin: str = "") -> str:
    """The rows as a list of links, the first LISTED_AT_MOST of them and how many more there are, or
    a dash; their forms lead back to the address `origin`. At most two queries for each queryset."""
    shown: list[Model] = []
    more = 0
    for rows in querysets:
        free = LISTED_AT_MOST - len(shown)
        used = rows[: free + COUNTED_AT_MOST + 1].count()
        shown += rows[: min(free, used)] if used else ()
        more += max(used - free, 0)
    items = [change_link(each, origin) for each in shown]
    if more > COUNTED_AT_MOST:
        items.append(_("and more than %(count)d more") % {"count": COUNTED_AT_MOST})
    else:
        items += and_more(more)
    listed = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return format_html('<ul class="where-used">{}</ul>', listed) if items else "–"


class WhereUsedMixin(admin.ModelAdmin):
    """Adds the read-only field `where_used`; the model's `holders()` says where, as querysets."""

    @admin.display(description=_("Where it is used"))
    def where_used(self, obj: Any) -> str:
        """The rows that use `obj`, as links; a dash for a new one."""
        return as_list(obj.holders(), change_url(obj)) if obj.pk else "–"
