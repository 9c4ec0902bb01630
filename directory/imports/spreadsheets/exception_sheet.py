"""The spreadsheet of exceptions: days on which hours are not as usual."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.hours.reading.reader import read_hours
from directory.hours.schedule import Span
from directory.hours.words import describe_day, weekdays_in_words
from directory.imports.spreadsheets.columns import (
    CODE_HELP,
    ChoiceColumn,
    Column,
    OptionalChoiceColumn,
    Row,
    YesNoColumn,
    refusal,
)
from directory.imports.spreadsheets.references import OptionalListColumn
from directory.imports.spreadsheets.sheet import Sheet
from directory.imports.spreadsheets.time_columns import DayColumn, TimeColumn
from directory.models import ExceptionSpan, Schedule, ScheduleException, Service
from directory.models.services import ServiceQuerySet

MONDAY = 1


class DayHoursColumn(Column):
    """The hours of one day as text, “8-12 y 14-18”; empty for none."""

    # By the code of the exception: the spans that were read and are not stored yet.
    _read: dict[str, tuple[Span, ...]]

    def bind(self, sheet: Any) -> Self:
        column = super().bind(sheet)
        column._read = {}
        return column

    def text(self, instance: ScheduleException) -> str:
        spans = [span.as_hours() for span in instance.spans.all()] if instance.pk else []
        return describe_day(spans) if spans else ""

    def fill(self, instance: ScheduleException, row: Row) -> None:
        """Read the cell; `save` writes the spans. Raises ValidationError."""
        text = row.get(self.name)
        if text is None or text == self.text(instance):
            return
        spans: tuple[Span, ...] = ()
        if text:
            reading = read_hours(f"{weekdays_in_words([MONDAY])}: {text}")
            if reading.always_open or {span.day for span in reading.spans} != {MONDAY}:
                raise refusal(_("Write only the hours of these days, such as 8:00-12:00."))
            spans = tuple(Span(opens=each.opens, closes=each.closes) for each in reading.spans)
        self._read[instance.code] = spans

    def text_after(self, before: str, instance: ScheduleException, row: Row) -> str:
        return row[self.name] if instance.code in self._read else self.text(instance)

    def save(self, instance: ScheduleException, row: Row) -> None:
        spans = self._read.pop(instance.code, None)
        if spans is None:
            return
        instance.spans.all().delete()
        made = [ExceptionSpan(opens=span.opens, closes=span.closes) for span in spans]
        instance.spans.add(*made, bulk=False)


class ScheduleExceptionSheet(Sheet):
    """Exceptions, with the schedules that they are for."""

    name = "exceptions"
    description = gettext_lazy(
        "One line for days that are not as usual: closed, shorter, or with hours of their own."
    )
    model = ScheduleException
    code_from = ("reason", "first_day")
    facts = ("reason", "first_day")
    order = ("first_day", "code")
    may_leave_pages = True
    columns = [
        Column("code", CODE_HELP),
        Column("reason", gettext_lazy("Customers read it, such as “Year-end closure”.")),
        DayColumn("first_day", gettext_lazy("31/12/2026.")),
        DayColumn("last_day", gettext_lazy("Included: the same as the first for a single day.")),
        OptionalListColumn(
            "schedules",
            gettext_lazy("Codes or names, with commas. Empty: all, but the 24-hour ones."),
        ),
        OptionalChoiceColumn("effect"),
        TimeColumn("opens_at_earliest", gettext_lazy("Only if it opens later.")),
        TimeColumn("closes_at_latest", gettext_lazy("Only if it closes earlier.")),
        DayHoursColumn(
            "hours",
            gettext_lazy("Only of other hours: “8-12 y 14-18”."),
            gettext_lazy("hours as text"),
            errors_of=["effect"],
        ),
        YesNoColumn("also_on_days_off"),
        YesNoColumn("also_always_open"),
        YesNoColumn("every_year"),
        ChoiceColumn("monthly"),
    ]
    examples = [
        {
            "code": gettext_lazy("example-closure"),
            "reason": gettext_lazy("Year-end closure"),
            "first_day": "24/12/2030",
            "last_day": "31/12/2030",
            "schedules": gettext_lazy("example-office"),
        }
    ]

    @property
    def bulk_model(self) -> type[Model]:
        return Schedule

    def queryset(self) -> QuerySet:
        return super().queryset().prefetch_related("spans")

    def parts(self, instance: Any) -> Iterable[Model]:
        return instance.spans.all()

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        exceptions = ScheduleException.objects.filter(pk__in=keys)
        if exceptions.for_all().exists():
            return Service.objects.all()
        return Service.objects.showing_schedules(Schedule.objects.filter(exceptions__in=keys))
