"""What finds a name, a number or an address in texts, however it is written there.

The regular expressions are those that Python, SQLite (by Python) and PostgreSQL share.
"""

import contextlib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.core.exceptions import ValidationError

from directory.contacts.phones import LONGEST, digit_forms, parse, searchable_digits
from directory.contacts.text import fold, tidy

# Shorter texts stand everywhere.
SHORTEST = 4
WORDS_AT_MOST = 10
LONGEST_TEXT = 200
# Also as JSON escapes the space that does not break.
BETWEEN_DIGITS = r"(?:[\s().+/-]|\\u00a0){0,3}"
# A letter outside ASCII as JSON may have it, and a mark that stands after its letter.
ESCAPED = r"(?:\\u[0-9a-f]{4}){1,2}"
MARK = "[\u0300-\u036f]"


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
        number = "|".join(r"\+?" + BETWEEN_DIGITS.join(digits) for digits in forms)
        part = f"(?:{number})"
        return Written((part,), re.compile(_whole(part)))
    words = list(dict.fromkeys(fold(text).split()))
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


def _word(word: str) -> str:
    return "".join(map(_letter, word))


@cache
def _letter(letter: str) -> str:
    """A character of a folded text as it may stand in one that is not."""
    if not letter.isalpha():
        return re.escape(letter)
    variants = "".join(sorted({letter, letter.upper(), *_variants()[letter]}))
    return f"(?:[{variants}]{MARK}*|{ESCAPED})"


@cache
def _variants() -> dict[str, list[str]]:
    """Latin letters with accents, by the letter that they are folded to."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        if len(folded := fold(chr(code))) == 1:
            found[folded].append(chr(code))
    return found


def _whole(part: str) -> str:
    """It where no letter or digit touches it."""
    return rf"(?<!\w){part}(?!\w)"
