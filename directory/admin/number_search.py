"""Search for a number or address as people write it: 7442727, (601) 744 27 27, +57 601 744 2727."""

from contextlib import suppress

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from directory.contacts import phones
from directory.contacts.kinds import KINDS


class NumberSearchMixin(admin.ModelAdmin):
    """`path_to_values` is the lookup that leads from a row to the contact points it uses, empty for
    these themselves."""

    path_to_values = ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        condition = Q()
        for digits in phones.digit_forms(search_term):
            condition |= Q((f"{self.path_to_values}phone__contains", digits))
        for kind in KINDS.values():
            with suppress(ValidationError):
                if (value := kind.read(search_term)) != search_term:
                    condition |= Q((f"{self.path_to_values}{kind.field}", value))
        if condition:
            # By key, so that what the search has joined stays as it is.
            rows = self.model._default_manager.filter(condition)
            found |= queryset.filter(pk__in=rows.order_by().values("pk"))
        return found, may_repeat
