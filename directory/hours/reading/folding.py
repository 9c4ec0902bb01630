"""Texts in lower case, without accents, typographic dashes and invisible characters."""

import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⁓~"), "-")


def folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters its place in `text`; one more for the end."""
    characters, places = [], []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character.lower()).translate(_DASHES):
            if unicodedata.category(part) not in ("Mn", "Cf", "Cc") or part in "\n\t":
                characters.append(part)
                places.append(place)
    return "".join(characters), [*places, len(text)]
