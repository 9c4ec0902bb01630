from datetime import date

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import SafeString, format_html
from django.utils.translation import gettext_lazy as _

from directory.admin.dashboard import closure_url
from directory.admin.findings import FindingsMixin
from directory.admin.formsets import WholeSetFormSet
from directory.admin.publication import PublishingAdmin
from directory.admin.where_used import WhereUsedMixin, as_list
from directory.hours.words import describe_schedule
from directory.models import ExceptionSpan, Schedule, ScheduleException, TimeSpan
from directory.upkeep import calendar


class TimeSpanInline(admin.TabularInline):
    model = TimeSpan
    formset = WholeSetFormSet
    fields = ["day", "opens", "closes", "valid_from", "valid_until"]
    extra = 0


@admin.register(Schedule)
class ScheduleAdmin(FindingsMixin, WhereUsedMixin, PublishingAdmin):
    list_display = ["name", "in_words", "holidays", "timezone"]
    list_filter = ["always_open", "holidays"]
    search_fields = ["name__folded", "code"]
    inlines = [TimeSpanInline]
    readonly_fields = [
        "in_words",
        "coming_exceptions",
        "coming_exceptions_and_link",
        "where_used",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "in_words",
                    "always_open",
                    "holidays",
                    "coming_exceptions",
                    "where_used",
                ]
            },
        ),
        (_("Time zone and imports"), {
            "fields": ["timezone", "country", "code"], "classes": ["collapse"]
        }),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("spans", "exceptions__spans")

    @admin.display(description=_("in words"))
    def in_words(self, obj):
        if not obj.pk:
            return "–"
        return describe_schedule(obj.as_hours(), timezone.localdate())

    @admin.display(description=_("Exceptions to come"))
    def coming_exceptions(self, obj: Schedule) -> SafeString | str:
        if not obj.pk:
            return "–"
        today = timezone.localdate()
        events = calendar.exceptions(obj.exceptions.all(), today, date.max)
        return as_list(event.subjects[0] for event in events)

    @admin.display(description=_("Exceptions to come"))
    def coming_exceptions_and_link(self, obj: Schedule) -> SafeString | str:
        """The same with a link for those who may announce a closure."""
        coming = self.coming_exceptions(obj)
        if not obj.pk:
            return coming
        url = closure_url(timezone.localdate(), obj)
        return format_html('{} <a href="{}">{}</a>', coming, url, _("Announce a closure"))

    def get_fieldsets(self, request: HttpRequest, obj: Schedule | None = None) -> list:
        fieldsets = super().get_fieldsets(request, obj)
        if not request.user.has_perm("directory.add_scheduleexception"):
            return fieldsets
        linked = {"coming_exceptions": "coming_exceptions_and_link"}
        return [
            (name, {**options, "fields": [linked.get(each, each) for each in options["fields"]]})
            for name, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Schedule | None = None) -> list:
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"code": ["name"]}


class ExceptionSpanFormSet(WholeSetFormSet):
    def clean(self):
        super().clean()
        kept = [form for form in self.forms if self._is_kept(form)]
        if not any(self.errors):
            try:
                self.instance.validate_whole(kept)
            except ValidationError as error:
                raise ValidationError(error.messages) from error


class ExceptionSpanInline(admin.TabularInline):
    model = ExceptionSpan
    formset = ExceptionSpanFormSet
    fields = ["opens", "closes"]
    extra = 0


@admin.register(ScheduleException)
class ScheduleExceptionAdmin(FindingsMixin, PublishingAdmin):
    list_display = ["reason", "first_day", "last_day", "is_closed", "schedule"]
    list_filter = ["is_closed"]
    list_select_related = ["schedule"]
    search_fields = ["reason__folded", "code", "schedule__name__folded"]
    date_hierarchy = "first_day"
    autocomplete_fields = ["schedule"]
    inlines = [ExceptionSpanInline]
    fieldsets = [
        (None, {"fields": ["reason", "first_day", "last_day", "schedule", "is_closed"]}),
        (_("For imports"), {"fields": ["code"], "classes": ["collapse"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"code": ["reason", "first_day"]}
