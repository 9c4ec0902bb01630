"""A text of opening hours as tokens: each a kind, its value, and where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.hours.reading.clock import NO_SUCH_TIME, TIME, Notation, clock_of
from directory.hours.reading.errors import Unreadable
from directory.hours.reading.folding import folded
from directory.hours.reading.vocabulary import ENGLISH_DAYS, LETTERS, SPANISH_DAYS, Kind, phrases
from directory.hours.schedule import HOLIDAY
from directory.hours.words import days_in_words

LONGEST_HOURS = 1000
TWO_THINGS = _("“%(text)s” may be two things: “%(first)s” or “%(second)s”. Write the one you mean.")

_PHRASES = phrases()
# The longest first; no part of a longer word.
_PHRASE = re.compile(
    "|".join(
        (r"(?<![^\W\d_])" if phrase[0].isalpha() else "")
        + re.escape(phrase).replace(r"\ ", r"[ \t]+")
        + (
            r"(?![^\W_])"
            if phrase[0].isdigit()
            else r"(?![^\W\d_])"
            if phrase[-1].isalpha()
            else ""
        )
        for phrase in sorted(_PHRASES, key=len, reverse=True)
    )
)
_WORD = re.compile(r"[^\W\d_]+|\d+|\S")
_RUN_OF_LETTERS = re.compile(f"(?=[{LETTERS}]{{2,}})" + "".join(f"{each}?" for each in "lmmxjvsd"))
# In OpenStreetMap's syntax "10:00" is of the 24-hour clock.
_OSM = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|off|closed|unknown|\d\d:\d\d|[-,; ])+")
_ENGLISH = {name for names in ENGLISH_DAYS for name in names.split()}
# "M", and "S" for Saturday, are of both languages.
_SPANISH = {name for names in SPANISH_DAYS for name in names.split()} - {"s", "sa"}
_SHORTENED = (Kind.DAY, Kind.INCLUDING, Kind.EXCEPT)
# From Monday until a later day, or these two.
_TWO_LETTERS = frozenset(["lj", "lv", "ls", "ld"])


@dataclass(frozen=True, kw_only=True)
class Token:
    """A part of a text from `start` until `end`; `text` is how it is written, folded."""

    kind: Kind
    value: Any
    start: int
    end: int
    text: str = ""


def tokens(text: str) -> list[Token]:
    """The tokens of a text, the last of the kind END. Raises Unreadable."""
    if len(text) > LONGEST_HOURS:
        raise Unreadable(
            _("This is too long for opening hours. Write at most %(count)d characters."),
            "too_long",
            count=LONGEST_HOURS,
        )
    read = [token for token in _scan(text) if token.kind is not Kind.NOISE]
    read = [
        token
        for before, token in zip([None, *read], read, strict=False)
        # "Lun." has a dot, too, and "incl."
        if not (token.text == "." and before and before.kind in _SHORTENED and len(before.text) < 6)
    ]
    end = Token(kind=Kind.END, value=None, start=len(text), end=len(text))
    return [*_with_letters_m(_with_letters_f(read), text), end]


def is_osm(text: str) -> bool:
    """Whether a text is in OpenStreetMap's syntax."""
    return bool(_OSM.fullmatch(text))


def _scan(text: str) -> Iterator[Token]:
    plain, places = folded(text)
    is_literal = is_osm(text)
    at = 0
    while at < len(plain):
        if plain[at] in " \t":
            at += 1
            continue
        phrase, clock = _PHRASE.match(plain, at), TIME.match(plain, at)
        kind, value = _meaning(phrase)
        if phrase and (not clock or phrase.end() >= clock.end() or kind is Kind.WHOLE_DAY):
            end = phrase.end()
            yield _token(kind, value, places, at, end, plain)
        elif clock:
            end = clock.end()
            value = clock_of(clock)
            if value is None:
                written = text[places[at] : places[end]].strip()
                raise Unreadable(
                    NO_SUCH_TIME, "no_such_time", places[at], places[end], text=written
                )
            if is_literal:
                value = replace(value, notation=Notation.FULL)
            yield _token(Kind.TIME, value, places, at, end, plain)
        else:
            word = _WORD.match(plain, at)
            end = word.end() if word else at + 1
            letters = plain[at:end]
            if letters != "m" and not _RUN_OF_LETTERS.fullmatch(letters):
                raise _unknown_word(text[places[at] : places[end]], places[at], places[end])
            if letters in _TWO_LETTERS:
                raise _range_or_list(text, places[at], places[end])
            for place in range(at, end):
                day = None if plain[place] == "m" else LETTERS.index(plain[place]) + 1
                yield _token(Kind.DAY, day, places, place, place + 1, plain)
                if place + 1 < end:
                    yield _token(Kind.COMMA, None, places, place + 1, place + 1, plain)
        at = end


