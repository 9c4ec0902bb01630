"""What is coming, for all services: replacements, times of validity, exceptions, public holidays.

For staff, so it is read from the rows. A constant number of queries, however much is planned.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.apps import apps
from django.db.models import Model, Q
from django.utils import translation
from django.utils.translation import gettext as _

from directory.hours.holidays import holiday_calendar
from directory.hours.rules import day_plan
from directory.hours.words import describe_day, describe_plan, describe_schedule
from directory.models import ContactPoint, Schedule, ScheduleException, TimeSpan
from directory.models.validity import ValidityModel

ONE_DAY = timedelta(days=1)


class EventKind(StrEnum):
    REPLACEMENT = "replacement"
    VALIDITY = "validity"
    HOURS = "hours"
    EXCEPTION = "exception"
    HOLIDAY = "holiday"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something from the day `on` to the day `until`, both included. `subjects` are the rows that
    say so, to be linked; `details` are sentences."""

    on: date
    until: date
    kind: EventKind
    text: str
    subjects: tuple[Model, ...] = ()
    details: tuple[str, ...] = ()


def upcoming_events(first: date, last: date) -> list[Event]:
    """The events of the days from `first` to `last`, both included, in order, in the active
    language."""
    for_all = list(ScheduleException.objects.filter(schedule=None).prefetch_related("spans"))
    rows = Schedule.objects.prefetch_related("spans", "exceptions__spans")
    schedules = [(row, row.as_hours(for_all)) for row in rows]
    found = [
        *_replacements(first, last),
        *validities(first, last),
        *_hours(schedules, first, last),
        *_exceptions(first, last),
        *_holidays(schedules, first, last),
    ]
    return sorted(found, key=lambda event: (event.on, event.kind, event.text))


def _replacements(first, last) -> Iterator[Event]:
    points = ContactPoint.objects.filter(replaced_on__range=(first, last))
    for point in points.select_related("replaced_by"):
        words = {"before": point.display, "after": point.replaced_by.display}
        yield Event(
            on=point.replaced_on,
            until=point.replaced_on,
            kind=EventKind.REPLACEMENT,
            text=_("%(before)s is replaced by %(after)s") % words,
            subjects=(point, point.replaced_by),
        )


def validities(first: date, last: date) -> Iterator[Event]:
    """The first and last days of whatever may hold for a time only, in every app, from `first` to
    `last`, both included. Those of hours are left out."""
    within = Q(valid_from__range=(first, last)) | Q(valid_until__range=(first, last))
    for model in apps.get_models():
        if not issubclass(model, ValidityModel) or model is TimeSpan:
            continue
        for row in model.objects.filter(within).select_related(*model.validity_related):
            days = ((row.valid_from, _("First day")), (row.valid_until, _("Last day")))
            for day, text in days:
                if day and first <= day <= last:
                    subjects = (row.validity_subject(),)
                    # A row without a page of its own is named beside the one that has it.
                    details = () if subjects == (row,) else (str(row),)
                    yield Event(
                        on=day,
                        until=day,
                        kind=EventKind.VALIDITY,
                        text=text,
                        subjects=subjects,
                        details=details,
                    )


def _hours(schedules, first, last) -> Iterator[Event]:
    """The days on which the hours of a week become others."""
    for row, schedule in schedules:
        begins = {span.valid_from for span in schedule.spans if span.valid_from}
        begins |= {span.valid_until + ONE_DAY for span in schedule.spans if span.valid_until}
        for day in sorted(begins):
            before, after = (describe_schedule(schedule, each) for each in (day - ONE_DAY, day))
            if first <= day <= last and before != after:
                text = _("%(schedule)s: new hours") % {"schedule": row}
                details = (f"{before} → {after}",)
                yield Event(
                    on=day,
                    until=day,
                    kind=EventKind.HOURS,
                    text=text,
                    subjects=(row,),
                    details=details,
                )


def _exceptions(first, last) -> Iterator[Event]:
    exceptions = ScheduleException.objects.filter(first_day__lte=last, last_day__gte=first)
    for row in exceptions.select_related("schedule").prefetch_related("spans"):
        hours = describe_day(row.as_hours().spans)
        yield Event(
            on=row.first_day,
            until=row.last_day,
            kind=EventKind.EXCEPTION,
            text=f"{row.reason}: {hours}",
            subjects=(row,),
            details=(str(row.schedule) if row.schedule else _("all schedules"),),
        )


def _holidays(schedules, first, last) -> Iterator[Event]:
    """The public holidays, and what each schedule of the country does on them."""
    language = translation.get_language()
    countries = sorted({schedule.country for _row, schedule in schedules})
    for country in countries:
        name_of = holiday_calendar(country, language)
        kept = [(row, schedule) for row, schedule in schedules if schedule.country == country]
        for day in _days(first, last):
            if name := name_of(day):
                yield Event(
                    on=day,
                    until=day,
                    kind=EventKind.HOLIDAY,
                    text=f"{name} ({country})" if len(countries) > 1 else name,
                    details=tuple(_on_holiday(kept, day, name_of)),
                )


def _on_holiday(schedules: Iterable, day, name_of) -> list[str]:
    doing: dict[str, list[str]] = {}
    for row, schedule in schedules:
        plan = day_plan(schedule, day, name_of)
        hours = describe_plan(plan)
        if plan.status == "unknown" and plan.reason:
            hours = _("%(hours)s, not confirmed") % {"hours": hours}
        doing.setdefault(hours, []).append(str(row))
    return [f"{' · '.join(names)}: {hours}" for hours, names in doing.items()]


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=days) for days in range((last - first).days + 1))
