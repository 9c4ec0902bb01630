"""Text as people search it."""

import unicodedata

# As much of a value as a history repeats.
LONGEST_VALUE = 200


def fold(text: str) -> str:
    """`text` in lower case, without accents and control characters, with single spaces: what a
    search compares."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isprintable() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
