"""Exceptions in the back office: one form says which days, whose, and what happens on them."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField, Model, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.findings import FindingsMixin
from directory.admin.formsets import WholeSetFormSet
from directory.admin.last_days import LastDayForm
from directory.admin.publication import PublishingAdmin
from directory.admin.row_keys import PossibleChoices
from directory.hours.words import MONTHLY_DAYS, describe_exception
from directory.models import ExceptionSpan, Schedule, ScheduleException
from directory.upkeep.calendar import whose_hours
from directory.upkeep.exception_effects import ExceptionInWords, describe_exception_effects

# With more, the schedules are searched for.
CHECKBOXES_AT_MOST = 20
# What says on which days an exception holds.
DAYS = ("first_day", "last_day", "every_year", "monthly")


class ScheduleExceptionForm(LastDayForm):
    """An exception: of one day unless its last is written or it is one of each month, of all
    schedules unless some are chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "last_day" in self.fields:
            self.fields["last_day"].help_text = _(
                "Included. Left empty, it is the first day; for a day of each month, until further "
                "notice."
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        values = self.cleaned_data
        if {*DAYS, "schedules"} <= values.keys():
            for name in DAYS:
                setattr(self.instance, name, values[name])
            try:
                self.instance.validate_schedules(values["schedules"])
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def is_one_day(self) -> bool:
        # One of each month goes on.
        return not self.cleaned_data.get("monthly")


class ExceptionSpanFormSet(WholeSetFormSet):
    """Checks the hours together with the exception that they belong to."""

    def clean(self) -> None:
        super().clean()
        if not any(self.errors):
            kept = [form for form in self.forms if self._is_kept(form)]
            try:
                self.instance.validate_whole([*kept, *self.added_by_others])
            except ValidationError as error:
                raise ValidationError(error.messages) from error


class ExceptionSpanInline(admin.TabularInline):
    """The hours of an exception."""

    model = ExceptionSpan
    verbose_name_plural = gettext_lazy("Hours on these days, for “other hours”")
    formset = ExceptionSpanFormSet
    fields = ["opens", "closes"]
    # A morning and an afternoon, also without JavaScript.
    extra = 2


class WhenFilter(admin.SimpleListFilter):
    """Those that are not over, and those that are."""

    title = gettext_lazy("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("coming", _("today or to come")), ("over", _("over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        match self.value():
            case "coming":
                return queryset.filter(pk__in=_of_days(today, date.max))
            case "over":
                return queryset.exclude(pk__in=_of_days(today, date.max))
        return queryset


def _of_days(first: date, last: date) -> QuerySet:
    return ScheduleException.objects.of_days(first, last).values("pk")


class EffectFilter(admin.ChoicesFieldListFilter):
    """What they do: the field's own name is the beginning of a sentence in the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("effect")


@admin.register(ScheduleException)
class ScheduleExceptionAdmin(FindingsMixin, PublishingAdmin):
    """Exceptions, with their hours, and what they do."""

    search_order = 65
    also_called = gettext_lazy("closures, closed days, other hours, special days, holidays")
    is_shown_when_added = True
    form = ScheduleExceptionForm
    fixed_fields = ["code"]
    prepopulated_fields = {"code": ["reason", "first_day"]}
    list_display = ["reason", "first_day", "last_day", "every_year", "in_words", "for_whom"]
    list_filter = [WhenFilter, ("effect", EffectFilter), "every_year", "monthly"]
    search_fields = ["reason__folded", "code", "schedules__name__folded"]
    search_help_text = gettext_lazy("Reason or schedule")
    date_hierarchy = "first_day"
    autocomplete_fields = ["schedules"]
    radio_fields = {"effect": admin.VERTICAL}
    readonly_fields = ["what_it_does"]
    inlines = [ExceptionSpanInline]
    fieldsets = [
        (None, {"fields": ["reason", *DAYS]}),
        (gettext_lazy("Whose hours"), {"fields": ["schedules", "also_always_open"]}),
        (
            gettext_lazy("What happens on these days"),
            {
                "fields": [
                    "effect",
                    "opens_at_earliest",
                    "closes_at_latest",
                    "also_on_days_off",
                ],
                "description": gettext_lazy(
                    "The two limits are for “opens later or closes earlier”; the hours further "
                    "below, and the days that are usually closed, for “other hours”."
                ),
            },
        ),
        (
            gettext_lazy("Code by which imports recognise it"),
            {"fields": ["code"], "classes": ["collapse"]},
        ),
    ]

    # ---- Lists ------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[ScheduleException]:
        rows: Any = super().get_queryset(request)
        return rows.with_some_schedules().prefetch_related("spans")

    @admin.display(description=gettext_lazy("on these days"))
    def in_words(self, obj: ScheduleException) -> str:
        """What it says: “Cerrado”, “Primer día hábil de cada mes: 8 a.m. a 12 m.”."""
        exception = obj.as_hours(for_all=False)
        words = describe_exception(exception)
        if exception.monthly:
            words = f"{MONTHLY_DAYS[exception.monthly]}: {words}"
        return capfirst(words)

    @admin.display(description=gettext_lazy("whose hours"))
    def for_whom(self, obj: ScheduleException) -> str:
        """The schedules that it names, or which are all."""
        return whose_hours(obj)

    # ---- Forms ------------------------------------------------------------------------------

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # Several schedules that were ticked elsewhere, each with a parameter of its own.
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if "schedules" in initial:
            initial["schedules"] = ",".join(request.GET.getlist("schedules")).split(",")
        return initial

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fieldsets = [*super().get_fieldsets(request, obj)]
        if obj:
            fieldsets.insert(-1, (_("What it does"), {"fields": ["what_it_does"]}))
        return fieldsets

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        few = Schedule.objects.all()[: CHECKBOXES_AT_MOST + 1]
        if db_field.name == "schedules" and len(few) <= CHECKBOXES_AT_MOST:
            kwargs |= {"form_class": PossibleChoices, "widget": forms.CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("in words"))
    def what_it_does(self, obj: ScheduleException) -> SafeString | str:
        """What becomes of each schedule on its days; a dash for a new one."""
        return effects_as_list(_effects(obj)) if obj.pk else "–"

    def effect_context(self, form: Any) -> dict[str, Any]:
        return {"exception_effects": _effects(form.instance)}


def _effects(exception: ScheduleException) -> ExceptionInWords:
    return describe_exception_effects(exception, timezone.localdate())


def effects_as_list(what: ExceptionInWords) -> SafeString:
    """The effects of an exception as they stand in a page."""
    return render_to_string("admin/_exception_effects.html", {"what": what})
