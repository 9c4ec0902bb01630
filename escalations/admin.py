"""Escalations in the back office."""

from collections.abc import Iterator

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.admin import dashboard
from directory.admin.bulk.spreadsheets import SpreadsheetsMixin
from directory.admin.contact_points import ContactPointUseInline
from directory.admin.findings import FindingsMixin
from directory.admin.formsets import WholeSetFormSet
from directory.admin.number_search import NumberSearchMixin
from directory.admin.publication import PublishingAdmin
from directory.admin.row_keys import AutocompletesMixin
from directory.admin.where_used import WhereUsedMixin
from escalations.escalation_sheets import EscalationContactSheet, EscalationContactUseSheet
from escalations.models import (
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
)


class EscalationContactUseInline(ContactPointUseInline):
    """The contact points of an escalation contact."""

    model = EscalationContactUse


@admin.register(EscalationContact)
class EscalationContactAdmin(
    FindingsMixin, SpreadsheetsMixin, NumberSearchMixin, WhereUsedMixin, PublishingAdmin
):
    """Who answers escalations."""

    sheets = [EscalationContactSheet, EscalationContactUseSheet]
    path_to_uses = "contact_uses__"
    codes = ["code", "levels__policy__service__slug"]
    fixed_fields = ["code"]
    prepopulated_fields = {"code": ["name", "person"]}
    list_display = ["name", "person", "schedule", "code"]
    list_select_related = ["schedule"]
    search_fields = ["name__folded", "person__folded", "code"]
    autocomplete_fields = ["schedule"]
    readonly_fields = ["where_used"]
    inlines = [EscalationContactUseInline]
    fieldsets = [
        (None, {"fields": ["name", "person", "schedule", "where_used"]}),
        (_("For imports"), {"fields": ["code"], "classes": ["collapse"]}),
    ]


class EscalationLevelInline(AutocompletesMixin, admin.TabularInline):
    """The levels of a policy."""

    model = EscalationLevel
    formset = WholeSetFormSet
    fields = ["level", "contact", "escalate_after_minutes", "valid_from", "valid_until"]
    autocomplete_fields = ["contact"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.model.validity_related)


@admin.register(EscalationPolicy)
class EscalationPolicyAdmin(FindingsMixin, PublishingAdmin):
    """A service's escalation: its instructions and levels."""

    # A policy stays with its service.
    fixed_fields = ["service"]
    fields = ["service", "instructions"]
    list_display = ["service", "instructions"]
    list_select_related = ["service"]
    search_fields = ["service__name__folded"]
    autocomplete_fields = ["service"]
    inlines = [EscalationLevelInline]

    def view_on_site(self, obj: EscalationPolicy) -> str | None:
        """The page of its service, if it is public."""
        return obj.service.get_absolute_url() if obj.service.is_published else None


class EscalationPolicyInline(admin.StackedInline):
    """The policy on the form of its service."""

    model = EscalationPolicy
    fields = ["instructions"]
    show_change_link = True
    extra = 0


def escalation_task(page: dashboard.Dashboard) -> Iterator[dashboard.Task]:
    """On the start page: change who answers an escalation."""
    if not page.may("change", EscalationContact):
        return
    contacts = list(EscalationContact.objects.all()[: dashboard.LINKS_AT_MOST + 1])
    fits = len(contacts) <= dashboard.LINKS_AT_MOST
    listed = reverse("admin:escalations_escalationcontact_changelist")
    yield dashboard.Task(
        title=gettext("Change who answers an escalation"),
        search_url="" if fits else dashboard.search_url(EscalationContact),
        search_label=gettext("Name, role or number"),
        links=tuple(
            dashboard.Link(
                str(each), reverse("admin:escalations_escalationcontact_change", args=[each.pk])
            )
            for each in contacts
            if fits
        ),
        more=dashboard.Link(gettext("All escalation contacts"), listed),
    )
