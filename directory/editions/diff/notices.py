"""What has changed about the notices of a service.

One that appears was set; one that is gone was ended.
"""

from collections.abc import Iterator
from datetime import datetime, time

from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directory.editions.diff.contacts import display_of
from directory.editions.diff.differences import (
    LONGEST_EXCERPT,
    Difference,
    added,
    pairs,
    removed,
    value,
)
from directory.editions.document import Holder, PublishedNotice, ServiceDocument
from directory.editions.names import Place, place_of
from directory.hours.words import clock_at
from directory.models import Notice as NoticeRow

Placed = Iterator[tuple[Difference, list[Place]]]


def notice_changes(before: ServiceDocument, after: ServiceDocument) -> Placed:
    """The differences between the notices of two documents, each with its places."""
    if before.notices == after.notices:
        return
    matched, only_before, only_after = pairs(
        before.notices, after.notices, lambda notice: notice.code
    )
    for notice in only_before:
        core = _("notice “%s” ended") % _excerpt(notice)
        ended = removed(
            _("Notice"), notice.text, core, is_data=True, detail=_details(notice, before)
        )
        yield ended, _places(notice, before)
    for notice in only_after:
        core = _("notice “%(text)s” (%(details)s)")
        details = _details(notice, after)
        core %= {"text": _excerpt(notice), "details": details}
        begun = added(_("Notice"), notice.text, core, is_data=True, detail=details)
        yield begun, _places(notice, after)
    for old, new in matched:
        # What it is on may be called otherwise now: that is told there.
        if old != new:
            places = _places(new, after)
            for difference in _changes(old, new, before, after):
                yield difference, places


def _changes(
    old: PublishedNotice, new: PublishedNotice, before: ServiceDocument, after: ServiceDocument
) -> Iterator[Difference]:
    yield from value(_("Notice"), old.text, new.text, is_data=True)
    named = {"text": _excerpt(new)}
    yield from value(_("Notice “%(text)s”, severity") % named, _severity(old), _severity(new))
    since, until = _("Notice “%(text)s”, since"), _("Notice “%(text)s”, until")
    yield from value(since % named, _instant(old.since), _instant(new.since))
    yield from value(until % named, _end(old), _end(new))
    about = _about(old, before), _about(new, after)
    yield from value(_("Notice “%(text)s”, about") % named, *about)


def _places(notice: PublishedNotice, document: ServiceDocument) -> list[Place]:
    """The channels and levels that it is about, on whatever day; none: the service."""
    holders: list[Holder] = [
        each
        for each in (document.holders if notice.contact_point else ())
        if any(notice.contact_point in contact.codes for contact in each.contacts)
    ]
    holders += [each for each in document.channels if each.code == notice.channel]
    return list(dict.fromkeys(place_of(holder, document) for holder in holders))


def _details(notice: PublishedNotice, document: ServiceDocument) -> str:
    when = _("since %(since)s until %(until)s") if notice.until else _("since %(since)s")
    when %= {"since": _instant(notice.since), "until": _end(notice)}
    return ", ".join([_about(notice, document), _severity(notice), when])


def _about(notice: PublishedNotice, document: ServiceDocument) -> str:
    """What it is on: a contact as people read it, a channel by its title, or how many services."""
    words = []
    if code := notice.contact_point:
        given = document.contact_points.get(code)
        words.append(display_of(given) if given else code)
    if code := notice.channel:
        channels = (each for each in document.channels if each.code == code)
        words.append(next((place_of(each, document).name for each in channels), code))
    if notice.for_all:
        words.append(_("all services"))
    return ", ".join(words) or _("the whole service")


def _excerpt(notice: PublishedNotice) -> str:
    return Truncator(notice.text).chars(LONGEST_EXCERPT)


def _severity(notice: PublishedNotice) -> str:
    return str(dict(NoticeRow.Severity.choices).get(notice.severity, notice.severity))


def _end(notice: PublishedNotice) -> str:
    return _instant(notice.until) if notice.until else _("further notice")


def _instant(instant: datetime) -> str:
    """The date and the time of day in the organisation's zone, as they are written."""
    there = timezone.localtime(instant)
    words = {"date": formats.date_format(there, "DATE_FORMAT")}
    if there.time() == time.min:
        return _("%(date)s, midnight") % words
    return _("%(date)s %(at)s") % {**words, "at": clock_at(there.time())}
