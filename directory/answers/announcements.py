"""What a directory says will be different soon: days with other hours, hours, channels and levels
that begin or end. Planned changes of single numbers stand beside the number."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
from django.utils import formats
from django.utils.translation import gettext as _

from directory.editions.document import PublishedChannel, PublishedLevel, ServiceDocument
from directory.editions.names import holder_name
from directory.hours.rules import deciding_exceptions
from directory.hours.schedule import OpeningHours
from directory.hours.words import describe_day, describe_days, describe_schedule
from directory.hours.zones import with_time_zone_note

DAYS_AHEAD = 14
ONE_DAY = timedelta(days=1)


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """What will be different from the day `on` to the day `until`, both included (null: from then
    on). `text` says it in words; `places` are the channels and levels concerned, none for all."""

    on: date
    until: date | None
    text: str
    reason: str
    places: tuple[str, ...]


def announcements(document: ServiceDocument, today: date) -> tuple[Announcement, ...]:
    """What begins, or is still, within DAYS_AHEAD of `today`, in order of date. Words are in the
    active language."""
    found: dict[tuple, list[str]] = {}
    holders = [*document.channels, *document.escalation.levels]
    current = [holder for holder in holders if _holds(holder, today)]
    keeping: dict[str, list[str]] = {}
    for holder in current:
        if holder.schedule:
            keeping.setdefault(holder.schedule, []).append(holder_name(holder, document))
    everywhere = {name for names in keeping.values() for name in names}
    for code, places in keeping.items():
        schedule = document.schedules[code]
        for on, until, text, reason in (
            *_other_days(schedule, today),
            *_other_hours(schedule, today),
        ):
            what = on, until, with_time_zone_note(text, schedule, today), reason
            found.setdefault(what, []).extend(places)
    told = [
        _announcement(*what, () if set(places) == everywhere else dict.fromkeys(places))
        for what, places in found.items()
    ]
    told += [
        _announcement(*what, [holder_name(holder, document)])
        for holder in holders
        for what in _comings_and_goings(holder, today)
    ]
    return tuple(sorted(told, key=lambda each: (each.on, each.until or date.max, each.places)))


def _announcement(on, until, text, reason, places):
    return Announcement(on=on, until=until, text=text, reason=reason, places=tuple(places))


def _other_days(schedule: OpeningHours, today: date) -> Iterator[tuple]:
    for first, last, exception in deciding_exceptions(schedule):
        if first <= today + timedelta(days=DAYS_AHEAD) and today <= last:
            text = f"{_days(first, last, today)}: {describe_day(exception.spans)}"
            yield first, last, text, exception.reason


def _other_hours(schedule: OpeningHours, today: date) -> Iterator[tuple]:
    """Days on which the hours of the week become others."""
    begins = {span.valid_from for span in schedule.spans if span.valid_from}
    begins |= {
        span.valid_until + ONE_DAY
        for span in schedule.spans
        if span.valid_until and span.valid_until < date.max
    }
    for day in sorted(begins):
        if not _is_soon(day, today):
            continue
        text = describe_schedule(schedule, day)
        if text != describe_schedule(schedule, day - ONE_DAY):
            yield day, None, _("From %(date)s on: %(hours)s") % _words(day, hours=text), ""


def _comings_and_goings(holder: PublishedChannel | PublishedLevel, today: date) -> Iterator[tuple]:
    if holder.valid_from and _is_soon(holder.valid_from, today):
        text = _("Begins on %(date)s") % _words(holder.valid_from)
        yield holder.valid_from, holder.valid_until, text, ""
    if holder.valid_until and (_is_soon(holder.valid_until, today) or holder.valid_until == today):
        text = _("Last day: %(date)s") % _words(holder.valid_until)
        yield holder.valid_until, holder.valid_until, text, ""


def _days(first: date, last: date, today: date) -> str:
    if last == today:
        return _("Today")
    if first <= today:
        return _("Today and until %(date)s") % _words(last)
    days = {"days": describe_days(first, last)}
    return _("On %(days)s") % days if first == last else _("From %(days)s") % days


def _words(day: date, **more) -> dict[str, str]:
    return {"date": formats.date_format(day, "DATE_FORMAT"), **more}


def _is_soon(day: date, today: date) -> bool:
    return today < day <= today + timedelta(days=DAYS_AHEAD)


def _holds(holder: PublishedChannel | PublishedLevel, today: date) -> bool:
    return (holder.valid_from is None or holder.valid_from <= today) and (
        holder.valid_until is None or today <= holder.valid_until
    )
