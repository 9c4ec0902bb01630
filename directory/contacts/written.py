"""What finds a name, a number or an address in texts, however it is written there.

The regular expressions are those that Python, SQLite (by Python) and PostgreSQL share.
"""

import contextlib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain

from django.core.exceptions import ValidationError

from directory.contacts.phones import LONGEST, digit_forms, parse, searchable_digits
from directory.contacts.text import fold, tidy

# Shorter texts stand everywhere.
SHORTEST = 4
WORDS_AT_MOST = 10
LONGEST_TEXT = 200
# What people write between digits. Of a whole number anything but letters counts, also as JSON
# escapes it: dashes, points and spaces that do not break; of a shorter one that would be 11:07.
BETWEEN_DIGITS = r"(?:[\s().+/-]|\\u00a0){0,3}"
BETWEEN_MANY = r"(?:[^\w\\]|_|\\u(?:00a0|00ad|00b7|20[0-6][0-9a-f]|2212|3000)){0,3}"
MANY = 7
# A letter outside ASCII as JSON may have it, and a mark that stands after its letter.
ESCAPED = r"(?:\\u[0-9a-f]{4}){1,2}"
MARK = "(?:[\u0300-\u036f]|\\\\u03[0-6][0-9a-f])"
# One letter that others write as two.
LIGATURES = {"ss": "ßẞ", "ae": "æÆǽǼ", "oe": "œŒ", "th": "þÞ"}
# What Unicode does not take apart into a letter and an accent.
STROKES = {"l": "łŁ", "o": "øØǿǾ", "d": "đĐðÐ", "h": "ħĦ", "t": "ŧŦ", "i": "ı"}
# Latin, Greek, Cyrillic.
ALPHABETS = *range(0xC0, 0x530), *range(0x1E00, 0x2000)
# “Pérez-Gómez” and “Pérez Gómez”, “O'Brien” and “O’Brien” are one; addresses are not taken apart.
JOINED = re.compile(r"[-\u00ad\u00b7\u2010-\u2015'´`\u02bc\u2018\u2019]")


@dataclass(frozen=True)
class Written:
    """A text that is looked for: `parts` are regular expressions without regard to case, all of
    which a stored text has to match; `pattern` finds what to take out of one that does."""

    parts: tuple[str, ...]
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Whether a text, as people read it, says all of it in whole words or numbers."""
        return all(re.search(_whole(part), text, re.IGNORECASE) for part in self.parts)


def written(text: str) -> Written:
    """What finds this text. Raises ValidationError (`too_short`, `too_long`) for one that would be
    found everywhere, or that nobody has written."""
    text = tidy(text)
    if forms := _number_forms(text):
        number = "|".join(r"\+?" + _digits(form) for form in forms)
        part = f"(?:{number})"
        return Written((part,), re.compile(_whole(part)))
    words = list(dict.fromkeys(chain(*map(_words, fold(text).split()))))
    if len(text) > LONGEST_TEXT or len(words) > WORDS_AT_MOST:
        raise ValidationError("", code="too_long")
    if len("".join(words)) < SHORTEST:
        raise ValidationError("", code="too_short")
    parts = tuple(map(_word, words))
    long = [_whole(part) for word, part in zip(words, parts, strict=True) if len(word) >= SHORTEST]
    phrase = r"\W+".join(parts)
    return Written(parts, re.compile("|".join([_whole(f"(?:{phrase})"), *long]), re.IGNORECASE))


def _number_forms(text: str) -> list[str]:
    """The digits to look for, none of which is a part of another's way of writing it; empty for a
    text that is no number."""
    typed = set(digit_forms(text))
    with contextlib.suppress(ValidationError):
        typed |= set(searchable_digits(parse(text))) if len(text) <= LONGEST else set()
    long_enough = (form for form in typed if len(form) >= SHORTEST)
    return sorted(long_enough, key=lambda form: (-len(form), form))


def _digits(form: str) -> str:
    between = BETWEEN_MANY if len(form) >= MANY else BETWEEN_DIGITS
    return between.join(map(_digit, form))


@cache
def _digit(digit: str) -> str:
    """A digit in the scripts that are written for numbers here: of full width, Arabic, Persian."""
    if not digit.isdecimal():
        return re.escape(digit)
    value = int(digit)
    others = [0xFF10 + value, 0x0660 + value, 0x06F0 + value]
    escaped = "".join(rf"|\\u{code:04x}" for code in others)
    return f"(?:[{digit}{''.join(map(chr, others))}]{escaped})"


def _words(word: str) -> list[str]:
    """The parts of a name that is joined; else the word itself."""
    parts = JOINED.sub(" ", word).split()
    return parts if all(part.isalpha() for part in parts) else [word]


def _word(word: str) -> str:
    found, rest = "", word
    while rest:
        one = LIGATURES.get(rest[:2], "")
        both = "".join(map(_letter, rest[: 2 if one else 1]))
        found += f"(?:{both}|[{one}]|{ESCAPED})" if one else both
        rest = rest[2 if one else 1 :]
    return found


@cache
def _letter(letter: str) -> str:
    """A character of a folded text as it may stand in one that is not."""
    if not letter.isalpha():
        return re.escape(letter)
    variants = "".join(sorted({letter, letter.upper(), *_variants()[letter]}))
    return f"(?:[{variants}]{MARK}*|{ESCAPED})"


@cache
def _variants() -> dict[str, list[str]]:
    """Letters with accents or strokes, by the letter that they are written for."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in ALPHABETS:
        if len(folded := fold(chr(code))) == 1:
            found[folded].append(chr(code))
    for letter, others in STROKES.items():
        found[letter] += others
    return found


def _whole(part: str) -> str:
    """It where no letter or digit touches it."""
    return rf"(?<!\w){part}(?!\w)"
