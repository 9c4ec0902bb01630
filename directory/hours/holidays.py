"""Public holidays by country and subdivision, from the `holidays` package, which follows the law.

Only its category "public" counts: those of banks, schools or single confessions do not. What no
library knows, such as the feast of a town, is an exception that repeats every year.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

import holidays
from holidays.registry import EntityLoader

from directory.hours.holiday_names import translated
from directory.hours.schedule import HolidayName, OpeningHours


@cache
def supported_countries() -> tuple[str, ...]:
    """The ISO 3166-1 alpha-2 codes of the countries whose holidays are known, sorted."""
    # `list_supported_countries` says the same, and loads the holidays of all of them: some 10 MB.
    return tuple(sorted(EntityLoader.get_country_codes(include_aliases=False)))


@cache
def subdivisions(country: str) -> Mapping[str, str]:
    """The subdivisions of a country with holidays of their own: code -> name, sorted by name.

    Codes are the second part of ISO 3166-2, "MD" of ES-MD, and a few names of towns, as the package
    has them. Where it knows no name, the code stands for it. Of an unknown country: none.
    """
    if country not in supported_countries():
        return {}
    calendar = _calendar(country)
    names = {code: name for name, code in reversed(calendar.subdivisions_aliases.items())}
    named = {code: names.get(code, code) for code in calendar.subdivisions}
    return dict(sorted(named.items(), key=lambda each: _folded(each[1])))


def subdivision_code(country: str, text: str) -> str:
    """The code of what somebody calls a subdivision: "MD", "ES-MD", "madrid"; "" if it is none."""
    wanted = _folded(text).removeprefix(f"{_folded(country)}-")
    codes = {_folded(code): code for code in subdivisions(country)}
    if country in supported_countries():
        aliases = _calendar(country).subdivisions_aliases.items()
        codes = {_folded(name): code for name, code in aliases} | codes
    return codes.get(wanted, "")


def place_in_words(country: str, subdivision: str) -> str:
    """Whose holidays they are: "CO", "Madrid (ES-MD)", "Barcelona (ES)"."""
    if not subdivision:
        return country
    name = subdivisions(country).get(subdivision, subdivision)
    return f"{name} ({country if name == subdivision else f'{country}-{subdivision}'})"


@lru_cache(maxsize=512)
def has_regional_holidays(country: str, year: int) -> bool:
    """Whether in a year some subdivision has other holidays than the country as a whole."""
    national = set(_calendar(country, years=year)) if country in supported_countries() else set()
    return any(
        set(_calendar(country, subdiv=code, years=year)) != national
        for code in subdivisions(country)
    )


@lru_cache(maxsize=256)
def holiday_calendar(country: str, subdivision: str, language: str | None) -> HolidayName:
    """The function that names the public holiday of a place on a date, or returns "".

    `country` is an ISO 3166-1 alpha-2 code, `subdivision` one of `subdivisions`, or empty for the
    holidays of the whole country alone; those count as well where it is not known any more. Of an
    unknown country no holidays are known. Names are in `language` (such as "es" or "en") where the
    package or `holiday_names` has them, else in the country's own. Years outside of those the
    package covers have no holidays.

    Colombia's follow Ley 51 de 1983, which moves most of them to the next Monday, and Ley 2578 de
    2026, which added the nineteenth.
    """
    if country not in supported_countries():
        return lambda day: ""
    subdiv = subdivision if subdivision in subdivisions(country) else None

    @lru_cache(maxsize=64)
    def names_in(year: int) -> dict[date, str]:
        return _names(country, language or "", subdiv=subdiv, years=year)

    return lambda day: names_in(day.year).get(day, "")


def holidays_of(schedule: OpeningHours, language: str | None) -> HolidayName:
    """`holiday_calendar` of the place whose holidays a schedule keeps."""
    return holiday_calendar(schedule.country, schedule.subdivision, language)


def _calendar(country: str, **options: Any) -> holidays.HolidayBase:
    return holidays.country_holidays(country, **options)


def _names(country: str, language: str, **options: Any) -> dict[date, str]:
    """The holidays of a year, with their names.

    The language is never left to the package: it would take that of the server's environment.
    """
    if code := _supported_language(country, language):
        return dict(_calendar(country, language=code, **options))
    names = dict(_calendar(country, language=_calendar(country).default_language, **options))
    if language and (english := _supported_language(country, "en")):
        for day, name in _calendar(country, language=english, **options).items():
            names[day] = translated(name, language) or names[day]
    return names


def _supported_language(country: str, language: str) -> str | None:
    """The package's code for a language ("en_US" for "en"); None where it has none."""
    codes = _calendar(country).supported_languages
    wanted = language.partition("-")[0]
    return next((code for code in codes if code.split("_")[0] == wanted), None)


def _folded(text: str) -> str:
    """`text` without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
