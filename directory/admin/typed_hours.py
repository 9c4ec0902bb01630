"""Hours typed as a text in the form of a schedule, which replace its spans when it is saved.

The text stands for the whole week, "24 hours" and, where it says something of them, the public
holidays. The field shows the stored hours in our words, so it is corrected, and compared with what
others saved, like any text; a text that nobody changed, or an empty one, changes nothing. Nothing
is overwritten unseen: spans with dates, which no text says, and what was changed by hand beside the
text, to something else, are an error at the field.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy

from directory.admin.formsets import WholeSetFormSet
from directory.admin.holiday_places import HolidayPlaceForm
from directory.hours.reading.reader import WeeklyHours, read_hours
from directory.hours.schedule import HolidayPolicy, OpeningHours
from directory.hours.words import describe_schedule
from directory.models.typed_hours import dated, day_and_times, hours_text, spans_after, store_spans

FIELD = "hours_text"


class ScheduleForm(HolidayPlaceForm):
    """A schedule, with its hours as a text. `reading` is what was typed, if it was."""

    reading: WeeklyHours | None = None

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
        # Where `SpanFormSet`, which is made of the same instance, finds what was typed.
        self.instance.form = self

    def clean_hours_text(self) -> str:
        """Raises ValidationError for what cannot be read."""
        text: str = self.cleaned_data[FIELD]
        if text and FIELD in self.changed_data:
            self.reading = read_hours(text)
        return text

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, said in self._said().items():
            stored = self[name].initial
            if self.cleaned_data.get(name, stored) not in (stored, said):
                self.refuse_contradiction()
            # The spans of the page are checked with what is stored; the text replaces both.
            self.cleaned_data[name] = stored
        return cleaned

    def _said(self) -> dict[str, Any]:
        """The values of other fields that the text stands for."""
        if self.reading is None:
            return {}
        said = {"always_open": self.reading.always_open, "holidays": self.reading.holidays}
        return {name: value for name, value in said.items() if value is not None}

    def refuse_contradiction(self) -> None:
        """Add the error that something else than the text says was changed by hand."""
        message = gettext(
            "This says “%(words)s”, but below you also changed the spans, “24 hours” or the "
            "holidays, and they say something else. Empty this field to keep what is below, or "
            "put back what you changed there."
        )
        reading = self.reading
        if reading and not self.has_error(FIELD, "contradiction"):
            words = in_words(_hours_of(reading), reading)
            self.add_error(FIELD, ValidationError(message % {"words": words}, "contradiction"))

    def take_over(self) -> None:
        """Give the other fields the values that the text stands for, for the history too."""
        if self.reading is None and FIELD in self.changed_data:
            # An empty text changes nothing.
            self.changed_data.remove(FIELD)
        for name, value in self._said().items():
            if value != self[name].initial and name not in self.changed_data:
                self.changed_data.append(name)
            self.cleaned_data[name] = value
            setattr(self.instance, name, value)


class SpanFormSet(WholeSetFormSet):
    """The spans of a schedule. Where a text was typed it replaces them."""

    def is_valid(self) -> bool:
        # `clean` can add an error to the form of the schedule.
        return super().is_valid() and not self.instance.form.errors

    def clean(self) -> None:
        super().clean()
        form = self.instance.form
        if form.reading and not any(self.errors):
            self._compare(form)

    def _compare(self, form: ScheduleForm) -> None:
        """Add an error to the form if its text would overwrite what it does not say."""
        kept = [each for each in self.forms if self._is_kept(each)]
        rows = [each.instance for each in kept]
        if with_dates := dated([*rows, *self.added_by_others]):
            message = gettext(
                "Some spans below have dates (%(days)s), which a text cannot say. Change the "
                "spans, or mark those with dates for deletion and write here what holds every week."
            )
            days = get_text_list(sorted(map(str, with_dates)), gettext("and"))
            form.add_error(FIELD, ValidationError(message % {"days": days}, "dated_spans"))
            return
        stored = [each.instance for each in self.initial_forms]
        # Those with dates are there no more only because they are marked for deletion.
        is_edited = any(each.has_changed() for each in self.forms if not dated([each.instance]))
        after = spans_after(form.reading, stored) if form.reading else set()
        if is_edited and {day_and_times(row) for row in rows} != after:
            form.refuse_contradiction()

    def save(self, commit: bool = True) -> list[Any]:
        """Save the rows, or instead of them those that the text stands for."""
        reading = self.instance.form.reading
        if reading is None:
            return super().save(commit)
        self.changed_objects: list[Any] = []
        self.new_objects, self.deleted_objects = store_spans(self.instance, reading)
        return self.new_objects


def in_words(hours: OpeningHours, reading: WeeklyHours) -> str:
    """Hours in our words, and what a rule decided in reading them."""
    words = describe_schedule(hours, timezone.localdate())
    return f"{words} ({'; '.join(reading.assumptions)})" if reading.assumptions else words


def _hours_of(reading: WeeklyHours) -> OpeningHours:
    """The hours that a text says, of no place."""
    return OpeningHours(
        code="",
        name="",
        timezone="UTC",
        country="",
        always_open=reading.always_open,
        holidays=reading.holidays or HolidayPolicy.NOT_STATED,
        spans=reading.spans,
    )
