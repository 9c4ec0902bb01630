"""What is coming, for all services: replacements, times of validity, exceptions, public holidays.

For staff, so it is read from the rows; what it is, is computed in `directory.hours.upcoming`. The
calendar page shows the first of it and the start page the first of each kind. Queries are constant,
however much is planned.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import NamedTuple, Protocol

from django.apps import apps
from django.db.models import Case, Model, Prefetch, Q, When
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.hours.holidays import holiday_calendar, holidays_of, place_in_words
from directory.hours.moments import clock
from directory.hours.rules import day_plan
from directory.hours.schedule import DayPlan, HolidayName, OpeningHours, Status
from directory.hours.upcoming import (
    Upcoming,
    UpcomingKind,
    public_holidays,
    upcoming_exceptions,
    upcoming_hours,
    upcoming_replacements,
    upcoming_validity,
)
from directory.hours.validity import ONE_DAY
from directory.hours.words import describe_exception, describe_plan, describe_schedule
from directory.hours.zones import (
    in_brackets,
    time_zone_note,
    with_time_zone_note,
    zone_note_on,
)
from directory.models import ContactPoint, Notice, Schedule, ScheduleException, TimeSpan
from directory.models.schedule_exceptions import SOME_SCHEDULES
from directory.models.validity import ValidityModel
from directory.upkeep.naming import and_more

ORDER = list(UpcomingKind)
# The pages say how many more there are.
SCHEDULES_AT_MOST = 100
NAMED_AT_MOST = 4
RowsAndHours = list[tuple[Schedule, OpeningHours]]
# Country and subdivision.
Place = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that is coming. `subjects` are the rows that say so, to be linked; `details` are
    sentences, and `hours` are those of an exception, in words."""

    what: Upcoming
    text: str
    hours: str = ""
    subjects: tuple[Model, ...] = ()
    details: tuple[str, ...] = ()

    @property
    def on(self) -> date:
        """The first day."""
        return self.what.first_day

    @property
    def until(self) -> date:
        """The last day of an exception or an absence; of the rest, what happens on one day, that
        day."""
        is_several_days = self.what.kind in (UpcomingKind.EXCEPTION, UpcomingKind.ABSENCE)
        return self.what.last_day or self.on if is_several_days else self.on


class Provider(Protocol):
    """The events of an app from the day `first` to the day `last`; the first `at_most` of them."""

    def __call__(self, first: date, last: date, at_most: int | None = None) -> Iterable[Event]: ...


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Have the events of another app in the calendar; called once, from its `AppConfig.ready`."""
    _providers.append(provider)


class HolidayPlan(NamedTuple):
    """What a schedule does on a holiday; `zone` is whose time that is, where it has to be said."""

    schedule: Schedule
    plan: DayPlan
    zone: str


@dataclass(frozen=True, kw_only=True)
class HolidayPlans:
    """A public holiday, and what each schedule of its places does on it. `place` names these, and
    is empty where they are all that schedules have."""

    what: Upcoming
    place: str
    plans: tuple[HolidayPlan, ...]

    @property
    def name(self) -> str:
        """“Navidad”, “Fiesta de la Comunidad de Madrid · Madrid (ES-MD)”."""
        return f"{self.what.reason} · {self.place}" if self.place else self.what.reason


def upcoming_events(first: date, last: date, at_most: int | None = None) -> list[Event]:
    """The events of the days from `first` to `last`, both included, in order, in the active
    language; the first `at_most` of them. What happens on holidays is said of SCHEDULES_AT_MOST."""
    dated = ScheduleException.objects.of_days(first, last).prefetch_related("spans")
    for_all = list(dated.for_all())
    rows = Schedule.objects.prefetch_related("spans", Prefetch("exceptions", dated))
    schedules = [(row, row.as_hours(for_all)) for row in rows[:SCHEDULES_AT_MOST]]
    some = Schedule.objects.prefetch_related("spans")[:SOME_SCHEDULES]
    exceptions = dated.with_some_schedules(some).order_by("first_day", "pk")
    events = [
        *replacement_events(first, last, at_most),
        *validity_events(first, last, at_most),
        *notice_events(_midnight(first), _midnight(last + ONE_DAY), at_most),
        *_hours(first, last),
        *exception_events(exceptions[:at_most], first, last, [row for row, _hours in schedules]),
        *_holidays(schedules, first, last),
        *chain.from_iterable(provider(first, last, at_most) for provider in _providers),
    ]
    events.sort(key=lambda event: (event.on, ORDER.index(event.what.kind), event.text))
    return events[:at_most]


def _midnight(day: date) -> datetime:
    """When a day begins, in the organisation's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def replacement_events(first: date, last: date, at_most: int | None = None) -> Iterator[Event]:
    """The contact points that another one takes the place of; the first `at_most` of them."""
    points = ContactPoint.objects.filter(replaced_on__range=(first, last))
    for point in points.select_related("replaced_by").order_by("replaced_on", "pk")[:at_most]:
        new, day = point.replaced_by, point.replaced_on
        if new is None or day is None:
            continue
        words = {"before": point.display, "after": new.display}
        for what in upcoming_replacements([day], first, last):
            yield Event(
                what=what,
                text=_("%(before)s is replaced by %(after)s") % words,
                subjects=(point, new),
            )


