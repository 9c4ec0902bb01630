"""What a directory announces: days with other hours, hours, channels and levels that begin or end.

Closures and public holidays stand in one list. Planned changes of a number are part of its contact.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.editions.document import ServiceDocument
from directory.editions.names import Place, place_of
from directory.hours.holidays import holiday_calendar
from directory.hours.moments import long_date
from directory.hours.rules import deciding_exceptions
from directory.hours.schedule import DayPlan, OpeningHours, ReasonKind, Status
from directory.hours.upcoming import (
    Upcoming,
    UpcomingKind,
    upcoming_exceptions,
    upcoming_holidays,
    upcoming_hours,
    upcoming_validity,
)
from directory.hours.validity import ONE_DAY
from directory.hours.words import describe_day, describe_days, describe_schedule
from directory.hours.zones import with_time_zone_note

DAYS_AHEAD = timedelta(days=30)


class Announced(NamedTuple):
    """What will be different from the day `on` to the day `until`; the same for several places."""

    on: date
    until: date | None
    text: str
    reason: str = ""
    reason_kind: ReasonKind = ReasonKind.NONE


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """What will be different from the day `on` to the day `until`, both included (null: from then
    on). `text` says it in words; `reason` is the name of a public holiday in the active language,
    or an exception's as it was entered, which `reason_kind` says. `places` are the names of the
    channels and levels concerned, none for all, and `where` the same with their kinds."""

    on: date
    until: date | None
    text: str
    reason: str
    places: tuple[str, ...]
    where: tuple[Place, ...] = ()
    reason_kind: ReasonKind = ReasonKind.NONE


def announcements(document: ServiceDocument, at: datetime) -> tuple[Announcement, ...]:
    """What begins, or is still, within DAYS_AHEAD of the day of the aware instant `at`, in order
    of date. Words are in the active language."""
    announced = [*_of_schedules(document, at), *_of_holders(document, at.date())]
    return tuple(sorted(announced, key=lambda each: (each.on, each.until or date.max, each.places)))


def _of_schedules(document: ServiceDocument, at: datetime) -> Iterator[Announcement]:
    """Other days and other hours of what is valid today; what several schedules share is one."""
    holders_of: dict[str, list[Place]] = {}
    for holder in document.holders:
        if holder.schedule and holder.is_valid_on(at.date()):
            holders_of.setdefault(holder.schedule, []).append(place_of(holder, document))
    everywhere = {place for places in holders_of.values() for place in places}
    places_of: dict[Announced, list[Place]] = {}
    for code, places in holders_of.items():
        for announced in _announced(document.schedules[code], at):
            places_of.setdefault(announced, []).extend(places)
    for announced, places in places_of.items():
        where = () if set(places) == everywhere else tuple(dict.fromkeys(places))
        yield _announcement(announced, where)


def _of_holders(document: ServiceDocument, today: date) -> Iterator[Announcement]:
    for holder in document.holders:
        for event in upcoming_validity(holder, today, today + DAYS_AHEAD):
            is_end = event.kind is UpcomingKind.END
            # What began today is simply there.
            if is_end or event.first_day > today:
                text = _("Last day: %(date)s") if is_end else _("Begins on %(date)s")
                text %= {"date": _date(event.first_day)}
                announced = Announced(event.first_day, event.last_day, text)
                yield _announcement(announced, (place_of(holder, document),))


def _announcement(announced: Announced, where: tuple[Place, ...]) -> Announcement:
    names = tuple(place.name for place in where)
    return Announcement(**announced._asdict(), places=names, where=where)


def _announced(schedule: OpeningHours, at: datetime) -> Iterator[Announced]:
    """What a schedule has to announce. Its own today may be another day than the reader's."""
    there = at.astimezone(ZoneInfo(schedule.timezone)).date()
    today = there if there == at.date() else None
    for event in _events(schedule, there):
        kind = event.plan.reason_kind if event.plan else ReasonKind.NONE
        words = with_time_zone_note(_words(event, schedule, today), schedule, there)
        yield Announced(event.first_day, event.last_day, words, event.reason, kind)


def _events(schedule: OpeningHours, today: date) -> Iterator[Upcoming]:
    last = today + DAYS_AHEAD
    names = holiday_calendar(schedule.country, get_language())
    yield from upcoming_exceptions(deciding_exceptions(schedule), today, last)
    for holiday in upcoming_holidays(schedule, today, last, names):
        # On others the usual hours hold, or an exception.
        if holiday.plan and holiday.plan.reason_kind is ReasonKind.HOLIDAY:
            yield holiday
    yield from upcoming_hours(schedule, today + ONE_DAY, last)


def _words(event: Upcoming, schedule: OpeningHours, today: date | None) -> str:
    """“El viernes 4 de diciembre de 2026: cerrado”, “Desde el 1 de diciembre de 2026: …”."""
    if event.plan and event.last_day:
        days = _days(event.first_day, event.last_day, today)
        return f"{days}: {_hours(event.plan)}"
    hours = describe_schedule(schedule, event.first_day)
    return _("From %(date)s on: %(hours)s") % {"date": _date(event.first_day), "hours": hours}


def _hours(plan: DayPlan) -> str:
    return _("hours not confirmed") if plan.status is Status.UNKNOWN else describe_day(plan.spans)


def _days(first: date, last: date, today: date | None) -> str:
    """The days in words, as seen on the day `today`, if it is the same for all."""
    if last == today:
        return _("Today")
    if today and first <= today:
        return _("Today and until %(date)s") % {"date": _date(last)}
    if first == last:
        return _("On %(days)s") % {"days": long_date(first)}
    return _("From %(days)s") % {"days": describe_days(first, last)}


def _date(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
