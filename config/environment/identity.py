"""What a variable may say of the organisation and of the languages of its pages."""

import re
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale
from django.utils.translation import to_language
from holidays import country_holidays
from phonenumbers import SUPPORTED_REGIONS

from config.environment.files import PROJECT
from config.environment.kinds import Wrong

CATALOGUES = PROJECT / "config" / "locale"
# A language, perhaps its script, its region and variants: RFC 5646, section 2.1, without what only
# linguists write.
LANGUAGE_TAG = (
    r"([A-Za-z]{2,3})(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-([A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*"
)


def color(value: str) -> str:
    """A colour on which white text is readable (WCAG 2.2, 1.4.3)."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise Wrong("Write it as #rrggbb.")
    if contrast_with_white(value) < 4.5:
        raise Wrong(
            "It is too light: white text on it needs a contrast of 4.5:1 (WCAG 2.2, 1.4.3). "
            "Choose a darker one."
        )
    return value


def contrast_with_white(color: str) -> float:
    """The contrast ratio of a #rrggbb colour with white (WCAG 2.2, relative luminance)."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def language(value: str) -> str:
    """A tag of BCP 47 with a language that there is."""
    found = re.fullmatch(LANGUAGE_TAG, value)
    if not found or found[1].lower() not in Locale("en").languages:
        raise Wrong("Write a code such as es, en or pt-BR.")
    return value


def country(value: str) -> str:
    """A country by two letters: ISO 3166-1 alpha-2."""
    if value not in SUPPORTED_REGIONS:
        raise Wrong("Write two capital letters of ISO 3166-1, such as CO.")
    return value


def subdivisions(country: str) -> tuple[str, ...]:
    """The parts of a country with public holidays of their own."""
    try:
        return country_holidays(country).subdivisions
    except NotImplementedError:
        return ()


def time_zone(value: str) -> str:
    """An IANA name."""
    if value not in available_timezones():
        raise Wrong("Write an IANA name, such as America/Bogota.")
    return value


def known_languages(catalogues: Path = CATALOGUES) -> set[str]:
    """The codes of the languages that the site can speak: English, which the code is written in,
    and those with a folder in `catalogues`."""
    return {"en", *(to_language(folder.name) for folder in catalogues.iterdir() if folder.is_dir())}


def page_language(value: str) -> str:
    """A language that the site can speak."""
    known = known_languages()
    if value not in known:
        raise Wrong(f"The site is translated into: {', '.join(sorted(known))}.")
    return value
