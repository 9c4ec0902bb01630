"""The hours of what has no schedule."""

from functools import lru_cache

from django.conf import settings

from directory.hours.schedule import OpeningHours


def unstated_hours() -> OpeningHours:
    """Hours that nobody stated: unknown, in the organisation's time and country."""
    return _unstated(settings.ORGANIZATION.time_zone, settings.ORGANIZATION.country)


@lru_cache(maxsize=16)
def _unstated(timezone: str, country: str) -> OpeningHours:
    return OpeningHours(code="", name="", timezone=timezone, country=country)
