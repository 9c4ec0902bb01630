"""Schedules in the back office."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.admin.bulk.schedules import HolidayRuleMixin
from directory.admin.bulk.spreadsheets import SpreadsheetsMixin
from directory.admin.dashboard import closure_url
from directory.admin.findings import FindingsMixin
from directory.admin.formsets import WholeSetFormSet
from directory.admin.publication import PublishingAdmin
from directory.admin.typed_hours import FIELD, READ, ScheduleForm, SentHours
from directory.admin.where_used import WhereUsedMixin, as_list
from directory.hours.schedule import OpeningHours
from directory.hours.words import describe_schedule, describe_week
from directory.hours.zones import with_time_zone_note
from directory.imports.spreadsheets.schedule_sheet import ScheduleSheet
from directory.models import Schedule, TimeSpan


class TimeSpanInline(admin.TabularInline):
    """The weekly hours of a schedule."""

    model = TimeSpan
    formset = WholeSetFormSet
    fields = ["day", "opens", "closes", "valid_from", "valid_until", "every_year"]
    extra = 0


@admin.register(Schedule)
class ScheduleAdmin(
    FindingsMixin, HolidayRuleMixin, WhereUsedMixin, SpreadsheetsMixin, PublishingAdmin
):
    """Schedules, with their weekly hours."""

    actions = ["change_holidays"]
    change_form_template = "admin/directory/schedule/change_form.html"
    form = ScheduleForm
    sheets = [ScheduleSheet]
    fixed_fields = ["code"]
    prepopulated_fields = {"code": ["name"]}
    list_display = ["name", "in_words", "holidays", "timezone"]
    list_filter = ["always_open", "holidays"]
    search_fields = ["name__folded", "code"]
    inlines = [TimeSpanInline]
    readonly_fields = ["week", "upcoming_exceptions", "where_used"]
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
                    "where_used",
                ]
            },
        ),
        (_("Time zone, place of the holidays and imports"), {
            "fields": ["timezone", "country", "subdivision", "code"], "classes": ["collapse"]
        }),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Schedule]:
        return super().get_queryset(request).prefetch_related("spans")

    def get_fieldsets(self, request: HttpRequest, obj: Schedule | None = None) -> Any:
        # Who may only look reads the week; there is no text to type.
        may_save = (
            self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        )
        return [
            (
                title,
                options
                if may_save
                else {**options, "fields": [name for name in options["fields"] if name != FIELD]},
            )
            for title, options in super().get_fieldsets(request, obj)
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        if request.method == "POST":
            schedule: Any = self.get_object(request, unquote(object_id)) if object_id else None
            sent: Any = SentHours(request.POST).expanded(schedule.spans.all() if schedule else ())
            request.POST = sent
        return super().changeform_view(request, object_id, form_url, extra_context)

    def effect_context(self, request: HttpRequest) -> dict[str, Any]:
        sent = SentHours(request.POST)
        if sent.reading is None:
            return {}
        return {
            "read_as": sent.in_words(sent.reading),
            "read_week": _week(sent.hours(sent.reading)),
        }

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the spans, and say how the text was read."""
        super().save_related(request, form, formsets, change)
        sent = SentHours(request.POST)
        if sent.reading:
            message = _("The hours were read as: %s") % sent.in_words(sent.reading)
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
        return as_list([obj.exceptions.of_days(timezone.localdate(), date.max)])

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        context["hours_read"] = request.POST.get(READ, "")
        may_add = request.user.has_perm("directory.add_scheduleexception")
        if isinstance(obj, Schedule) and change and may_add:
            context["closure_url"] = closure_url(timezone.localdate(), obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def _week(hours: OpeningHours) -> list[tuple[str, str]]:
    return describe_week(hours, timezone.localdate())
