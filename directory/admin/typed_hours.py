"""Hours typed as a text in the form of a schedule, which become its rows.

The text stands for the whole week, "24 hours" and, where it says something of them, the public
holidays. Before the form is read, what was sent is rewritten as if its rows had been typed:
preview, comparison with what others saved, history and validation are those of the rows.

The field shows the stored hours in our words, so it can be corrected like any text; a text that
nobody changed, or an empty one, changes nothing. Nothing is overwritten unseen: rows with dates,
which no text says, and rows that were changed by hand beside another text are an error at the
field.
"""

from collections.abc import Iterable
from datetime import time
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy

from directory.admin.compared_forms import SHOWN_AT
from directory.admin.compared_rows import digests
from directory.admin.holiday_places import HolidayPlaceForm
from directory.hours.reading.clock import read_time
from directory.hours.reading.errors import Unreadable
from directory.hours.reading.reader import WeeklyHours, read_hours
from directory.hours.schedule import HOLIDAY, HolidayPolicy, OpeningHours, WeeklySpan
from directory.hours.words import describe_schedule
from directory.models import TimeSpan
from directory.models.typed_hours import hours_text

FIELD, ROWS = "hours_text", "spans"
# The text that the rows of the sent page were made from.
READ = "_hours_read"

# Of a row: its day, when it opens and closes, whether it has dates. Texts, where they are no times.
Row = tuple[str, object, object, bool]


