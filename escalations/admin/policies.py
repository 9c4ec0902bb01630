"""Escalation policies and their levels in the back office."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.admin.findings import FindingsMixin
from directory.admin.publication import PublishingAdmin
from directory.admin.row_keys import AutocompletesMixin
from escalations.admin.times import LevelFormSet, PolicyForm
from escalations.models import EscalationLevel, EscalationPolicy


class EscalationLevelInline(AutocompletesMixin, admin.TabularInline):
    """The levels of a policy."""

    model = EscalationLevel
    formset = LevelFormSet
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
    form = PolicyForm
    fields = ["service", "instructions", "times_count"]
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
