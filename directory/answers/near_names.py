"""Services and rows whose name is almost what somebody typed."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, Left, StrIndex

from directory.answers.search import LONGEST
from directory.contacts.text import fold
from directory.editions.document import ServiceDocument, decode

MOST = 5
# Compared one by one; the database picks those that share most pieces of words with what was typed.
CANDIDATES_AT_MOST = 200
WORDS_AT_MOST = 8
SHORTEST_WORD = 4
# “clabe” and “clave” are .8 alike, as difflib counts: twice what they share by all letters.
ALIKE = 0.75


def near_names(editions: QuerySet, text: str) -> list[ServiceDocument]:
    """The documents of those of the query set of current editions whose names are almost `text`,
    the nearest first, MOST at most. Two queries at most."""
    typed = _words(text[:LONGEST])[:WORDS_AT_MOST]
    pieces = dict.fromkeys(piece for word in typed for piece in _pieces(word))
    if not pieces:
        return []
    shared = [Case(When(folded_name__contains=each, then=1), default=0) for each in pieces]
    lines = Concat("search_text", Value("\n"))
    candidates = (
        editions.annotate(folded_name=Left("search_text", StrIndex(lines, Value("\n")) - 1))
        .alias(shared=reduce(add, shared))
        .filter(shared__gte=1)
        .order_by("-shared", "search_text", "pk")
        .values_list("pk", "folded_name")[:CANDIDATES_AT_MOST]
    )
    keys = _nearest(typed, candidates)[:MOST]
    found = editions.in_bulk(keys)
    return [decode(found[key].document) for key in keys]


def near_rows(rows: QuerySet, fields: Sequence[str], text: str) -> list[Any]:
    """The primary keys of those of the rows of whose names, in these fields of text, one is almost
    `text`, the nearest first. One query."""
    typed = _words(text[:LONGEST])[:WORDS_AT_MOST]
    pieces = dict.fromkeys(piece for word in typed for piece in _pieces(word))
    if not pieces:
        return []
    shared = [
        Case(When(reduce(or_, (Q((f"{name}__folded__contains", each)) for name in fields)), then=1))
        for each in pieces
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
    typed = _words(text[:LONGEST])[:WORDS_AT_MOST]
    is_long = any(len(word) >= SHORTEST_WORD for word in typed)
    return is_long and bool(_nearest(typed, [(0, name)]))


def _nearest(typed: list[str], names: Iterable[tuple[Any, str]]) -> list[Any]:
    """The keys of the names that are almost what was typed, the nearest first, each once."""
    ranked = sorted((-_likeness(typed, _words(name)), name, key) for key, name in names)
    alike = (key for likeness, _name, key in ranked if likeness <= -ALIKE)
    return list(dict.fromkeys(alike))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def _pieces(word: str) -> Iterable[str]:
    """Parts of a word of which some stay as they are where others have a slip."""
    size = max(len(word) // 3, 2)
    last = len(word) - size if len(word) >= SHORTEST_WORD else -1
    return (word[begin : begin + size] for begin in range(last + 1))


def _likeness(typed: list[str], name: list[str]) -> float:
    """From 0 to 1: how much the least alike of the typed words is like a word of the name, or all
    words together like the name, where blanks are missing or too many."""
    by_word = min(
        _ratio(word, next(iter(get_close_matches(word, name, n=1, cutoff=ALIKE)), ""))
        for word in typed
    )
    return max(by_word, _ratio("".join(typed), "".join(name)))


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