class ScheduleForm(HolidayPlaceForm):
    """A schedule, with its hours as a text."""

    hours_text = forms.CharField(
        label=gettext_lazy("Hours, as you would say them"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField hours-text"}),
        help_text=gettext_lazy(
            "As you would say it: “Monday to Friday 8-12 and 14-18; Saturdays 9-13; Sundays and "
            "public holidays closed”, or “24/7”. It becomes the spans below. Empty: they stay as "
            "they are."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None and FIELD in self.fields:
            self.initial[FIELD] = hours_text(self.instance)

    def clean_hours_text(self) -> str:
        """Raises ValidationError for what cannot be read, or contradicts the rows."""
        SentHours(self.data).check()
        text: str = self.cleaned_data[FIELD]
        return text


class SentHours:
    """What a sent form of a schedule says of its hours, as a text and as rows."""

    def __init__(self, data: Any) -> None:
        self.data = data
        self.text = _plain(data.get(FIELD, ""))
        self.made_from = _plain(data.get(READ, ""))
        shown = _plain(data.get(f"initial-{FIELD}", ""))
        self.is_typed = bool(self.text) and bool(self.made_from or self.text != shown)

    @cached_property
    def reading(self) -> WeeklyHours | None:
        """What the text says; None if nobody typed into it, or if it cannot be read."""
        try:
            return read_hours(self.data[FIELD]) if self.is_typed else None
        except Unreadable:
            return None

    @cached_property
    def rows(self) -> set[Row]:
        """The rows that will be there, as they were sent."""
        return {row for number in self._numbers if (row := self._row(number))}

    def check(self) -> None:
        """Raise ValidationError if the text cannot be read, or cannot become the rows."""
        if not self.is_typed:
            return
        reading = read_hours(self.data[FIELD])
        if dated := [row for row in self.rows if row[3]]:
            raise ValidationError(
                gettext(
                    "Some spans below have dates (%(days)s), which a text cannot say. Change the "
                    "spans, or mark those with dates for deletion and write here what holds "
                    "every week."
                )
                % {"days": get_text_list(sorted(map(_row_in_words, dated)), gettext("and"))},
                "dated_spans",
            )
        if self.is_contradicted(reading):
            raise ValidationError(
                gettext(
                    "This says “%(words)s”, but below you also changed the spans, “24 hours” or "
                    "the holidays, and they say something else. Empty this field to keep what is "
                    "below, or put back what you changed there."
                )
                % {"words": self.in_words(reading)},
                "contradiction",
            )

    def is_contradicted(self, reading: WeeklyHours) -> bool:
        """Whether somebody changed what is below by hand, to something else than the text says."""
        shown = {row for row in self._shown_rows if not row[3]}
        if self.rows not in (shown, _rows_for(reading, shown)):
            return True
        made = self._made
        shown_open = made.always_open if made else self._initial("always_open") == "True"
        if self.always_open not in (shown_open, reading.always_open):
            return True
        holidays = made.holidays if made and made.holidays else self._initial("holidays")
        return reading.holidays is not None and self.data.get("holidays") not in (
            holidays or HolidayPolicy.NOT_STATED,
            reading.holidays,
        )

    def hours(self, reading: WeeklyHours) -> OpeningHours:
        """The hours that a reading and what was sent of the holidays make, of no place."""
        spans, policy = list(reading.spans), reading.holidays
        if policy is None:
            sent = self.data.get("holidays")
            is_known = sent in {*HolidayPolicy}
            policy = HolidayPolicy(sent) if is_known else HolidayPolicy.NOT_STATED
            for day, opens, closes, _has_dates in self.rows:
                if day == str(HOLIDAY) and isinstance(opens, time) and isinstance(closes, time):
                    spans.append(WeeklySpan(day=HOLIDAY, opens=opens, closes=closes))
        return OpeningHours(
            code="",
            name="",
            timezone="UTC",
            country="",
            always_open=reading.always_open,
            holidays=policy,
            spans=tuple(spans),
        )

    def in_words(self, reading: WeeklyHours) -> str:
        """These hours in our words, and what a rule decided in them."""
        words = describe_schedule(self.hours(reading), timezone.localdate())
        return f"{words} ({'; '.join(reading.assumptions)})" if reading.assumptions else words

    @property
    def always_open(self) -> bool:
        """Whether “24 hours” is ticked."""
        return bool(self.data.get("always_open"))

    def expanded(self, stored: Iterable[TimeSpan]) -> QueryDict:
        """What was sent, with the rows that the text stands for; as it is where there is none, or
        where `check` refuses it."""
        reading = self.reading
        refused = reading is None or any(row[3] for row in self.rows)
        if reading is None or refused or self.is_contradicted(reading):
            return self.data
        stored = list(stored)
        wanted = _rows_for(reading, set(map(_row_of, stored)))
        kept = {
            name: values
            for name, values in self.data.lists()
            if not name.startswith((f"{ROWS}-", f"initial-{ROWS}-")) or name.endswith("_NUM_FORMS")
        }
        data = QueryDict(mutable=True)
        for name, values in kept.items():
            data.setlist(name, values)
        data[READ] = self.data[FIELD]
        data.pop("always_open", None)
        if reading.always_open:
            data["always_open"] = "on"
        if reading.holidays is not None:
            data["holidays"] = reading.holidays.value
        self._write_rows(data, wanted, stored)
        return data

    def _write_rows(self, data: QueryDict, wanted: set[Row], stored: list[TimeSpan]) -> None:
        marks = digests(TimeSpan, [span.pk for span in stored])
        for number, span in enumerate(stored):
            row = _row_of(span)
            data[f"{ROWS}-{number}-id"] = str(span.pk)
            data[f"{ROWS}-{number}-schedule"] = str(span.schedule_id)
            _write(data, f"{ROWS}-{number}", row)
            _write(data, f"initial-{ROWS}-{number}", row)
            if row in wanted:
                wanted = wanted - {row}
            else:
                data[f"{ROWS}-{number}-DELETE"] = str(marks[span.pk])
        for number, row in enumerate(sorted(wanted, key=_place), len(stored)):
            _write(data, f"{ROWS}-{number}", row)
            data[f"{ROWS}-{number}-id"] = ""
            data[f"{ROWS}-{number}-schedule"] = str(stored[0].schedule_id) if stored else ""
        data[f"{ROWS}-INITIAL_FORMS"] = str(len(stored))
        data[f"{ROWS}-TOTAL_FORMS"] = str(len(stored) + len(wanted))

    @cached_property
    def _made(self) -> WeeklyHours | None:
        """What the rows of the page were made from, if they were."""
        try:
            return read_hours(self.data[READ]) if self.made_from else None
        except Unreadable:
            return None

    @cached_property
    def _shown_rows(self) -> set[Row]:
        """The rows that the page showed."""
        # Another program than a page sends its rows without what was shown.
        before = "initial-" if SHOWN_AT in self.data else ""
        stored = {
            row
            for number in self._numbers
            if self.data.get(f"{ROWS}-{number}-id") and (row := self._row(number, before))
        }
        return stored if self._made is None else _rows_for(self._made, stored)

    @property
    def _numbers(self) -> range:
        try:
            return range(min(int(self.data.get(f"{ROWS}-TOTAL_FORMS", 0)), 1000))
        except ValueError:
            return range(0)

    def _initial(self, name: str) -> str:
        return str(self.data.get(f"initial-{name}", ""))

    def _row(self, number: int, before: str = "") -> Row | None:
        """A row as it was sent or, `before` "initial-", as it was shown; None if it is none."""
        if not before and self.data.get(f"{ROWS}-{number}-DELETE"):
            return None
        values = [
            self.data.get(f"{before}{ROWS}-{number}-{name}", "").strip()
            for name in ("day", "opens", "closes", "valid_from", "valid_until")
        ]
        day, opens, closes, *dates = values
        if not any(values):
            return None
        return day, _time(opens), _time(closes), any(dates)


def _rows_for(reading: WeeklyHours, before: set[Row]) -> set[Row]:
    """The rows that a reading stands for. Where it is silent about holidays, theirs stay."""
    rows = set(map(_row_of, reading.spans))
    if reading.holidays is None and not reading.always_open:
        rows |= {row for row in before if row[0] == str(HOLIDAY) and not row[3]}
    return rows


def _row_of(span: TimeSpan | WeeklySpan) -> Row:
    return str(span.day), span.opens, span.closes, bool(span.valid_from or span.valid_until)


def _place(row: Row) -> tuple[str, str]:
    return row[0], str(row[1])


def _plain(text: str) -> str:
    return " ".join(text.split())


def _time(text: str) -> object:
    try:
        return read_time(text, is_end=True)
    except Unreadable:
        return text


def _write(data: QueryDict, prefix: str, row: Row) -> None:
    day, opens, closes, _has_dates = row
    for name, value in (("day", day), ("opens", opens), ("closes", closes)):
        data[f"{prefix}-{name}"] = f"{value:%H:%M}" if isinstance(value, time) else str(value)
    data[f"{prefix}-valid_from"] = data[f"{prefix}-valid_until"] = ""


def _row_in_words(row: Row) -> str:
    day, opens, closes, _has_dates = row
    names = dict(TimeSpan.Day.choices)
    name = names.get(int(day), day) if day.isdecimal() and day.isascii() else day
    times = (f"{at:%H:%M}" if isinstance(at, time) else str(at) for at in (opens, closes))
    return f"{name} {'-'.join(times)}"
