"""Escalation contacts in the back office."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.admin.bulk.spreadsheets import SpreadsheetsMixin
from directory.admin.contact_points import ContactPointUseInline
from directory.admin.findings import FindingsMixin
from directory.admin.number_search import NumberSearchMixin
from directory.admin.publication import PublishingAdmin
from directory.admin.where_used import WhereUsedMixin
from escalations.escalation_sheets import EscalationContactSheet, EscalationContactUseSheet
from escalations.models import EscalationContact, EscalationContactUse


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
