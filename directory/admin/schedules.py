"""Schedules in the back office."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.admin.dashboard import closure_url
from directory.admin.findings import FindingsMixin
from directory.admin.formsets import WholeSetFormSet
from directory.admin.holiday_places import HolidayPlaceForm
from directory.admin.publication import PublishingAdmin
from directory.admin.where_used import WhereUsedMixin, as_list
from directory.hours.words import describe_schedule
from directory.hours.zones import with_time_zone_note
from directory.models import Schedule, TimeSpan


class TimeSpanInline(admin.TabularInline):
    """The weekly hours of a schedule."""

    model = TimeSpan
    formset = WholeSetFormSet
    fields = ["day", "opens", "closes", "valid_from", "valid_until", "every_year"]
    extra = 0


@admin.register(Schedule)
class ScheduleAdmin(FindingsMixin, WhereUsedMixin, PublishingAdmin):
    """Schedules, with their weekly hours."""

    form = HolidayPlaceForm
    fixed_fields = ["code"]
    prepopulated_fields = {"code": ["name"]}
    list_display = ["name", "in_words", "holidays", "timezone"]
    list_filter = ["always_open", "holidays"]
    search_fields = ["name__folded", "code"]
    inlines = [TimeSpanInline]
    readonly_fields = ["in_words", "upcoming_exceptions", "where_used"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "in_words",
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

    @admin.display(description=_("in words"))
    def in_words(self, obj: Schedule) -> str:
        """The weekly hours; a dash for a new schedule."""
        if not obj.pk:
            return "–"
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
        may_add = request.user.has_perm("directory.add_scheduleexception")
        if isinstance(obj, Schedule) and change and may_add:
            context["closure_url"] = closure_url(timezone.localdate(), obj)
        return super().render_change_form(request, context, add, change, form_url, obj)