def _meaning(phrase: re.Match[str] | None) -> tuple[Kind, Any]:
    if phrase is None:
        return Kind.NOISE, None
    return _PHRASES[phrase[0] if phrase[0] == "\n" else " ".join(phrase[0].split())]


def _token(kind: Kind, value: Any, places: list[int], at: int, end: int, plain: str) -> Token:
    return Token(kind=kind, value=value, start=places[at], end=places[end], text=plain[at:end])


def _unknown_word(word: str, start: int, end: int) -> Unreadable:
    return Unreadable(
        _(
            "“%(text)s” is not understood here. Write only days and hours, such as “Monday to "
            "Friday 8-12 and 14-18; Saturdays 9-13; Sundays and public holidays closed”."
        ),
        "unknown_word",
        start,
        end,
        text=word[:40],
    )


def _with_letters_f(read: list[Token]) -> list[Token]:
    """The tokens, "F" told: festivos beside Spanish days, "D y F"; Friday otherwise."""
    names = {token.text for token in read if token.kind is Kind.DAY} - {"f"}
    if not names & _SPANISH or names & _ENGLISH:
        return read
    return [
        replace(token, kind=Kind.HOLIDAYS, value=HOLIDAY)
        if token.kind is Kind.DAY and token.text == "f"
        else token
        for token in read
    ]


def _with_letters_m(read: list[Token], text: str) -> Iterator[Token]:
    """The tokens, the days "m" told: Monday beside English days, or, where nobody reads Spanish,
    beside none that is Spanish; before "x" or another "m" martes.

    Raises Unreadable with both readings if it may be martes and miércoles.
    """
    days = [token for token in read if token.kind is Kind.DAY]
    letters = [token for token in days if token.value is None]
    names = {token.text for token in days}
    is_english = names & _ENGLISH or not (_SPANISH & names or _reads_spanish())
    has_wednesday = any(token.value == 3 for token in days)
    for token in read:
        if token.kind is not Kind.DAY or token.value is not None:
            yield token
        elif is_english:
            yield replace(token, value=1)
        elif has_wednesday:
            yield replace(token, value=2)
        elif len(letters) == 2:
            yield replace(token, value=2 if token is letters[0] else 3)
        else:
            raise _two_days(token, text)


def _reads_spanish() -> bool:
    return (get_language() or "es").startswith("es")


def _range_or_list(text: str, start: int, end: int) -> Unreadable:
    before, behind = text[:start], text[end:]
    # Between them there may be what nobody sees.
    one, other = text[start], text[end - 1]
    first, second = f"{one}-{other}", f"{one}, {other}"
    return Unreadable(
        TWO_THINGS,
        "two_readings",
        start,
        end,
        (f"{before}{first}{behind}", f"{before}{second}{behind}"),
        text=f"{one}{other}",
        first=first,
        second=second,
    )


def _two_days(token: Token, text: str) -> Unreadable:
    before, behind = text[: token.start], text[token.end :]
    # A letter of a run becomes a word.
    before += ", " if before[-1:].isalpha() else ""
    behind = (", " if behind[:1].isalpha() else "") + behind
    first, second = (days_in_words([day]).lower() for day in (2, 3))
    return Unreadable(
        _("“%(text)s” may be two days: %(first)s or %(second)s. Write the name of the day."),
        "two_readings",
        token.start,
        token.end,
        (f"{before}{first}{behind}", f"{before}{second}{behind}"),
        text=text[token.start : token.end],
        first=first,
        second=second,
    )
