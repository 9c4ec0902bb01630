"""Postal addresses: lines, as they stand on an envelope or on a door."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.contacts.text import LINE_BREAK
from directory.contacts.text import tidy as tidy_text

# As many lines, and as many characters in all, as a label of a parcel has room for.
MOST_LINES, LONGEST = 8, 300

MESSAGES = {
    "no_address": _("Write the street and the number, the floor and the city, a line for each."),
    "too_many_lines": _("This has more than %(most)d lines. Leave out what is no part of it."),
    "address_too_long": _(
        "This has more than %(most)d characters. Leave out what is no part of it."
    ),
}


def tidy(text: str) -> str:
    """The address that `text` says: its lines without blanks and commas at their ends, none
    empty."""
    lines = (tidy_text(line).rstrip(" ,;") for line in LINE_BREAK.split(text))
    return "\n".join(filter(None, lines))


def check(text: str) -> None:
    """Raise ValidationError unless `text` can be an address as `tidy` gives it."""
    if not re.search(r"[^\W_]", text):
        raise _refusal("no_address")
    if text.count("\n") >= MOST_LINES:
        raise _refusal("too_many_lines", most=MOST_LINES)
    if len(text) > LONGEST:
        raise _refusal("address_too_long", most=LONGEST)


def in_a_line(text: str) -> str:
    """The address with commas between its lines."""
    return text.replace("\n", ", ")


def _refusal(code: str, **params: int) -> ValidationError:
    return ValidationError(MESSAGES[code], code=code, params=params)