def validity_events(first: date, last: date, at_most: int | None = None) -> Iterator[Event]:
    """The first and last days of whatever may hold for a time only, in every app; of the first
    `at_most` rows of each model. Those of hours are left out."""
    begins = Case(When(valid_from__range=(first, last), then="valid_from"), default="valid_until")
    within = Q(valid_from__range=(first, last)) | Q(valid_until__range=(first, last))
    for model in apps.get_models():
        if not issubclass(model, ValidityModel) or model is TimeSpan:
            continue
        rows = model._default_manager.filter(within).select_related(*model.validity_related)
        for row in rows.order_by(begins, "pk")[:at_most]:
            subject = row.validity_subject()
            # A row without a page of its own is named beside the one that has it.
            details = () if subject == row else (str(row),)
            for what in upcoming_validity(row, first, last):
                text = _validity_words(what)
                yield Event(what=what, text=text, subjects=(subject,), details=details)


def span_events(schedules: Iterable[Schedule], first: date, last: date) -> Iterator[Event]:
    """The first and last days of single hours of schedules."""
    for schedule in schedules:
        for span in schedule.spans.all():
            for what in upcoming_validity(span, first, last):
                yield Event(
                    what=what,
                    text=_validity_words(what),
                    subjects=(schedule,),
                    details=(f"{schedule.name} › {span}",),
                )


def notice_events(begin: datetime, end: datetime, at_most: int | None = None) -> Iterator[Event]:
    """The notices that begin and end between two aware instants, the later one excluded, and that
    nobody has ended; the first `at_most` of them."""
    begins, ends = Q(since__gte=begin, since__lt=end), Q(until__gte=begin, until__lt=end)
    rows = Notice.objects.not_ended().with_subjects().filter(begins | ends)
    for row in rows.order_by(Case(When(begins, then="since"), default="until"), "pk")[:at_most]:
        subjects = (row, row.subject) if row.subject else (row,)
        for at, words in ((row.since, _("Begins: %s")), (row.until, _("Ends: %s"))):
            if at and begin <= at < end:
                there = timezone.localtime(at)
                yield Event(
                    what=Upcoming(kind=UpcomingKind.NOTICE, first_day=there.date(), last_day=None),
                    text=words % row.text,
                    details=(clock(there),),
                    subjects=subjects,
                )


def exception_events(
    rows: Iterable[ScheduleException], first: date, last: date, schedules: Collection[Schedule]
) -> Iterator[Event]:
    """The exceptions among `rows`, with some of their schedules and their spans. Those for all that
    are of each month have the working days of `schedules`."""
    for row in rows:
        exception = row.as_hours(for_all=not row.schedule_count)
        # Where its schedules are of several zones it holds in each.
        zones = {zone_note_on(schedule.timezone, first) for schedule in row.some_schedules}
        zone = zones.pop() if len(zones) == 1 else ""
        hours = in_brackets(describe_exception(exception), zone)
        kept = [*_hours_with(row, schedules)] if row.monthly else ()
        for what in upcoming_exceptions([exception], first, last, kept):
            yield Event(
                what=what,
                text=f"{row.reason}: {hours}",
                hours=hours,
                subjects=(row,),
                details=(whose_hours(row),),
            )


