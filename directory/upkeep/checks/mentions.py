"""Numbers and addresses that people wrote into free texts. Pure functions over text."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError

from directory.contacts import phones
from directory.contacts.countries import (
    COUNTRIES,
    countries_called,
    country_of,
    country_of_number,
)
from directory.contacts.hosts import SHORTENERS

# Possessive and from a boundary on, so that a long text costs no more than its length.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
WEB = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'“”«»]+", re.IGNORECASE)
# People write short links without a scheme, as they read them aloud.
SHORT = re.compile(
    rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, sorted(SHORTENERS)))})/[^\s<>\"'“”«»]+",
    re.IGNORECASE,
)
# Others, too: example.com/pay. Any last label counts, as new ones come.
SITE = re.compile(
    r"(?<![\w.@/-])(?:[\w-]{1,63}\.){1,8}(?:xn--[\w-]{2,59}|[^\W\d_]{2,24})\b(?:/[^\s<>\"'“”«»]*)?",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"\.[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]*$")
DIGIT = re.compile(r"\d")
# Eight digits in a row could also be an old landline: 12-12-2026.
DATE = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}|\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}")


# A number behind an old prefix has more digits than the library takes for one: 044 55 1234 5678.
LONG = re.compile(r"(?<![\w+.-])[+(]{0,2}(?:\d[ ().-]{0,2}){11,13}\d(?!\w)")


@dataclass(frozen=True)
class Number:
    """A number in a text: `written` as it stands there, `today` as it is dialled now (E.164).

    `today` is empty where the area code is missing, so that nobody can say.
    """

    written: str
    today: str
    is_outdated: bool


@lru_cache(maxsize=50_000)
def numbers(text: str) -> tuple[Number, ...]:
    """The phone numbers in a text, also in forms that can no longer be dialled."""
    if not DIGIT.search(text):
        return ()
    region = settings.PHONENUMBER_DEFAULT_REGION
    return tuple(_numbers(EMAIL.sub(" ", WEB.sub(" ", text)), region))


def emails(text: str) -> list[str]:
    """The e-mail addresses in a text, in lower case."""
    return [match[0].lower() for match in EMAIL.finditer(text)] if "@" in text else []


def links(text: str) -> list[str]:
    """The web addresses in a text, without the punctuation of the sentence around them."""
    return [match[0].rstrip(".,;:!?)]") for match in WEB.finditer(text)]


def short_links(text: str) -> list[str]:
    """The links of known shorteners in a text that have no scheme."""
    return [match[0].rstrip(".,;:!?)]") for match in SHORT.finditer(text)]


def sites(text: str) -> list[str]:
    """What looks like a site in a text, without a scheme. A sentence without a blank behind it is
    none: “viernes.Sábados”."""
    found = (match[0].rstrip(".,;:!?)]") for match in SITE.finditer(text)) if "." in text else ()
    return [site for site in found if not SENTENCES.search(site)]


def _numbers(text: str, region: str) -> Iterator[Number]:
    for written in LONG.findall(text):
        if today := _behind_old_prefix(written, region):
            yield Number(written, today, is_outdated=True)
            text = text.replace(written, "\n")
    for match in phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.POSSIBLE):
        written = match.raw_string
        if DATE.fullmatch(written):
            continue
        try:
            number = phones.parse(_without_extension(written), region)
        except ValidationError as error:
            if error.code == "area_code":
                yield Number(written, "", is_outdated=True)
            continue
        yield Number(written, str(number), _is_outdated(written, number, region))


def _behind_old_prefix(written: str, region: str) -> str:
    """The number that stands behind a prefix that its country no longer dials, or empty."""
    countries = [country_of(region), *countries_called(written.lstrip("("))]
    if any(country.has_old_prefix(written) for country in countries):
        with suppress(ValidationError):
            return str(phones.parse(written, region))
    return ""


def _is_outdated(written: str, number: phonenumbers.PhoneNumber, region: str) -> bool:
    """Whether the country of the number no longer dials what is written."""
    country = country_of_number(number)
    if country is None or country.region not in COUNTRIES:
        return False
    dialled = phonenumbers.parse(written, region)
    is_other = dialled.national_number != number.national_number
    return is_other or country.has_old_prefix(written)


def _without_extension(written: str) -> str:
    return re.split(r"(?i)\s*(?:e?xt|anexo|#|,|;)", written, maxsplit=1)[0]
