"""The spreadsheet of schedules: a line for each, its hours in a cell as people write them."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.hours.reading.reader import WeeklyHours, read_hours
from directory.imports.spreadsheets.columns import ChoiceColumn, Column, Row, refusal
from directory.imports.spreadsheets.sheet import Sheet
from directory.models import Schedule, Service
from directory.models.services import ServiceQuerySet
from directory.models.typed_hours import dated, hours_text, store_spans


class OptionalChoiceColumn(ChoiceColumn):
    """One of the choices; an empty cell changes nothing."""

    def differs(self, instance: Any, row: Row) -> bool:
        return bool(row.get(self.name)) and super().differs(instance, row)

    def fill(self, instance: Any, row: Row) -> None:
        if row.get(self.name):
            super().fill(instance, row)


class CountryColumn(Column):
    """The country of the holidays: in another one a new schedule has no region of ours."""

    def assign(self, instance: Schedule, value: str) -> None:
        if instance.pk is None and value != instance.country:
            instance.subdivision = ""
        super().assign(instance, value)


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
        instance.validate_whole()


class ScheduleSheet(Sheet):
    """Schedules, with their weekly hours."""

    name = "schedules"
    description = gettext_lazy(
        "One line per schedule, with its hours as you would say them: “L-V 8-12 y 14-18; S 9-13”."
    )
    model = Schedule
    columns = [
        Column("code", gettext_lazy("Recognises it. A new code makes a new one.")),
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
        Column("timezone", gettext_lazy("Such as America/Bogota.")),
        CountryColumn("country", gettext_lazy("Two letters, such as CO.")),
        Column("subdivision", gettext_lazy("The code of a region, or empty.")),
    ]

    def queryset(self) -> QuerySet:
        return super().queryset().prefetch_related("spans")

    def parts(self, instance: Schedule) -> Iterable[Model]:
        return instance.spans.all()

    def services(self, keys: Collection[int]) -> ServiceQuerySet:
        return Service.objects.showing(Schedule.objects.filter(pk__in=keys))
