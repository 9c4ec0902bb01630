"""Search for what people read on pages: numbers (7442727, (601) 744 27 27), extensions (ext. 1107),
addresses, slugs, types of requests, and numbers that pages gave once.

What is found says where (`found_places`): above the list, or on the form that opens.
"""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from directory.admin import found_places
from directory.admin.found_places import Sought
from directory.admin.visible_models import may_view
from directory.contacts import addresses, telegram
from directory.contacts.text import tidy
from directory.models import ContactPoint, ContactPointUse


def _holder(use: type[ContactPointUse]) -> type[Model]:
    """The model of what gives contact points by these uses."""
    holder: Any = use._meta.get_field(use.holder_field)
    return cast("type[Model]", holder.related_model)


class NumberSearchMixin(admin.ModelAdmin):
    """`path_to_uses` is the lookup that leads from a row to its uses of contact points, empty for
    contact points themselves. `codes` are the fields of codes and slugs by which a row is found:
    its own, and of what it belongs to."""

    path_to_uses = ""
    codes: Sequence[str] = ()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found, may_repeat = self.search_as_it_is(request, queryset, search_term)
        sought = Sought.of(tidy(search_term))
        if sought.words and sought.may_be_former and not found.exists():
            rows = self.model._default_manager.order_by()
            given = {f"{self._path_to_values}code__in": found_places.codes_in_place_of(sought)}
            found |= queryset.filter(pk__in=rows.filter(**given).values("pk"))
        return found, may_repeat

    def search_as_it_is(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """As `get_search_results`, without what pages gave once."""
        search_term = tidy(search_term)
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        sought = Sought.of(search_term)
        if sought.words:
            # By key, so that what the search has joined stays as it is.
            rows = self.model._default_manager.order_by()
            found |= queryset.filter(pk__in=rows.filter(self._condition(sought)).values("pk"))
        return found, may_repeat

    def describe_found(
        self, request: HttpRequest, rows: Sequence[Model], sought: Sought
    ) -> dict[int, list[str]]:
        """By primary key, where each row is given or what it gives, in words, as far as the user
        may see it."""
        uses = [each for each in ContactPoint.use_models() if may_view(request, _holder(each))]
        if not may_view(request, ContactPoint):
            uses = []
        return found_places.by_row(list(rows), sought, uses)

    def found_anchor(self, row: Model) -> str:
        """Where in the form of a row its numbers stand."""
        return f"#id_{row.value_field}" if isinstance(row, ContactPoint) else "#contact_uses-group"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", None) or {}
        if request.method == "GET" and "cl" in shown:
            self.tell_where(request, shown["cl"].result_list, request.GET.get("q", ""))
        return response

    def tell_where(self, request: HttpRequest, rows: Iterable[Model], text: str) -> None:
        """Tell the user where `text` was found in rows that do not show it themselves."""
        lines = [(line,) for line in found_places.in_words(list(rows), Sought.of(text))]
        if lines:
            told = format_html_join(mark_safe("<br>"), "{}", lines)
            self.message_user(request, told, messages.INFO)

    @property
    def _path_to_values(self) -> str:
        return f"{self.path_to_uses}contact_point__" if self.path_to_uses else ""

    def _condition(self, sought: Sought) -> Q:
        path = self._path_to_values
        condition = Q()
        for model in ContactPoint.use_models():
            holder: Any = model._meta.get_field(model.holder_field)
            if self.path_to_uses and holder.related_model is not self.model:
                continue
            name = model.holder_field if self.path_to_uses else "contact_point"
            uses = model.objects.order_by().filter(sought.in_uses(model))
            condition |= Q(pk__in=uses.values(name))
        if not self.path_to_uses:
            condition |= sought.number() | sought.place()
        condition |= Q((f"{path}email__iexact", addresses.tidy_email(sought.text)))
        condition |= Q((f"{path}url__iexact", addresses.typed_web(sought.text)))
        condition |= Q((f"{path}telegram", telegram.tidy(sought.text)))
        for code in sought.codes:
            for field in self.codes:
                condition |= Q((f"{field}__icontains", code))
        return condition
