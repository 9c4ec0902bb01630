"""What a directory announces: days with other hours; hours, channels and levels that begin or end;
notices that begin; who will stand in for somebody.

Closures and public holidays stand in one list. Planned changes of a number are part of its contact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.answers.notices import concerns, effect_in_words, is_general
from directory.answers.standing_in import Answering, StandInKind, stand_ins, who_answers
from directory.contacts.remembered import remembered
from directory.editions.document import (
    Holder,
    PublishedChannel,
    PublishedLevel,
    PublishedNotice,
    ServiceDocument,
)
from directory.editions.names import Place, place_of
from directory.hours.holidays import holidays_of
from directory.hours.moments import deadline, last_day, long_date, moment
from directory.hours.rules import day_plan, usual_plan
from directory.hours.schedule import (
    ExceptionEffect,
    HolidayName,
    OpeningHours,
    ReasonKind,
)
from directory.hours.upcoming import (
    Upcoming,
    UpcomingKind,
    unusual_days,
    upcoming_hours,
    upcoming_validity,
)
from directory.hours.validity import ONE_DAY
from directory.hours.words import describe_days, describe_upcoming
from directory.hours.zones import with_time_zone_note

DAYS_AHEAD = timedelta(days=30)
# Of days off and holidays in a row, at the ends of an exception.
LONGEST_REST = 10
REASONS = {
    UpcomingKind.EXCEPTION: ReasonKind.EXCEPTION,
    UpcomingKind.HOLIDAY: ReasonKind.HOLIDAY,
}


class Announced(NamedTuple):
    """What will be different from the day `on` to the day `until`; the same for several places."""

    on: date
    until: date | None
    text: str
    reason: str = ""
    reason_kind: ReasonKind = ReasonKind.NONE
    is_today: bool = False


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """What will be different from the day `on` to the day `until`, both included (null: from then
    on). `text` says it in words; `reason` is the name of a public holiday in the active language,
    or an exception's or the text of a notice as it was entered, which `reason_kind` says. `places`
    are the names of the channels and levels concerned, none for all, and `where` the same with
    their kinds. `channels` are the codes of the channels of which days or hours are announced, all
    of them; `is_today`: it makes today different for them."""

    on: date
    until: date | None
    text: str
    reason: str
    places: tuple[str, ...]
    where: tuple[Place, ...] = ()
    reason_kind: ReasonKind = ReasonKind.NONE
    channels: tuple[str, ...] = ()
    is_today: bool = False


def announcements(document: ServiceDocument, at: datetime) -> tuple[Announcement, ...]:
    """What begins, or is still, within DAYS_AHEAD of the day of the aware instant `at`, in order
    of date. Words are in the active language."""
    today = at.date()
    announced = [
        *_of_schedules(document, at),
        *_of_holders(document, today),
        *_of_absences(document, today),
        *_of_notices(document, at),
    ]
    return tuple(sorted(announced, key=lambda each: (each.on, each.until or date.max, each.places)))


def _of_schedules(document: ServiceDocument, at: datetime) -> Iterator[Announcement]:
    """Other days and other hours of what is valid today; what several schedules share is one."""
    holders_of: dict[str, list[Holder]] = {}
    for holder in document.holders:
        schedule = _on(at.date(), holder, document).schedule
        if schedule and holder.is_valid_on(at.date()):
            holders_of.setdefault(schedule, []).append(holder)
    place = {id(e): place_of(e, document) for some in holders_of.values() for e in some}
    everywhere = set(place.values())
    concerned: dict[Announced, list[Holder]] = {}
    alike: dict[OpeningHours, Sequence[Announced]] = {}
    for code, holders in holders_of.items():
        hours = replace(document.schedules[code], code="", name="")
        if hours not in alike:
            there = at.astimezone(ZoneInfo(hours.timezone)).date()
            alike[hours] = _announced(hours, there, at.date())
        for announced in alike[hours]:
            concerned.setdefault(announced, []).extend(holders)
    for announced, holders in concerned.items():
        places = dict.fromkeys(place[id(each)] for each in holders)
        where = () if set(places) == everywhere else tuple(places)
        channels = (each.code for each in holders if isinstance(each, PublishedChannel))
        yield msgspec.structs.replace(_announcement(announced, where), channels=tuple(channels))


def _on(day: date, holder: Holder, document: ServiceDocument) -> Holder:
    """The channel or level as it is on a day: while somebody is away, with who stands in."""
    if isinstance(holder, PublishedLevel):
        return who_answers(document.escalation, holder, day).level
    return holder


def _of_absences(document: ServiceDocument, today: date) -> Iterator[Announcement]:
    """Who will answer instead of somebody who will be away."""
    places_of: dict[Announced, dict[Place, None]] = {}
    for level in document.escalation.levels:
        coming = stand_ins(document.escalation, level, today, today + DAYS_AHEAD)
        for stretch, answering in coming:
            # Who is away today is told on the level.
            if stretch.first_day > today and level.is_valid_on(stretch.first_day):
                first, last = stretch.first_day, stretch.last_day
                announced = Announced(first, last, _who_answers(level, answering, first, last))
                places_of.setdefault(announced, {})[place_of(level, document)] = None
    for announced, places in places_of.items():
        yield _announcement(announced, tuple(places))


def _who_answers(level: PublishedLevel, answering: Answering, first: date, last: date) -> str:
    """“Del 1 al 15 de diciembre de 2026: Orlando responde en reemplazo de Nelson”."""
    names = {"away": level.person or level.name, "who": answering.named}
    match answering.standing_in and answering.standing_in.kind:
        case StandInKind.SOMEBODY_ELSE:
            words = _("%(who)s answers in place of %(away)s") % names
        case StandInKind.CONTACT_POINTS:
            words = _("%(away)s is away and answers at other contacts") % names
        case _nobody:
            words = _("%(away)s is away, and nobody stands in") % names
    return f"{_days(first, last, None)}: {words}"


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


def _of_notices(document: ServiceDocument, at: datetime) -> Iterator[Announcement]:
    """Notices that begin, on what is there on that day; when they end is a part of them."""
    for notice in document.notices:
        since = notice.since.astimezone(at.tzinfo)
        day = since.date()
        if since <= at or day > at.date() + DAYS_AHEAD:
            continue
        places = [
            place_of(each, document)
            for each in (() if is_general(notice) else document.holders)
            if each.is_valid_on(day) and concerns(notice, _on(day, each, document), day)
        ]
        if places or is_general(notice):
            yield _announcement(_of_notice(notice, since, at), tuple(dict.fromkeys(places)))


def _of_notice(notice: PublishedNotice, since: datetime, at: datetime) -> Announced:
    """“Mañana a las 10 p.m., hasta el lunes a las 2 a.m.: fuera de servicio”."""
    until = notice.until and notice.until.astimezone(at.tzinfo)
    # The day is not said twice.
    is_one_day = until and until.date() == since.date()
    words = {
        "since": capfirst(moment(since, at)),
        "until": deadline(until, since if is_one_day else at) if until else _("further notice"),
    }
    text = _("%(since)s, until %(until)s") % words
    if effect := effect_in_words(notice):
        text = f"{text}: {effect}"
    return Announced(since.date(), until and last_day(until), text, notice.text, ReasonKind.NOTICE)


def _announcement(announced: Announced, where: tuple[Place, ...]) -> Announcement:
    names = tuple(place.name for place in where)
    return Announcement(**announced._asdict(), places=names, where=where)


@remembered(512)
def _announced(schedule: OpeningHours, there: date, here: date) -> tuple[Announced, ...]:
    """What a schedule has to announce. Its own today, `there`, may be another day than `here`, the
    reader's."""
    names = holidays_of(schedule, get_language())
    is_unusual = _is_unusual(schedule, there, names)
    found = []
    for event in _events(schedule, there, names):
        if event.exception and event.exception.effect is not ExceptionEffect.CLOSED:
            event = _without_days_as_usual(event, schedule, there, names)
        kind = REASONS.get(event.kind, ReasonKind.NONE)
        # For readers it may be another day.
        hours = with_time_zone_note(describe_upcoming(event, schedule), schedule, there)
        text = _words(event, hours, there if is_unusual and there == here else None)
        last_day = event.last_day or event.first_day
        is_today = is_unusual and event.first_day <= there <= last_day
        found.append(Announced(event.first_day, event.last_day, text, event.reason, kind, is_today))
    return tuple(found)


