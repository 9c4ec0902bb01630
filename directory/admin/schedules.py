"""Schedules in the back office."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.admin.bulk.schedules import HolidayRuleMixin
from directory.admin.bulk.spreadsheets import SpreadsheetsMixin
from directory.admin.dashboard import closure_url
from directory.admin.findings import FindingsMixin
from directory.admin.own_hours import who_shares
from directory.admin.pages import without_fields
from directory.admin.publication import PublishingAdmin
from directory.admin.typed_hours import FIELD, ScheduleForm, SpanFormSet, in_words
from directory.admin.unused import UnusedFilter
from directory.admin.where_used import as_list, change_url
from directory.hours.reading.reader import read_hours
from directory.hours.schedule import OpeningHours
from directory.hours.words import describe_schedule, describe_week
from directory.hours.zones import with_time_zone_note
from directory.imports.spreadsheets.schedule_sheet import ScheduleSheet
from directory.models import Schedule, TimeSpan


class TimeSpanInline(admin.TabularInline):
    """The weekly hours of a schedule."""

    model = TimeSpan
    verbose_name_plural = _("Hours of each week")
    formset = SpanFormSet
    fields = ["day", "opens", "closes", "valid_from", "valid_until", "every_year"]
    extra = 0


@admin.register(Schedule)
class ScheduleAdmin(FindingsMixin, HolidayRuleMixin, SpreadsheetsMixin, PublishingAdmin):
    """Schedules, with their weekly hours."""

    actions = ["change_holidays"]
    change_form_template = "admin/directory/schedule/change_form.html"
    form = ScheduleForm
    sheets = [ScheduleSheet]
    fixed_fields = ["code"]
    prepopulated_fields = {"code": ["name"]}
    search_order = 50
    also_called = _("hours, opening times, 24/7, weekends")
    list_display = ["name", "in_words", "holidays", "timezone"]
    list_filter = [UnusedFilter, "always_open", "holidays"]
    linked_by = ["id__in"]
    search_fields = ["name__folded", "code"]
    search_help_text = _("Name, or hours as you would say them: Monday to Friday 7-19")
    inlines = [TimeSpanInline]
    readonly_fields = ["week", "upcoming_exceptions"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "hours_text",
                    "name",
                    "week",
                    "always_open",
                    "holidays",
                    "upcoming_exceptions",
                ]
            },
        ),
        (_("Time zone, place of the holidays and imports"), {
            "fields": ["timezone", "country", "subdivision", "code"], "classes": ["collapse"]
        }),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Schedule]:
        return super().get_queryset(request).prefetch_related("spans")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By words, and by hours as people say them."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        try:
            hours = read_hours(search_term)
        except ValidationError:
            return found, may_repeat
        rows = Schedule.objects.filter(always_open=hours.always_open)
        for each in hours.spans:
            same = TimeSpan.objects.filter(day=each.day, opens=each.opens, closes=each.closes)
            rows = rows.filter(pk__in=same.order_by().values("schedule"))
        if hours.always_open or hours.spans:
            found |= queryset.filter(pk__in=rows.order_by().values("pk"))
        return found, may_repeat

    def describe_found(
        self, _request: HttpRequest, rows: list[Schedule], _sought: object
    ) -> dict[int, list[str]]:
        """By primary key, the hours of each."""
        return {row.pk: [str(self.in_words(row))] for row in rows}

    def get_fieldsets(self, request: HttpRequest, obj: Schedule | None = None) -> Any:
        # Who may only look reads the week; there is no text to type.
        may_save = (
            self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        )
        hidden = () if may_save else (FIELD,)
        return without_fields(super().get_fieldsets(request, obj), hidden)

    def effect_context(self, form: ScheduleForm) -> dict[str, Any]:
        if form.reading is None:
            return {}
        hours = form.instance.as_hours(own_exceptions=())
        return {"read_as": in_words(hours, form.reading), "read_week": _week(hours)}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the schedule as the text says, if one was typed, and say how it was read."""
        form.take_over()
        super().save_related(request, form, formsets, change)
        if read := self.effect_context(form):
            message = _("The hours were read as: %s") % read["read_as"]
            self.message_user(request, message, messages.INFO)

    @admin.display(description=_("as it is stored"))
    def week(self, obj: Schedule) -> str:
        """The weekly hours in words and day by day; a dash for a new schedule."""
        if not obj.pk:
            return "–"
        hours, today = obj.as_hours(own_exceptions=()), timezone.localdate()
        words = with_time_zone_note(describe_schedule(hours, today), hours, today)
        context = {"words": words, "week": _week(hours)}
        return render_to_string("admin/directory/_week.html", context)

    @admin.display(description=_("in words"))
    def in_words(self, obj: Schedule) -> str:
        """The weekly hours, and whose time they are told in."""
        hours, today = obj.as_hours(own_exceptions=()), timezone.localdate()
        return with_time_zone_note(describe_schedule(hours, today), hours, today)

    @admin.display(description=_("Exceptions to come"))
    def upcoming_exceptions(self, obj: Schedule) -> str:
        """Links to the exceptions that are not over."""
        if not obj.pk:
            return "–"
        return as_list([obj.exceptions.of_days(timezone.localdate(), date.max)], change_url(obj))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        may_add = request.user.has_perm("directory.add_scheduleexception")
        if isinstance(obj, Schedule) and change and may_add:
            context["closure_url"] = closure_url(timezone.localdate(), obj)
        if isinstance(obj, Schedule) and change:
            context["shared_by"] = who_shares(obj, request)
            may_add = self.has_add_permission(request)
            context["may_give_own_hours"] = may_add and not context["is_popup"]
        return super().render_change_form(request, context, add, change, form_url, obj)


def _week(hours: OpeningHours) -> list[tuple[str, str]]:
    return describe_week(hours, timezone.localdate())
