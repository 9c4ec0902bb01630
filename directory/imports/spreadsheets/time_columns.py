"""Columns of days, of times, and of how long something takes."""

import re
from contextlib import suppress
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.hours.durations import describe_duration, read_duration
from directory.hours.reading.clock import read_time
from directory.imports.spreadsheets.columns import KeepsWhenEmpty, Row, ValueColumn, cut, refusal

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
MIDNIGHT = re.compile(r" \d\d?:\d\d(:\d\d)?$")


class DayColumn(ValueColumn):
    """A day: 2026-12-31 or 31/12/2026, the day first; empty for none."""

    takes = frozenset(["date"])

    def read(self, row: Row) -> date | None:
        # Of a day with a time Excel shows the day alone.
        return read_day(MIDNIGHT.sub("", row[self.name]))


class MomentColumn(ValueColumn):
    """A day with a time of day, in the organisation's time zone; a day alone is its beginning.
    Empty for none."""

    takes = frozenset(["date"])

    def render(self, value: datetime) -> str:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"

    def read(self, row: Row) -> datetime | None:
        day, _blank, at = row[self.name].replace("T", " ").partition(" ")
        if not day:
            return None
        read = read_day(day)
        clock = read_time(re.sub(r"^(\d+:\d\d):00$", r"\1", at.strip())) if at else time.min
        return timezone.make_aware(datetime.combine(read or date.min, clock))


class TimeColumn(ValueColumn):
    """A time of day as people write it, 2 p.m. or 14:00; empty for none."""

    takes = frozenset(["time"])

    def render(self, value: time) -> str:
        return f"{value:%H:%M}"

    def read(self, row: Row) -> time | None:
        # Excel writes its times with seconds.
        text = re.sub(r"^(\d+:\d\d):00$", r"\1", row[self.name])
        return self.field.to_python(text) if text else None


class DurationColumn(ValueColumn):
    """How long something takes, as people say it: “2 h”, “1 day”; empty for not stated."""

    def render(self, value: int) -> str:
        return describe_duration(value)

    def read(self, row: Row) -> int | None:
        text = row[self.name]
        return read_duration(text).minutes if text else None


class OptionalMomentColumn(KeepsWhenEmpty, MomentColumn):
    """A day and a time, or empty for what is there."""


def read_day(text: str) -> date | None:
    """The day that a text says; None for an empty one. Raises ValidationError."""
    if not text:
        return None
    for form in DATE_FORMATS:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no instant
    message = _("“%(text)s” is no date. Write 31/12/2026 (day first) or 2026-12-31.")
    raise refusal(message, text=cut(text))
