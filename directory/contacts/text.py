"""Text as people search it, and as XML can hold it."""

import re
import unicodedata

# Control characters, except tabs and line breaks, and what is no character at all. XML 1.0 (2.2)
# takes none of them, or advises against them.
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# As much of a value as a history repeats.
LONGEST_VALUE = 200


def fold(text: str) -> str:
    """`text` in lower case, without accents and control characters, with single spaces: what a
    search compares."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isprintable() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def visible(text: str) -> str:
    """`text` with a space in the place of every character that nobody sees and no XML can hold."""
    return INVISIBLE.sub(" ", text)
