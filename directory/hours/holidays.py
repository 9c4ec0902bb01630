"""Public holidays by country, from the `holidays` package, which follows the law."""

from datetime import date
from functools import cache, lru_cache

import holidays

from directory.hours.schedule import HolidayName


@cache
def supported_countries() -> tuple[str, ...]:
    """The ISO 3166-1 alpha-2 codes of the countries whose holidays are known, sorted."""
    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


@lru_cache(maxsize=256)
def holiday_calendar(country: str, language: str | None) -> HolidayName:
    """The function that names the public holiday of a country on a date, or returns "".

    `country` is an ISO 3166-1 alpha-2 code; of an unknown one no holidays are known. Names are in
    `language` (such as "es" or "en") where the package has it, else in the country's own. Years
    outside of those the package covers have no holidays.

    Colombia's follow Ley 51 de 1983, which moves most of them to the next Monday, and Ley 2578 de
    2026, which added the nineteenth.
    """
    if country not in supported_countries():
        return lambda day: ""
    language = _supported_language(country, language or "")

    @lru_cache(maxsize=64)
    def names_in(year: int) -> dict[date, str]:
        return dict(holidays.country_holidays(country, years=year, language=language))

    return lambda day: names_in(day.year).get(day, "")


def _supported_language(country: str, language: str) -> str | None:
    """The package's code for a language ("en_US" for "en"), or the country's own language.

    Never left to the package: it would take the language of the server's environment.
    """
    calendar = holidays.country_holidays(country)
    wanted = language.partition("-")[0]
    same_language = (code for code in calendar.supported_languages if code.split("_")[0] == wanted)
    return next(same_language, calendar.default_language)
