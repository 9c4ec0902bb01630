"""The time zone that hours and instants are told in, named where it is not the organisation's, and
to readers who may be elsewhere: in another language than the organisation's.

Both are told in the schedule's own: who reads "9 a.m." of an office in Amsterdam reads what stands
on its door.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import get_timezone_location
from django.conf import settings
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from directory.hours.schedule import OpeningHours

# One of two zones may have summer time: what agrees today may differ when it begins.
HALF_A_YEAR = timedelta(weeks=26)


def time_zone_note(schedule: OpeningHours, on: date) -> str:
    """Whose time the schedule's hours are told in: “hora de Tokio”, in the active language.

    Empty where no hours are stated, or around the clock; and for readers of the organisation's
    language where its time is the same, on that day and half a year later.
    """
    has_hours = bool(schedule.spans) and not schedule.always_open
    if not (has_hours or schedule.exceptions):
        return ""
    return zone_note_on(schedule.timezone, on) or time_here(schedule.timezone)


def time_here(timezone: str | None = None) -> str:
    """“Bogotá time” of an IANA name, by default the organisation's, for readers who may be
    elsewhere; empty for all others."""
    own = settings.ORGANIZATION
    return "" if own.writes(get_language()) else _time_of(timezone or own.time_zone)


def with_time_zone_note(hours: str, schedule: OpeningHours, on: date) -> str:
    """The hours in words, with whose time is meant in brackets where that has to be said. Without a
    time of day only another zone has to: its days begin at other instants."""
    has_times = any(character.isdigit() for character in hours)
    is_told = has_times or zone_note_on(schedule.timezone, on)
    return in_brackets(hours, time_zone_note(schedule, on) if is_told else "")


def in_brackets(hours: str, zone: str) -> str:
    """The hours in words, and behind them whose time they are told in, if that has to be said."""
    return f"{hours} ({zone})" if zone else hours


def zone_note_on(timezone: str, on: date) -> str:
    """“hora de Tokio” of an IANA name, as `zone_note` at noon of the organisation's day."""
    here = settings.ORGANIZATION.time_zone
    if timezone == here:
        return ""
    return zone_note(ZoneInfo(timezone), datetime.combine(on, time(12), ZoneInfo(here)))


def zone_note(zone: tzinfo | None, at: datetime) -> str:
    """“hora de Tokio” for a reader whose clock shows the aware instant `at`; empty where clocks
    of the zone show the same, then and half a year later, or the zone has no name."""
    if not isinstance(zone, ZoneInfo) or all(
        instant.astimezone(zone).utcoffset() == instant.utcoffset()
        for instant in (at, at + HALF_A_YEAR)
    ):
        return ""
    return _time_of(zone.key)


def _time_of(timezone: str) -> str:
    """By the city of an IANA name, as the Unicode CLDR calls it in the active language; what is no
    city, as UTC, by itself."""
    locale = Locale.parse(to_locale(get_language() or settings.LANGUAGE_CODE))
    city = get_timezone_location(timezone, locale=locale, return_city=True)
    return city if city.isascii() and city.isupper() else _("%(city)s time") % {"city": city}
