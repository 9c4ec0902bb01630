"""What to press once a call is answered: "Opción 2 - opción 4" as keys, one after the other.

Only what can be read in one way is read: choices ("2 o 3", "opciones 2 y 3") and whatever else
people write are no keys, and are shown as they were entered.
"""

import re
from dataclasses import dataclass

# What people write before a key.
WORD = (
    r"opci[oó]n|op[cç][aã]o|opc?|option|tecla|key|n[uú]mero|men[uú]|marque|marcar|oprima|"
    r"presione|pulse|digite|press|dial|aperte|tecle"
)
THEN = r"luego|despu[eé]s|then|depois|em\s+seguida|a\s+continuaci[oó]n"
STEP = re.compile(
    rf"(?i)(?:(?:la|el|the)\s+|(?:{WORD})\b[\s.:]*)*"
    r"(?P<key>\d{1,2}|[*#])\.?"
    r"(?:\s*\((?P<named>[^()]{1,60})\)"
    r"|[\s:]+(?!(?:[yeou]|and|or|ou)\b)(?P<name>[^\W\d_][^\d(),;]{0,60}))?"
)
# A comma alone may as well list choices, unless a word says what the next key is.
BETWEEN = re.compile(
    rf"(?i)\s*(?:[-–—>→»]+|[,;]?\s*\b(?:(?:y|e|and)\s+)?(?:{THEN})\b|[,;](?=\s*(?:{WORD})\b))+[\s,:]*"
)


@dataclass(frozen=True)
class Key:
    """A key to press, and what the menu calls it, if that is said."""

    key: str
    name: str = ""


def keys(menu_options: str) -> tuple[Key, ...]:
    """The keys to press, in their order; none where the text says something else than that."""
    steps = [STEP.fullmatch(part) for part in BETWEEN.split(menu_options.strip(" .;"))]
    if not all(steps):
        return ()
    return tuple(
        Key(step["key"], (step["named"] or step["name"] or "").strip()) for step in steps if step
    )
