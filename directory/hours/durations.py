"""Durations in words and from words: within which time something is promised.

They are kept in minutes. Words are in the active language; Spanish and English are both read. A day
counts 24 hours and a working day is a day, so open hours are told as hours below a day only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.hours.reading.folding import folded

HOUR = 60
DAY = 24 * HOUR

LONGEST_TEXT = 60
HOURS = "h hs hr hrs hora horas hour hours"
UNITS = {
    word: minutes
    for minutes, words in (
        (DAY, "d dia dias day days"),
        (HOUR, HOURS),
        (1, "m min mins minuto minutos minute minutes"),
    )
    for word in words.split()
}
# Whether only open hours count.
COUNTED = dict.fromkeys(
    [
        "habil",
        "habiles",
        "laboral",
        "laborales",
        "laborable",
        "laborables",
        "working",
        "business",
        "open",
    ],
    True,
) | dict.fromkeys(["calendario", "corrido", "corridos", "corridas", "calendar"], False)
JOINING = frozenset(["y", "con", "en", "and", "in", "within"])
AT_ONCE = frozenset(
    ("0", "de inmediato", "inmediato", "inmediatamente", "immediately", "at once", "once")
)
# “1:30”, “1:30 h”
CLOCK = re.compile(rf"^(\d{{1,4}}):([0-5]\d)(?![\d:])(?: ?(?:{HOURS.replace(' ', '|')})\b)?")
# Three digits after a mark may be thousands.
PART = re.compile(r"\d{1,7}(?:[.,]\d{1,2})?(?![\d.,])|[^\W\d_]+")


@dataclass(frozen=True)
class Duration:
    """So many minutes; whether open hours alone count, None where the words do not say."""

    minutes: int
    in_open_hours: bool | None = None


def describe_duration(minutes: int, *, in_open_hours: bool = False) -> str:
    """“2 días”, “1 hora 30 minutos”, “4 horas hábiles”; “de inmediato” for 0."""
    days, rest = divmod(minutes, DAY)
    hours, rest = divmod(rest, HOUR)
    said = [
        (count, words, in_open_words)
        for count, words, in_open_words in (
            (
                days,
                ngettext("%d day", "%d days", days),
                ngettext("%d working day", "%d working days", days),
            ),
            (
                hours,
                ngettext("%d hour", "%d hours", hours),
                ngettext("%d open hour", "%d open hours", hours),
            ),
            (
                rest,
                ngettext("%d minute", "%d minutes", rest),
                ngettext("%d open minute", "%d open minutes", rest),
            ),
        )
        if count
    ]
    if not said:
        return _("at once")
    *first, last = said
    count, words, in_open_words = last
    words_of_last = (in_open_words if in_open_hours else words) % count
    return " ".join([*(words % count for count, words, _open in first), words_of_last])


def read_duration(text: str, *, in_open_hours: bool = False) -> Duration:
    """The duration of a text as people write it: “2 h”, “1 día 4 h”, “1:30”, “4 horas hábiles”.

    `in_open_hours`: open hours are meant, also where the text does not say so. Raises
    ValidationError, saying what to write instead.
    """
    plain = " ".join(folded(text)[0].split())
    if len(plain) > LONGEST_TEXT:
        raise _unreadable(plain[:LONGEST_TEXT])
    if plain.startswith("-"):
        raise ValidationError(_("A time cannot be negative."), code="negative")
    if plain in AT_ONCE:
        return Duration(0)
    quantities, counted = _quantities(CLOCK.sub(r"\1 h \2 min ", plain))
    minutes = sum(number * unit for number, unit in quantities)
    whole = round(minutes)
    if abs(minutes - whole) > 1e-6:
        raise ValidationError(_("Write a whole number of minutes."), code="not_whole")
    in_hours = sum(number * unit for number, unit in quantities if unit < DAY)
    if (in_open_hours or counted) and in_hours >= DAY:
        raise _hours_for_days(round(in_hours))
    return Duration(whole, counted)


def _quantities(plain: str) -> tuple[list[tuple[float, int]], bool | None]:
    """The numbers of a folded text with the minutes of their units, and what it says of open
    hours."""
    quantities: list[tuple[float, int]] = []
    number, counted = "", None
    for part in _parts(plain):
        if part[0].isdigit():
            if number:
                raise _without_unit(number)
            number = part
        elif part in COUNTED:
            counted = COUNTED[part]
        elif number and part in UNITS:
            quantities.append((float(number.replace(",", ".")), UNITS[part]))
            number = ""
        elif part not in JOINING:
            raise _unreadable(part)
    if number:
        # “1 h 30”
        if not (quantities and quantities[-1][1] == HOUR and re.fullmatch("[0-5]?[0-9]", number)):
            raise _without_unit(number)
        quantities.append((int(number), 1))
    units = [unit for _number, unit in quantities]
    if not units or units != sorted(set(units), reverse=True):
        raise _unreadable(plain)
    return quantities, counted


def _parts(plain: str) -> Iterator[str]:
    at = 0
    while at < len(plain):
        if found := PART.match(plain, at):
            yield found[0]
            at = found.end()
        elif plain[at] in " ,;." and at:
            at += 1
        else:
            raise _unreadable(plain)


def _unreadable(part: str) -> ValidationError:
    message = _(
        "“%(part)s” cannot be read as a time. Write it such as “%(first)s”, “%(second)s” or "
        "“%(third)s”."
    )
    examples = [describe_duration(minutes) for minutes in (30, 4 * HOUR, 2 * DAY)]
    params = dict(zip(("first", "second", "third"), examples, strict=True)) | {"part": part}
    return ValidationError(message, code="unreadable", params=params)


def _without_unit(number: str) -> ValidationError:
    message = _("“%(number)s” may be minutes, hours or days. Write which, such as “%(number)s h”.")
    return ValidationError(message, code="without_unit", params={"number": number})


def _hours_for_days(minutes: int) -> ValidationError:
    """Of open hours that would be told as days: 24 of them are several working days."""
    message = _(
        "%(hours)d open hours are more than one working day. Write the working days, such as "
        "“%(example)s”."
    )
    example = describe_duration(3 * DAY, in_open_hours=True)
    params = {"hours": minutes // HOUR, "example": example}
    return ValidationError(message, code="hours_for_days", params=params)
