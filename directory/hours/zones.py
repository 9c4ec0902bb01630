"""The time zone that hours are told in, named where it is not the organisation's.

Pages say instants (until when, when it opens) in the organisation's time zone, but the hours of a
week, and of single days, in the schedule's own.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from directory.hours.schedule import OpeningHours

# One of two zones may have summer time: what agrees today may differ when it begins.
HALF_A_YEAR = timedelta(weeks=26)


def time_zone_note(schedule: OpeningHours, on: date) -> str:
    """Whose time the schedule's hours are told in: “hora de Tokyo”, in the active language.

    Empty where the organisation's time is the same, on that day and half a year later, and
    where no hours are stated, or around the clock.
    """
    has_hours = bool(schedule.spans) and not schedule.always_open
    if not (has_hours or schedule.exceptions):
        return ""
    zone, here = ZoneInfo(schedule.timezone), ZoneInfo(settings.ORGANIZATION.time_zone)
    noon = datetime.combine(on, time(12), here)
    if all(_agree(zone, here, instant) for instant in (noon, noon + HALF_A_YEAR)):
        return ""
    return _("%(city)s time") % {"city": _city(schedule.timezone)}


def with_time_zone_note(hours: str, schedule: OpeningHours, on: date) -> str:
    """The hours in words, with whose time is meant in brackets where that has to be said."""
    zone = time_zone_note(schedule, on)
    return f"{hours} ({zone})" if zone else hours


def _agree(zone: ZoneInfo, other: ZoneInfo, instant: datetime) -> bool:
    return instant.astimezone(zone).utcoffset() == instant.astimezone(other).utcoffset()


def _city(timezone: str) -> str:
    """The city of an IANA name: "New York" of "America/New_York"."""
    return timezone.rpartition("/")[2].replace("_", " ")
