"""Numbers and addresses that people wrote into free texts. Pure functions over text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError

from directory.contacts import phones
from directory.contacts.hosts import SHORTENERS

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
WEB = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'“”«»]+", re.IGNORECASE)
# People write short links without a scheme, as they read them aloud.
SHORT = re.compile(
    rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, sorted(SHORTENERS)))})/[^\s<>\"'“”«»]+",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
# Eight digits in a row could also be an old landline: 12-12-2026.
DATE = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}|\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}")
# Until 2021 one dialled 03 before a mobile, and an operator's 05, 07 or 09 before an area.
OLD_PREFIX = re.compile(r"\(?0[3579]")


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
    return tuple(_numbers(EMAIL.sub(" ", WEB.sub(" ", text)))) if DIGIT.search(text) else ()


def emails(text: str) -> list[str]:
    """The e-mail addresses in a text, in lower case."""
    return [match[0].lower() for match in EMAIL.finditer(text)] if "@" in text else []


def links(text: str) -> list[str]:
    """The web addresses in a text, without the punctuation of the sentence around them."""
    return [match[0].rstrip(".,;:!?)]") for match in WEB.finditer(text)]


def short_links(text: str) -> list[str]:
    """The links of known shorteners in a text that have no scheme."""
    return [match[0].rstrip(".,;:!?)]") for match in SHORT.finditer(text)]


def _numbers(text: str) -> Iterator[Number]:
    region = settings.PHONENUMBER_DEFAULT_REGION
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
        dialled = phonenumbers.parse(written, region)
        is_outdated = dialled.national_number != number.national_number or bool(
            OLD_PREFIX.match(written)
        )
        yield Number(written, str(number), is_outdated)


def _without_extension(written: str) -> str:
    return re.split(r"(?i)\s*(?:e?xt|anexo|#|,|;)", written, maxsplit=1)[0]
