"""Escalation contacts in the back office."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.admin.bulk.spreadsheets import SpreadsheetsMixin
from directory.admin.contact_points import ContactPointUseInline
from directory.admin.few_of_each import FewOfEachMixin, first_of_each, give, in_lines, of
from directory.admin.findings import FindingsMixin
from directory.admin.number_search import NumberSearchMixin
from directory.admin.own_hours import OwnHoursMixin
from directory.admin.publication import PublishingAdmin
from directory.admin.unused import UnusedFilter
from directory.admin.where_used import WhereUsedMixin
from escalations import away
from escalations.admin.absences import AbsenceInline, away_too
from escalations.escalation_sheets import EscalationContactSheet, EscalationContactUseSheet
from escalations.models import Absence, EscalationContact, EscalationContactUse, EscalationLevel


class EscalationContactUseInline(ContactPointUseInline):
    """The contact points of an escalation contact."""

    model = EscalationContactUse


class AwayFilter(admin.SimpleListFilter):
    """Who is away today."""

    title = _("today")
    parameter_name = "away"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("away"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "yes":
            return queryset
        today = timezone.localdate()
        running = Absence.objects.filter(first_day__lte=today, last_day__gte=today)
        return queryset.filter(pk__in=running.values("contact"))


@admin.register(EscalationContact)
class EscalationContactAdmin(
    FindingsMixin,
    OwnHoursMixin,
    SpreadsheetsMixin,
    NumberSearchMixin,
    WhereUsedMixin,
    FewOfEachMixin,
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
    list_display = ["name", "person", "today", "contacts", "answers_for", "schedule"]
    list_filter = [AwayFilter, UnusedFilter]
    list_select_related = ["schedule"]
    search_fields = ["name__folded", "person__folded", "code"]
    search_help_text = _("Name, person, number or extension")
    autocomplete_fields = ["schedule"]
    readonly_fields = ["where_used"]
    inlines = [EscalationContactUseInline, AbsenceInline]
    fieldsets = [
        (None, {"fields": ["name", "person", "public", "schedule", "where_used"]}),
        (_("Code by which imports recognise it"), {"fields": ["code"], "classes": ["collapse"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        found = [*super().get_readonly_fields(request, obj)]
        # A code that names a person can be written anew, so that it need not be public.
        if obj and obj.code_names_the_person and "code" in found:
            found.remove("code")
        return found

    def prepare(self, rows: dict[int, Any]) -> None:
        uses: Any = EscalationContactUse.objects.select_related("contact_point")
        give(rows, "few_uses", first_of_each(uses, "contact", rows, ["position", "pk"]))
        levels = EscalationLevel.objects.select_related("policy__service")
        order = ["policy__service__name", "level", "pk"]
        give(rows, "few_levels", first_of_each(levels, "contact", rows, order))
        day = timezone.localdate()
        absences = away.absences_on(rows, day)
        for row in rows.values():
            row.away_today = away.in_words(row, absences, day)

    @admin.display(description=_("contacts"))
    def contacts(self, obj: EscalationContact) -> str:
        """The first numbers and addresses that they give."""
        return in_lines([of(obj, "few_uses")], lambda use: use.contact_point.display)

    @admin.display(description=_("answers for"))
    def answers_for(self, obj: EscalationContact) -> str:
        """The first levels on which they answer."""
        return in_lines([of(obj, "few_levels")], _level_of_service)

    @admin.display(description=_("today"))
    def today(self, obj: Any) -> str:
        """Until when they are away, and who answers; a dash for who is not."""
        return getattr(obj, "away_today", "") or "–"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        rows = [row for formset in formsets if formset.model is Absence for row in formset.forms]
        form.changed_absences = [
            row.instance for row in rows if row.has_changed() and not row.is_marked_for_deletion
        ]
        super().save_related(request, form, formsets, change)

    def warnings(self, form: Any) -> list[str]:
        """On which days of absences that were changed who stands in is away too."""
        return [*super().warnings(form), *away_too(form.changed_absences)]


def _level_of_service(level: EscalationLevel) -> str:
    """“Internet, level 2”."""
    words = {"service": level.policy.service, "level": level.level}
    return gettext("%(service)s, level %(level)d") % words