def _events(schedule: OpeningHours, today: date, names: HolidayName) -> Iterator[Upcoming]:
    last = today + DAYS_AHEAD
    yield from unusual_days(schedule, today, last, names)
    yield from upcoming_hours(schedule, today + ONE_DAY, last)


def _is_unusual(schedule: OpeningHours, today: date, names: HolidayName) -> bool:
    """Whether today is a holiday, or an exception makes something of it: not on a day off."""
    is_holiday = day_plan(schedule, today, names).reason_kind is ReasonKind.HOLIDAY
    return is_holiday or _is_excepted(schedule, today, names)


def _without_days_as_usual(
    event: Upcoming, schedule: OpeningHours, today: date, names: HolidayName
) -> Upcoming:
    """The same without days off and holidays at its beginning, if that is to come, and its end:
    on these its hours do not hold."""
    first, last = event.first_day, event.last_day or event.first_day
    for _number in range(LONGEST_REST):
        if today < first < last and not _is_excepted(schedule, first, names):
            first += ONE_DAY
        if first < last and not _is_excepted(schedule, last, names):
            last -= ONE_DAY
    return replace(event, first_day=first, last_day=last)


def _is_excepted(schedule: OpeningHours, day: date, names: HolidayName) -> bool:
    return day_plan(schedule, day, names).spans != usual_plan(schedule, day, names).spans


def _words(event: Upcoming, hours: str, today: date | None) -> str:
    """“El viernes 4 de diciembre de 2026: cerrado”, “Desde el 1 de diciembre de 2026: …”."""
    if event.last_day is None:
        return _("From %(date)s on: %(hours)s") % {"date": _date(event.first_day), "hours": hours}
    return f"{_days(event.first_day, event.last_day, today)}: {hours}"


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
