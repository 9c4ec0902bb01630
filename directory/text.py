"""Text as people search it."""

import unicodedata


def fold(text: str) -> str:
    """`text` in lower case, without accents and control characters, with single spaces: what a
    search compares."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isprintable() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
