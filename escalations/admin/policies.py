"""Escalation policies and their levels in the back office."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.admin.few_of_each import FewOfEachMixin, first_of_each, give, in_lines, of
from directory.admin.findings import FindingsMixin
from directory.admin.publication import PublishingAdmin
from directory.admin.row_keys import AutocompletesMixin
from escalations.admin.level_rows import LevelRow
from escalations.admin.times import LevelFormSet, PolicyForm
from escalations.models import EscalationLevel, EscalationPolicy


class EscalationLevelInline(AutocompletesMixin, admin.TabularInline):
    """Who answers on the levels of a policy."""

    model = EscalationLevel
    form = LevelRow
    formset = LevelFormSet
    fields = [
        "level",
        "title",
        "contact",
        "purpose",
        "request_types",
        "escalate_after_minutes",
        "valid_from",
        "valid_until",
    ]
    autocomplete_fields = ["contact", "request_types"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = super().get_queryset(request).select_related(*self.model.validity_related)
        return related.prefetch_related("request_types")


@admin.register(EscalationPolicy)
class EscalationPolicyAdmin(FindingsMixin, FewOfEachMixin, PublishingAdmin):
    """A service's escalation: its instructions and levels."""

    is_shown_when_added = True
    # A policy stays with its service.
    fixed_fields = ["service"]
    form = PolicyForm
    fields = ["service", "instructions", "times_count"]
    search_order = 45
    also_called = _("levels, ladder, steps, when to escalate")
    list_display = ["service", "level_count", "people", "instructions"]
    list_select_related = ["service"]
    search_fields = ["service__name__folded", "instructions__folded"]
    autocomplete_fields = ["service"]
    inlines = [EscalationLevelInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(level_count=Max("levels__level", default=0))

    def prepare(self, rows: dict[int, EscalationPolicy]) -> None:
        levels = EscalationLevel.objects.select_related("contact")
        give(rows, "few_levels", first_of_each(levels, "policy", rows, ["level", "pk"]))

    @admin.display(description=_("who answers"))
    def people(self, obj: EscalationPolicy) -> str:
        """Who answers on the first levels."""
        return in_lines([of(obj, "few_levels")], lambda each: f"{each.level}. {each.contact}")

    @admin.display(description=_("levels"), ordering="level_count")
    def level_count(self, obj: Any) -> int:
        """How many levels it has."""
        return obj.level_count

    def view_on_site(self, obj: EscalationPolicy) -> str | None:
        """The page of its service, if it is public."""
        return obj.service.get_absolute_url() if obj.service.is_published else None


class FewLinesForm(forms.ModelForm):
    """A policy among other things: its instructions are a sentence or two."""

    class Meta:
        widgets = {"instructions": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}


class EscalationPolicyInline(admin.StackedInline):
    """What a policy says besides its levels, on the form of its service. It is made with what is
    typed here, or with the first level."""

    model = EscalationPolicy
    form = FewLinesForm
    fields = ["instructions", "times_count"]
    extra = 1
