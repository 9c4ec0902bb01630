"""The days on which a directory will not be as usual, for calendars: other hours, public holidays,
new hours, numbers that change, what begins or ends, planned notices.

Unlike announcements they name no “today”: the same days are told in the same words whenever they
are asked for. Absences are left out: who is away is for the page alone.
"""

import calendar
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.answers.notices import effect_in_words
from directory.contacts.kinds import kind_of
from directory.contacts.readers import may_be_abroad
from directory.contacts.remembered import remembered
from directory.editions.document import (
    Holder,
    PublishedContact,
    PublishedLevel,
    Replacement,
    ServiceDocument,
)
from directory.editions.names import place_of
from directory.hours.holidays import holidays_of
from directory.hours.schedule import OpeningHours
from directory.hours.upcoming import (
    Upcoming,
    UpcomingKind,
    unusual_days,
    upcoming_hours,
    upcoming_replacements,
    upcoming_validity,
)
from directory.hours.words import describe_upcoming
from directory.hours.zones import with_time_zone_note

MONTHS_AHEAD = 12
Cause = tuple[UpcomingKind, date, date, str]
"""What stands together: its kind, first and last day, and name."""


@dataclass(frozen=True)
class PlannedDays:
    """What is not as usual: from the day `begins` to the day `ends`, both included, or of a notice
    from one aware instant to the other; without an end it only begins. `title` is a few words,
    `details` are sentences. `identity` names it in every language and edition."""

    kind: UpcomingKind
    begins: date | datetime
    ends: date | datetime | None
    title: str
    details: tuple[str, ...]
    identity: str


@dataclass
class _Days:
    """Events of one cause on the same days: what holds where."""

    event: Upcoming
    places: dict[str, list[str]] = field(default_factory=dict)

    def add(self, words: str, place: str) -> None:
        at = self.places.setdefault(words, [])
        if place not in at:
            at.append(place)


def window(day: date) -> tuple[date, date]:
    """The first and the last day that a calendar has on a day: whole months, so that it does not
    change from one day to the next; those before this one stay for two months."""
    first, last = day.year * 12 + day.month - 3, day.year * 12 + day.month - 1 + MONTHS_AHEAD
    year, month = divmod(last, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(first // 12, first % 12 + 1, 1), date(year, month + 1, last_day)


def planned_days(document: ServiceDocument, first: date, last: date) -> list[PlannedDays]:
    """What is not as usual on some of the days from `first` to `last`, in order, in the active
    language."""
    planned = [
        *_of_schedules(document, first, last),
        *_of_holders(document, first, last),
        *_of_contacts(document, first, last),
        *_of_notices(document, first, last),
    ]
    return sorted(planned, key=lambda each: (f"{each.begins:%Y%m%d}", each.identity))


def _of_schedules(document: ServiceDocument, first: date, last: date) -> Iterator[PlannedDays]:
    """Exceptions, holidays and new hours; the same of several schedules is one. They are called by
    their first day, so that they stay the same when words or ends are corrected."""
    found: dict[Cause, _Days] = {}
    with_hours = [each for each in document.holders if each.schedule]
    for holder in with_hours:
        place = str(place_of(holder, document))
        for event, words in _events(document.schedules[holder.schedule], first, last):
            days = {event.first_day, event.last_day or event.first_day}
            if any(holder.is_valid_on(day) for day in days):
                cause = event.kind, event.first_day, event.last_day or date.max, event.reason
                found.setdefault(cause, _Days(event)).add(words, place)
    named = Counter[str]()
    for (kind, begins, *_rest), one in sorted(found.items(), key=itemgetter(0)):
        identity = f"{kind} {begins}"
        named[identity] += 1
        if named[identity] > 1:
            identity = f"{identity} {named[identity]}"
        yield _planned(one.event, identity, *_told(one, len(with_hours)))


@remembered(64)
def _events(schedule: OpeningHours, first: date, last: date) -> list[tuple[Upcoming, str]]:
    """What a schedule, which many share, does on these days, and the hours on them in words."""
    names = holidays_of(schedule, get_language())
    events = (*unusual_days(schedule, first, last, names), *upcoming_hours(schedule, first, last))
    words = ((event, describe_upcoming(event, schedule)) for event in events)
    return [(event, with_time_zone_note(told, schedule, event.first_day)) for event, told in words]


def _told(one: _Days, holders: int) -> tuple[str, tuple[str, ...]]:
    """The title and the sentences: hours that hold everywhere stand in the title."""
    what = _("New hours") if one.event.kind is UpcomingKind.HOURS else one.event.reason
    sentences = tuple(f"{', '.join(places)}: {words}" for words, places in one.places.items())
    if len(one.places) > 1:
        return what or _("Other hours"), sentences
    words, places = next(iter(one.places.items()))
    title = f"{what}: {words}" if what else capfirst(words)
    return title, sentences if len(places) < holders else ()


def _of_holders(document: ServiceDocument, first: date, last: date) -> Iterator[PlannedDays]:
    """Channels and levels that begin or have their last day."""
    for holder in document.holders:
        for event in upcoming_validity(holder, first, last):
            is_end = event.kind is UpcomingKind.END
            title = _("Last day: %(what)s") if is_end else _("Begins: %(what)s")
            title %= {"what": place_of(holder, document)}
            yield _planned(event, f"{event.kind} {event.first_day} {_code(holder)}", title, ())


def _of_contacts(document: ServiceDocument, first: date, last: date) -> Iterator[PlannedDays]:
    """Numbers and addresses that others take the place of; wherever they are given is one."""
    is_abroad = document.is_international or may_be_abroad()
    found: dict[str, tuple[Upcoming, str, list[str]]] = {}
    for holder in document.holders:
        for contact in holder.contacts:
            before: PublishedContact | Replacement = contact
            for after in contact.replacements:
                for event in upcoming_replacements([after.on], first, last):
                    title = f"{_shown(before, is_abroad)} → {_shown(after, is_abroad)}"
                    identity = f"{event.kind} {after.on} {before.code} {after.code}"
                    places = found.setdefault(identity, (event, title, []))[2]
                    if (place := str(place_of(holder, document))) not in places:
                        places.append(place)
                before = after
    for identity, (event, title, places) in found.items():
        yield _planned(event, identity, title, (", ".join(places),))


def _of_notices(document: ServiceDocument, first: date, last: date) -> Iterator[PlannedDays]:
    """Notices of known times: what is in force until further notice has no place in a calendar."""
    for notice in document.notices:
        if notice.until and first <= notice.until.date() and notice.since.date() <= last:
            effect = capfirst(effect_in_words(notice))
            title = f"{effect}: {notice.text}" if effect else notice.text
            kind = UpcomingKind.NOTICE
            identity = f"{kind} {notice.code}"
            yield PlannedDays(kind, notice.since, notice.until, title, (), identity)


def _planned(event: Upcoming, identity: str, title: str, details: tuple[str, ...]) -> PlannedDays:
    """From “from then on” a calendar has the first day."""
    return PlannedDays(event.kind, event.first_day, event.last_day, title, details, identity)


def _shown(contact: PublishedContact | Replacement, is_abroad: bool) -> str:
    return kind_of(contact.kind).shown(contact.value, is_abroad)


def _code(holder: Holder) -> str:
    if isinstance(holder, PublishedLevel):
        return f"{holder.level} {holder.contact}"
    return holder.code
