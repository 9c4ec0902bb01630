"""The spreadsheet of schedules: a line for each, its hours in a cell as people write them."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.hours.reading.reader import WeeklyHours, read_hours
from directory.imports.spreadsheets.columns import (
    CODE_HELP,
    ChoiceColumn,
    Column,
    OptionalChoiceColumn,
    OptionalColumn,
    Row,
    YesNoColumn,
    refusal,
)
from directory.imports.spreadsheets.references import ReferenceColumn
from directory.imports.spreadsheets.sheet import PartSheet, Sheet
from directory.imports.spreadsheets.time_columns import DayColumn, TimeColumn
from directory.models import Schedule, Service, TimeSpan
from directory.models.services import ServiceQuerySet
from directory.models.typed_hours import dated, hours_text, store_spans


class CountryColumn(OptionalColumn):
    """The country of the holidays: in another one a new schedule has no region of ours."""

    def assign(self, instance: Schedule, value: str) -> None:
        if instance.pk is None and value != instance.country:
            instance.subdivision = ""
        super().assign(instance, value)


class RegionColumn(Column):
    """The region of the holidays: a new schedule of which neither country nor region is said has
    ours."""

    def fill(self, instance: Schedule, row: Row) -> None:
        if instance.pk or row.get(self.name) or row.get("country"):
            super().fill(instance, row)


class HoursColumn(Column):
    """The hours of a week, as in the form; an empty cell changes nothing.

    It stands behind the column of the holidays, which must not say something else.
    """

    # By the code of the schedule: what was read and is not stored yet.
    _read: dict[str, WeeklyHours]

    def bind(self, sheet: Any) -> Self:
        column = super().bind(sheet)
        column._read = {}
        return column

    def text(self, instance: Schedule) -> str:
        return hours_text(instance) if instance.pk else ""

    def fill(self, instance: Schedule, row: Row) -> None:
        """Read the cell; `save` writes the spans. Raises ValidationError."""
        written = row.get(self.name)
        if not written or written == self.text(instance):
            return
        reading = read_hours(written)
        if instance.pk and dated(instance.spans.all()):
            raise refusal(
                _(
                    "Some of its spans have dates, which a text cannot say. Leave this cell empty "
                    "and change them in the form."
                )
            )
        if reading.holidays is not None:
            if row.get("holidays") and instance.holidays != reading.holidays.value:
                message = _(
                    "This says something else of public holidays than their own column. Write the "
                    "same in both, or leave that cell empty."
                )
                raise refusal(message)
            instance.holidays = reading.holidays.value
        instance.always_open = reading.always_open
        self._read[instance.code] = reading

    def text_after(self, before: str, instance: Schedule, row: Row) -> str:
        return row[self.name] if instance.code in self._read else self.text(instance)

    def save(self, instance: Schedule, row: Row) -> None:
        if reading := self._read.pop(instance.code, None):
            store_spans(instance, reading)


class ScheduleSheet(Sheet):
    """Schedules, with their weekly hours."""

    name = "schedules"
    description = gettext_lazy(
        "One line per schedule, with its hours as you would say them: “L-V 8-12 y 14-18; S 9-13”."
    )
    model = Schedule
    code_from = facts = ("name",)
    columns = [
        Column("code", CODE_HELP),
        Column("name"),
        OptionalChoiceColumn("holidays"),
        HoursColumn(
            "hours",
            gettext_lazy(
                "As in the form: “L-V 8-12 y 14-18; S 9-13”, “24 horas”. Empty: as it is."
            ),
            gettext_lazy("hours as text"),
            errors_of=["always_open"],
        ),
        OptionalColumn("timezone", gettext_lazy("Such as America/Bogota. Empty: the usual one.")),
        CountryColumn("country", gettext_lazy("Two letters, such as CO. Empty: the usual one.")),
        RegionColumn("subdivision", gettext_lazy("The code of a region, or empty.")),
    ]
    examples = [
        {
            "code": gettext_lazy("example-office"),
            "name": gettext_lazy("Office hours"),
            "hours": gettext_lazy("Monday to Friday 8:00-12:00 and 14:00-18:00"),
            "holidays": Schedule.Holidays.CLOSED.label,
        }
    ]

    def queryset(self) -> QuerySet:
        return super().queryset().prefetch_related("spans")

    def parts(self, instance: Schedule) -> Iterable[Model]:
        return instance.spans.all()

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.showing_schedules(Schedule.objects.filter(pk__in=keys))


class SeasonSheet(PartSheet):
    """The spans of schedules of which some hold only for a time: no text says these."""

    name = "seasons"
    title_text = gettext_lazy("hours by season")
    description = gettext_lazy(
        "Only for schedules whose hours change on given days: one line per opening, with its dates."
    )
    model = TimeSpan
    key = ("schedule", "day", "opens", "valid_from")
    optional_key = ("valid_from",)
    related = ("schedule",)
    columns = [
        ReferenceColumn("schedule", gettext_lazy("Its code or name.")),
        ChoiceColumn("day"),
        TimeColumn("opens", gettext_lazy("7:00 or 7 a.m.")),
        TimeColumn("closes", gettext_lazy("17:00 or 5 p.m. Earlier than the opening: next day.")),
        DayColumn("valid_from", gettext_lazy("31/12/2026 or empty.")),
        DayColumn("valid_until", gettext_lazy("31/12/2026 or empty.")),
        YesNoColumn("every_year", gettext_lazy("“Yes”: on these days of each year.")),
    ]

    @property
    def page_model(self) -> type[Model]:
        return Schedule

    def queryset(self) -> QuerySet:
        dated = TimeSpan.objects.exclude(valid_from=None, valid_until=None).order_by()
        return super().queryset().filter(schedule__in=dated.values("schedule"))

    def stored(self, rows: list[Row]) -> dict[tuple[str, ...], Any]:
        codes = {row["schedule"] for row in rows}
        spans = TimeSpan.objects.select_related("schedule").filter(schedule__code__in=codes)
        return {self.key_held(span): span for span in spans}

    def whole(self, instance: TimeSpan) -> Schedule:
        return instance.schedule

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.showing_schedules(Schedule.objects.filter(spans__in=keys))
