"""Names that are almost what somebody typed."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Coalesce

from directory.answers.search import LONGEST
from directory.contacts.text import fold

MOST = 5
# Compared one by one; the database picks those that share most pieces of words with what was typed.
CANDIDATES_AT_MOST = 200
WORDS_AT_MOST = 8
SHORTEST_WORD = 4
# “clabe” and “clave” are .8 alike, as difflib counts: twice what they share by all letters.
ALIKE = 0.75


def near_rows(rows: QuerySet, fields: Sequence[str], text: str) -> list[Any]:
    """The primary keys of those of the rows of whose names, in these fields of text, one is almost
    `text`, the nearest first. One query."""
    typed = words(text)
    parts = dict.fromkeys(part for word in typed for part in pieces(word))
    if not parts:
        return []
    shared = [
        Case(When(reduce(or_, (Q((f"{name}__folded__contains", each)) for name in fields)), then=1))
        for each in parts
    ]
    candidates = (
        rows.alias(shared=reduce(add, (Coalesce(each, 0) for each in shared)))
        .filter(shared__gte=1)
        .order_by("-shared", "pk")
        .values_list("pk", *fields)[:CANDIDATES_AT_MOST]
    )
    return _nearest(typed, ((key, name) for key, *names in candidates for name in names))


def is_near(text: str, name: str) -> bool:
    """Whether a name is almost `text`, of which one word is not too short for that."""
    typed = words(text)
    is_long = any(len(word) >= SHORTEST_WORD for word in typed)
    return is_long and bool(_nearest(typed, [(0, name)]))


def words(text: str) -> list[str]:
    """The first WORDS_AT_MOST words of the first LONGEST characters of a text, folded: letters and
    digits."""
    return re.findall(r"[^\W_]+", fold(text[:LONGEST]))[:WORDS_AT_MOST]


def pieces(word: str) -> Iterable[str]:
    """Parts of a word of which some stay as they are where others have a slip."""
    size = max(len(word) // 3, 2)
    last = len(word) - size if len(word) >= SHORTEST_WORD else -1
    return (word[begin : begin + size] for begin in range(last + 1))


def likeness(typed: list[str], name: list[str]) -> float:
    """From 0 to 1: how much the least alike of the typed words is like a word of the name, or all
    words together like the name, where blanks are missing or too many."""
    by_word = min(
        _ratio(word, next(iter(get_close_matches(word, name, n=1, cutoff=ALIKE)), ""))
        for word in typed
    )
    return max(by_word, _ratio("".join(typed), "".join(name)))


def _nearest(typed: list[str], names: Iterable[tuple[Any, str]]) -> list[Any]:
    """The keys of the names that are almost what was typed, the nearest first, each once."""
    ranked = sorted((-likeness(typed, words(name)), name, key) for key, name in names)
    alike = (key for unlike, _name, key in ranked if unlike <= -ALIKE)
    return list(dict.fromkeys(alike))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
