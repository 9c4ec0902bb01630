"""Until when an answer holds: the instant at which something of it is told otherwise."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from directory.answers.structures import AnsweringState
from directory.editions.document import ServiceDocument
from directory.hours.validity import ONE_DAY


def holds_until(
    document: ServiceDocument, answering: Iterable[AnsweringState], at: datetime
) -> datetime:
    """The first instant after the aware `at`, in the organisation's zone, at which what `answering`
    says of the document may change: somebody opens or closes, a notice begins or ends, or it is
    midnight where an hour is told, which makes tomorrow today and begins dated facts."""
    home = ZoneInfo(settings.ORGANIZATION.time_zone)
    zones = {home, *(ZoneInfo(each.timezone) for each in document.schedules.values())}
    changes = [
        *(next_midnight(at, zone) for zone in zones),
        *(each.until for each in answering if each.until),
        *(edge for each in document.notices for edge in (each.since, each.until) if edge),
    ]
    following = (each.astimezone(UTC) for each in changes if each > at)
    return min(following).astimezone(home)


def next_midnight(at: datetime, zone: ZoneInfo) -> datetime:
    """When the next day begins in a zone, in UTC: its clocks may be put then."""
    tomorrow = at.astimezone(zone).date() + ONE_DAY
    return datetime.combine(tomorrow, time.min, zone).astimezone(UTC)
