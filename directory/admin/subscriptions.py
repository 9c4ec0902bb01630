"""Who follows which service by mail, in the back office: how many, and one's own on request.

Addresses are nobody's business: lists show where they begin and end, and only who knows a whole one
finds it.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from directory.admin.histories import HistoriesMixin
from directory.admin.row_keys import PossibleKeysMixin
from directory.following.subscriptions import address_of
from directory.models import Subscription

SERVICES_AT_MOST = 100


class ConfirmedFilter(admin.SimpleListFilter):
    """Whether the owner of the address said that they want mails."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("confirmed", _("Confirmed")), ("asked", _("To be confirmed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        match self.value():
            case "confirmed":
                return queryset.confirmed()
            case "asked":
                return queryset.filter(confirmed_at=None)
        return queryset


@admin.register(Subscription)
class SubscriptionAdmin(HistoriesMixin, PossibleKeysMixin):
    """Subscriptions: to read, and to delete for a person who asks for it."""

    # The search of everything would tell whose addresses are here.
    search_order = None
    also_called = _("followers, newsletter, unsubscribe, mails about changes")
    change_list_template = "admin/directory/subscription/change_list.html"
    list_display = ["service", "masked_address", "language_name", "asked_at", "confirmed_at"]
    list_display_links = ["service", "masked_address"]
    list_filter = [ConfirmedFilter]
    list_select_related = ["service"]
    search_fields = ["address"]
    search_help_text = _("The whole e-mail address")
    ordering = ["-asked_at", "-pk"]
    fields = ["service", "masked_address", "language_name", "asked_at", "confirmed_at"]
    readonly_fields = ["service", "masked_address", "language_name", "asked_at", "confirmed_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Those of exactly this address; all where nothing is searched for."""
        if not search_term:
            return queryset, False
        try:
            return queryset.filter(address=address_of(search_term)), False
        except ValidationError:
            return queryset.none(), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, and above it how many follow each service."""
        services = Subscription.objects.confirmed().order_by().values("service__name", "service")
        counted = services.annotate(count=Count("pk")).order_by("-count", "service__name")
        counts = {"followers": counted[:SERVICES_AT_MOST]}
        return super().changelist_view(request, {**counts, **(extra_context or {})})

    @admin.display(description=_("e-mail address"))
    def masked_address(self, obj: Subscription) -> str:
        """“a…@example.com”."""
        name, _at, domain = obj.address.rpartition("@")
        return f"{name[:1]}…@{domain}"

    @admin.display(description=_("language"), ordering="language")
    def language_name(self, obj: Subscription) -> str:
        """Its own name for itself."""
        try:
            return str(get_language_info(obj.language)["name_local"])
        except KeyError:
            return obj.language
