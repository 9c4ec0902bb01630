"""Text as it is kept, as people search it, and as XML can hold it."""

import re
import unicodedata
from itertools import filterfalse
from typing import Literal

# Control characters, except tabs and line breaks, and what is no character at all. XML 1.0 (2.2)
# takes none of them, or advises against them.
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LINE_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
# What draws nothing, or turns the direction of what stands around it: the code points of Unicode's
# Default_Ignorable_Code_Point (DerivedCoreProperties.txt), interlinear annotations, a note without
# a head. Of these writing needs some in their place: Persian and Hindi words have joiners, emoji
# and Japanese names have selectors of how the character before is drawn.
JOINERS = "\u200c\u200d"
EMOJI_SELECTORS = "\ufe0e\ufe0f"
# As a regular expression of Python and of PostgreSQL writes them in brackets.
PARTS_OF_WRITING = r"\u200c\u200d\ufe0e\ufe0f\U000e0100-\U000e01ef"
NEVER_NEEDED = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
PART_OF_WRITING = re.compile(f"[{PARTS_OF_WRITING}]")
# No more than a selector and a joiner follow each other.
MISPLACED = re.compile(f"[{NEVER_NEEDED}]|[{PARTS_OF_WRITING}]{{3,}}")
UNSEEN = re.compile(f"[{NEVER_NEEDED}{PARTS_OF_WRITING}]")
# Spaces of every width, and the Braille pattern without dots, which looks like one.
BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
# What is drawn onto the character before it, or is decomposed into such.
MARKS = "".join(
    chr(code)
    for code in range(0x300, 0x20000)
    if unicodedata.combining(unicodedata.normalize("NFKD", chr(code))[0])
)
# Normalizing sorts those of a character, in a time that grows with the square of their number. No
# language needs more than so many (UAX 15, “Stream-Safe Text Format”).
# The first brackets pass over Latin letters at once.
MOST_MARKS = 30
TOO_MANY_MARKS = re.compile(rf"(?![\x00-\u02ff])([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")
# The first letter of the scripts without capitals, which are those with joiners (Hebrew and on).
FIRST_JOINED = "\u0590"
# As much of a value as a history repeats.
LONGEST_VALUE = 200


def tidy(text: str) -> str:
    """`text` as it is kept: composed (NFC), every blank a space, none at its ends, and nothing that
    nobody sees or that turns the direction of the text. Control characters stay, to be refused.

    Joiners and selectors stay where writing needs them: between letters of scripts that join them,
    in emoji, after ideographs.
    """
    text = MISPLACED.sub("", text)
    text = PART_OF_WRITING.sub(lambda found: found[0] if _is_needed(found) else "", text)
    return _composed(text).strip()


def tidy_code(text: str) -> str:
    """`text` as it is kept where no word is written, but a code or an address: as `tidy`, also
    without joiners and selectors."""
    return _composed(UNSEEN.sub("", text)).strip()


def normalized(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """`text` in a normal form of Unicode, with no more marks on a character than writing needs."""
    if len(text) > MOST_MARKS:
        text = TOO_MANY_MARKS.sub(r"\1", text)
    return unicodedata.normalize(form, text)


def _composed(text: str) -> str:
    return BLANK.sub(" ", normalized("NFC", text))


def _is_needed(found: re.Match[str]) -> bool:
    """Whether what stands around a joiner or a selector of `tidy` makes it part of the writing."""
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(start - 2, 0) : start], text[end : end + 1]
    if found[0] in JOINERS:
        return _joins(before.rstrip(EMOJI_SELECTORS)[-1:]) and _joins(after)
    before = before[-1:]
    if found[0] in EMOJI_SELECTORS:
        is_keycap = before in tuple("0123456789#*") and after == "\u20e3"
        return is_keycap or _is_symbol(before) or before in tuple("‼⁉〰ℹ")
    return bool(before) and unicodedata.name(before, "").startswith("CJK ")


def _joins(character: str) -> bool:
    if not character or PART_OF_WRITING.match(character):
        return False
    is_letter = unicodedata.category(character) in ("Lo", "Mn", "Mc")
    return (is_letter and character >= FIRST_JOINED) or _is_symbol(character)


def _is_symbol(character: str) -> bool:
    """Whether it may be an emoji, or the colour of the skin of one."""
    is_sign = bool(character) and unicodedata.category(character).startswith("S")
    return is_sign and (character >= "\u2100" or character in "©®")


def fold(text: str) -> str:
    """`text` in lower case, without accents, unseen and control characters, with single spaces:
    what a search compares."""
    plain = text if text.isascii() else text.translate(_PLAIN)
    if plain.isascii() and plain.isprintable():
        return " ".join(plain.lower().split())
    return _folded(text)


def _folded(text: str) -> str:
    decomposed = normalized("NFKD", UNSEEN.sub("", text.casefold()))
    kept = "".join(filterfalse(unicodedata.combining, decomposed))
    if not kept.isprintable():
        kept = "".join(c if c.isprintable() else " " for c in kept)
    return " ".join(kept.split())


# Latin letters with a mark, of which most texts have no others: folded in half the time.
_PLAIN = {
    code: plain for code in range(0xC0, 0x250) if (plain := _folded(chr(code))) and plain.isascii()
}


def visible(text: str) -> str:
    """`text` with a space in the place of every character that nobody sees and no XML can hold."""
    return INVISIBLE.sub(" ", text)
