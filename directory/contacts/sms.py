"""Where text messages are sent: a number, or a short code of the country.

Kept is E.164, or the code as it is typed: 85432. Only `read` raises.
"""

import re

from django.core.exceptions import ValidationError

from directory.contacts import phones, short_codes, showing
from directory.contacts.countries import home
from directory.contacts.text import tidy_code

# Without the “*” and “#” of codes that are dialled.
CODE = re.compile(r"\d{2,6}")
SCHEME = re.compile(r"(?:sms|smsto):", re.IGNORECASE)


def read(text: str) -> str:
    """The number or the code that `text` says, also as an sms: link. Raises ValidationError, its
    code a key of `directory.contacts.refusals.MESSAGES`."""
    written = SCHEME.sub("", tidy_code(text))
    code = re.sub(r"[ .-]", "", phones.plain(written))
    return code if CODE.fullmatch(code) else str(phones.parse(written))


def tidy(text: str) -> str:
    """As `read`. What is none stays as it was written."""
    try:
        return read(text)
    except ValidationError:
        return text


def is_code(value: str) -> bool:
    """Whether a value is a short code, and no number."""
    return not value.startswith("+")


def display(value: str) -> str:
    """The number as people write it here; a code as it is."""
    return value if is_code(value) else showing.display(value)


def shown(value: str, is_abroad: bool = False) -> str:
    """As `display`, for readers abroad with the country code."""
    return value if is_code(value) else showing.international(value, is_abroad)


def only_from(value: str) -> str:
    """The ISO code of the one country from which a code is reached; empty for numbers."""
    return home().region if is_code(value) else ""


def advice(value: str, is_abroad: bool = False) -> str:
    """What writers must know of it, in the active language."""
    return short_codes.advice(value, is_abroad) if is_code(value) else ""


def link(value: str) -> str:
    """The link that begins a message to it (RFC 5724)."""
    return f"sms:{value}"


def written(value: str) -> tuple[str, ...]:
    """The digits to find a number by."""
    return () if is_code(value) else phones.searchable_digits(value)
