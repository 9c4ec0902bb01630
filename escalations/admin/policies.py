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
from escalations.admin.ladder import LadderInline
from escalations.admin.times import LevelFormSet, PolicyForm
from escalations.models import EscalationLevel, EscalationPolicy


class PolicyLadderInline(LadderInline):
    """The levels on the form of their policy, beside its times."""

    formset = LevelFormSet


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
    search_help_text = _("Service or instructions")
    autocomplete_fields = ["service"]
    inlines = [PolicyLadderInline]

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