def _hours_with(
    row: ScheduleException, schedules: Collection[Schedule]
) -> Iterator[tuple[OpeningHours, HolidayName]]:
    """The hours that an exception concerns, with their holidays."""
    is_named = bool(row.schedule_count)
    for schedule in row.some_schedules if is_named else schedules:
        hours = schedule.as_hours((), [row]) if is_named else schedule.as_hours([row], ())
        if hours.exceptions:
            yield hours, holidays_of(hours, translation.get_language())


def whose_hours(row: ScheduleException) -> str:
    """The schedules that an exception names, of `with_some_schedules`: the first of them and how
    many more there are; or which are all."""
    if not row.schedule_count:
        return (
            _("all schedules") if row.also_always_open else _("all schedules but the 24-hour ones")
        )
    names = [str(schedule) for schedule in row.some_schedules[:NAMED_AT_MOST]]
    return " · ".join([*names, *and_more(row.schedule_count - len(names))])


def holiday_plans(schedules: RowsAndHours, first: date, last: date) -> list[HolidayPlans]:
    """The public holidays, in order, and what each schedule of the place does on them. Places of
    one country share theirs."""
    by_place: dict[Place, RowsAndHours] = {}
    for row, schedule in schedules:
        by_place.setdefault((schedule.country, schedule.subdivision), []).append((row, schedule))
    found: dict[tuple[str, Upcoming], dict[Place, list[HolidayPlan]]] = {}
    for place, rows in by_place.items():
        names = holiday_calendar(*place, translation.get_language())
        for holiday in public_holidays(first, last, names):
            day = holiday.first_day
            found.setdefault((place[0], holiday), {})[place] = [
                HolidayPlan(row, day_plan(schedule, day, names), time_zone_note(schedule, day))
                for row, schedule in rows
            ]
    planned = [
        HolidayPlans(
            what=holiday,
            place=_places_in_words(country, set(plans), set(by_place)),
            plans=tuple(chain.from_iterable(plans.values())),
        )
        for (country, holiday), plans in found.items()
    ]
    return sorted(planned, key=lambda holiday: (holiday.what.first_day, holiday.place))


def _places_in_words(country: str, places: set[Place], known: set[Place]) -> str:
    if places == known:
        return ""
    if places == {place for place in known if place[0] == country}:
        return country
    return ", ".join(sorted(place_in_words(*place) for place in places))


def _validity_words(what: Upcoming) -> str:
    return _("First day") if what.kind is UpcomingKind.BEGINNING else _("Last day")


def _hours(first: date, last: date) -> Iterator[Event]:
    """The days on which the hours of a week become others."""
    begins = Q(valid_from__range=(first, last))
    ends = Q(valid_until__range=(first - ONE_DAY, last))
    spans = TimeSpan.objects.filter(begins | ends | Q(every_year=True)).order_by()
    rows = Schedule.objects.filter(pk__in=spans.values("schedule")).prefetch_related("spans")
    for row in rows:
        schedule = row.as_hours(own_exceptions=())
        for what in upcoming_hours(schedule, first, last):
            days = what.first_day - ONE_DAY, what.first_day
            before, after = (
                with_time_zone_note(describe_schedule(schedule, day), schedule, day) for day in days
            )
            yield Event(
                what=what,
                text=_("%(schedule)s: new hours") % {"schedule": row},
                subjects=(row,),
                details=(f"{before} → {after}",),
            )


def _holidays(schedules: RowsAndHours, first: date, last: date) -> Iterator[Event]:
    for holiday in holiday_plans(schedules, first, last):
        yield Event(
            what=holiday.what,
            text=holiday.name,
            details=tuple(_plan_sentences(holiday.plans)),
        )


def _plan_sentences(plans: Iterable[HolidayPlan]) -> Iterator[str]:
    """“Oficina · Soporte: cerrado”: the schedules by what they do."""
    names_of: dict[str, list[str]] = {}
    for row, plan, zone in plans:
        hours = in_brackets(describe_plan(plan), zone)
        if plan.status is Status.UNKNOWN and plan.reason:
            hours = _("%(hours)s, not confirmed") % {"hours": hours}
        names_of.setdefault(hours, []).append(str(row))
    for hours, names in names_of.items():
        yield f"{' · '.join(names)}: {hours}"
