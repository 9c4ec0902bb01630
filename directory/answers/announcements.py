"""What a directory announces: days with other hours, hours, channels and levels that begin or end.

Planned changes of a number are part of its contact.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
from django.utils import formats, translation
from django.utils.translation import gettext as _

from directory.editions.document import ServiceDocument
from directory.editions.names import Place, place_of
from directory.hours.holidays import holidays_of
from directory.hours.schedule import OpeningHours
from directory.hours.upcoming import (
    Upcoming,
    UpcomingKind,
    exceptional_hours,
    upcoming_hours,
    upcoming_validity,
)
from directory.hours.validity import ONE_DAY
from directory.hours.words import (
    describe_days,
    describe_exception,
    describe_plan,
    describe_schedule,
)
from directory.hours.zones import with_time_zone_note

DAYS_AHEAD = timedelta(days=14)


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """What will be different from the day `on` to the day `until`, both included (null: from then
    on). `text` says it in words; `places` are the names of the channels and levels concerned, none
    for all, and `where` the same with their kinds."""

    on: date
    until: date | None
    text: str
    reason: str
    places: tuple[str, ...]
    where: tuple[Place, ...] = ()


def announcements(document: ServiceDocument, today: date) -> tuple[Announcement, ...]:
    """What begins, or is still, within DAYS_AHEAD of `today`, in order of date. Words are in the
    active language."""
    announced = [*_of_schedules(document, today), *_of_holders(document, today)]
    return tuple(sorted(announced, key=lambda each: (each.on, each.until or date.max, each.places)))


def _of_schedules(document: ServiceDocument, today: date) -> Iterator[Announcement]:
    """Other days and other hours of what is valid today; what several schedules share is one."""
    holders_of: dict[str, list[Place]] = {}
    for holder in document.holders:
        if holder.schedule and holder.is_valid_on(today):
            holders_of.setdefault(holder.schedule, []).append(place_of(holder, document))
    everywhere = {place for places in holders_of.values() for place in places}
    places_of: dict[tuple[date, date | None, str, str], list[Place]] = {}
    for code, places in holders_of.items():
        schedule = document.schedules[code]
        for event in _events(schedule, today):
            text = with_time_zone_note(_words(event, schedule, today), schedule, today)
            key = event.first_day, event.last_day, text, event.reason
            places_of.setdefault(key, []).extend(places)
    for key, places in places_of.items():
        yield _announcement(*key, () if set(places) == everywhere else tuple(dict.fromkeys(places)))


def _of_holders(document: ServiceDocument, today: date) -> Iterator[Announcement]:
    for holder in document.holders:
        for event in upcoming_validity(holder, today, today + DAYS_AHEAD):
            is_end = event.kind is UpcomingKind.END
            # What began today is simply there.
            if is_end or event.first_day > today:
                text = _("Last day: %(date)s") if is_end else _("Begins on %(date)s")
                text %= {"date": _date(event.first_day)}
                place = place_of(holder, document)
                yield _announcement(event.first_day, event.last_day, text, "", (place,))


def _announcement(
    on: date, until: date | None, text: str, reason: str, where: tuple[Place, ...]
) -> Announcement:
    names = tuple(place.name for place in where)
    return Announcement(on=on, until=until, text=text, reason=reason, places=names, where=where)


def _events(schedule: OpeningHours, today: date) -> Iterator[Upcoming]:
    last = today + DAYS_AHEAD
    holidays = holidays_of(schedule, translation.get_language())
    yield from exceptional_hours(schedule, today, last, holidays)
    yield from upcoming_hours(schedule, today + ONE_DAY, last)


def _words(event: Upcoming, schedule: OpeningHours, today: date) -> str:
    """“El 4 de diciembre de 2026: cerrado”, “Desde el 1 de diciembre de 2026: …”."""
    if event.exception and event.last_day:
        days = _days(event.first_day, event.last_day, today)
        plan, exception = event.plan, event.exception
        return f"{days}: {describe_plan(plan) if plan else describe_exception(exception)}"
    hours = describe_schedule(schedule, event.first_day)
    return _("From %(date)s on: %(hours)s") % {"date": _date(event.first_day), "hours": hours}


def _days(first: date, last: date, today: date) -> str:
    if last == today:
        return _("Today")
    if first <= today:
        return _("Today and until %(date)s") % {"date": _date(last)}
    days = {"days": describe_days(first, last)}
    return _("On %(days)s") % days if first == last else _("From %(days)s") % days


def _date(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
