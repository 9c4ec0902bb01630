"""Search for a number in any notation: 7442727, (601) 744 27 27, +57 601 744 2727."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from directory.contacts import phones


class NumberSearchMixin(admin.ModelAdmin):
    """`number_fields` are the lookups of the numbers that the rows have or use."""

    number_fields: tuple[str, ...] = ("phone",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        condition = Q()
        for digits in phones.digit_forms(search_term):
            for field in self.number_fields:
                condition |= Q(**{f"{field}__contains": digits})
        if condition:
            # By key, so that what the search has joined stays as it is.
            rows = self.model._default_manager.filter(condition)
            found |= queryset.filter(pk__in=rows.order_by().values("pk"))
        return found, may_repeat
