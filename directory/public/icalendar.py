"""The planned days of a service as a calendar that programs subscribe to (RFC 5545, RFC 7986).

The same edition makes the same calendar all month, so that programs are told “not modified”. Days
are dates without a zone, those of whom they concern; instants are told in UTC.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.answers.planned_days import PlannedDays, planned_days, window
from directory.contacts.text import visible
from directory.editions.nameless import nameless
from directory.editions.reading import read_as_told
from directory.models import Edition
from directory.public import content_lines
from directory.public.content_lines import escaped

# How often programs should ask again.
REFRESHED = "PT12H"
# A calendar must have a part (RFC 5545, 3.6): where nothing is planned the zone of its instants.
NOTHING_PLANNED = """\
BEGIN:VTIMEZONE
TZID:Etc/UTC
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0000
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE""".splitlines()


def calendar(edition: Edition, today: date, page: str, source: str) -> str:
    """The calendar of an edition as it is read on a day, in the active language; `page` and
    `source` are the whole addresses of the service and of the calendar."""
    directory = nameless(read_as_told(edition))
    planned = planned_days(directory, *window(today))
    name = visible(directory.name)
    title = _("%(service)s: closures and changes") % {"service": name}
    stamp = _instant(edition.published_at)
    organization = settings.ORGANIZATION.name
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escaped(organization)}//{escaped(name)}//{(get_language() or '').upper()}",
        "CALSCALE:GREGORIAN",
        f"UID:{_uid(edition, '')}",
        f"LAST-MODIFIED:{stamp}",
        f"NAME:{escaped(title)}",
        f"X-WR-CALNAME:{escaped(title)}",
        f"URL:{page}",
        f"SOURCE;VALUE=URI:{source}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESHED}",
        f"X-PUBLISHED-TTL:{REFRESHED}",
        *(line for days in planned for line in _event(days, edition, name, page)),
        *([] if planned else NOTHING_PLANNED),
        "END:VCALENDAR",
    ]
    return content_lines.text(lines)


def _event(days: PlannedDays, edition: Edition, name: str, page: str) -> Iterator[str]:
    stamp = _instant(edition.published_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(edition, days.identity)}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{edition.number}"
    yield from _times(days)
    yield f"SUMMARY:{escaped(f'{name}: {visible(days.title)}')}"
    yield f"DESCRIPTION:{escaped(chr(10).join([*map(visible, days.details), page]))}"
    yield f"URL:{page}"
    # Nobody is busy on these days because of it.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _times(days: PlannedDays) -> Iterator[str]:
    begins, ends = days.begins, days.ends
    if isinstance(begins, datetime):
        yield f"DTSTART:{_instant(begins)}"
        if isinstance(ends, datetime):
            yield f"DTEND:{_instant(ends)}"
        return
    # The end of a day is the day after it (3.6.1).
    last = min(ends or begins, date.max - timedelta(days=1))
    yield f"DTSTART;VALUE=DATE:{begins:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _uid(edition: Edition, identity: str) -> str:
    """The same in every edition and language, also when the service is renamed (RFC 7986, 5.3)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{edition.identity} {identity}"))
