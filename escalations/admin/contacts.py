"""Escalation contacts in the back office."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.admin.bulk.spreadsheets import SpreadsheetsMixin
from directory.admin.contact_points import ContactPointUseInline
from directory.admin.findings import FindingsMixin
from directory.admin.number_search import NumberSearchMixin
from directory.admin.own_hours import OwnHoursMixin
from directory.admin.publication import PublishingAdmin
from directory.admin.where_used import WhereUsedMixin
from escalations.admin.absences import AbsenceInline, away_too
from escalations.escalation_sheets import EscalationContactSheet, EscalationContactUseSheet
from escalations.models import Absence, EscalationContact, EscalationContactUse


class EscalationContactUseInline(ContactPointUseInline):
    """The contact points of an escalation contact."""

    model = EscalationContactUse


@admin.register(EscalationContact)
class EscalationContactAdmin(
    FindingsMixin,
    OwnHoursMixin,
    SpreadsheetsMixin,
    NumberSearchMixin,
    WhereUsedMixin,
    PublishingAdmin,
):
    """Who answers escalations."""

    search_order = 30
    also_called = _("people, persons, groups, who answers, ladder")
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
    inlines = [EscalationContactUseInline, AbsenceInline]
    fieldsets = [
        (None, {"fields": ["name", "person", "schedule", "where_used"]}),
        (_("For imports"), {"fields": ["code"], "classes": ["collapse"]}),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        rows = [row for formset in formsets if formset.model is Absence for row in formset.forms]
        form.changed_absences = [
            row.instance for row in rows if row.has_changed() and not row.is_marked_for_deletion
        ]
        super().save_related(request, form, formsets, change)

    def warnings(self, form: Any) -> list[str]:
        """On which days of absences that were changed who stands in is away too."""
        return [*super().warnings(form), *away_too(form.changed_absences)]
