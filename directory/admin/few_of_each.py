"""Of each row of a list the first of what belongs to it, and how many more there are.

What is read for a page does not grow with what belongs to its rows.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, F, Model, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils.html import format_html_join

from directory.upkeep.naming import and_more

AT_MOST = 3


@dataclass
class Few:
    """The first rows, and how many there are in all."""

    rows: list[Any] = field(default_factory=list)
    count: int = 0


def first_of_each(
    rows: QuerySet, path: str, keys: Collection[int], order: Sequence[str] = ("pk",)
) -> dict[int, Few]:
    """For each of these keys, which the field `path` of the rows has, its first rows in this order.
    One query."""
    place = Window(RowNumber(), partition_by=F(path), order_by=list(order))
    of = Window(Count("pk"), partition_by=F(path))
    found = rows.order_by().filter(**{f"{path}__in": keys}).annotate(place=place, of=of)
    few = {key: Few() for key in keys}
    for row in found.filter(place__lte=AT_MOST).annotate(key_of=F(path)).order_by("place"):
        few[row.key_of].rows.append(row)
        few[row.key_of].count = row.of
    return few


def in_lines(parts: Iterable[Few], name: Callable[[Any], str] = str) -> str:
    """The first rows of some kinds by their names, a line each, and how many more there are; a dash
    for none."""
    parts = list(parts)
    shown = [row for part in parts for row in part.rows][:AT_MOST]
    lines = [name(row) for row in shown]
    lines += map(str, and_more(sum(part.count for part in parts) - len(shown)))
    return format_html_join("", '<div class="few">{}</div>', ((line,) for line in lines)) or "–"


class FewOfEachMixin(admin.ModelAdmin):
    """For lists with columns of what belongs to their rows: `prepare` reads it for all of them."""

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        listed: Any = super().get_changelist_instance(request)
        listed.result_list = list(listed.result_list)
        if listed.result_list:
            self.prepare({row.pk: row for row in listed.result_list})
        return listed

    def prepare(self, rows: dict[int, Any]) -> None:
        """Give the rows of a page, by key, what their columns show."""


def give(rows: dict[int, Any], attribute: str, few: dict[int, Few]) -> None:
    """Give each row its part of `few` as an attribute."""
    for key, row in rows.items():
        setattr(row, attribute, few[key])


def of(row: Model, attribute: str) -> Few:
    """What `give` gave a row; nothing for a row of no list."""
    few: Few = getattr(row, attribute, Few())
    return few
