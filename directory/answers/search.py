"""The public search: names, request types, numbers, extensions and addresses, accents ignored."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.functions import Concat, Left, StrIndex

from directory.contacts import phones
from directory.contacts.text import fold

LONGEST = 100
# Each is looked for in the text of every page.
WORDS_AT_MOST = 12
# “ext. 1107” as documents write it, in folded text.
EXTENSION = re.compile(rf"(?<![^\W\d_])(?:{phones.EXTENSION_WORD}|x)[ .:]*(?=\d)")
# “incidente-critico”: the code of a type, whose name has blanks.
HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
# “quejas” also asks for “queja”, “peticiones” for “petición”, “petição” for “petições”. Of short
# words too little is left.
PLURAL = re.compile(
    r"(?<=[^\W\d_]{3}[aeiou])s$|(?<=[^\W\d_]{3}[lnrdzj])es$|(?<=[^\W\d_]{3}[cst])(?:ao|oes)$"
)
# What comes along with a value that is copied: of a link, of a sentence.
SCHEME = re.compile(r"^(?:mailto:|https?://)")
MARKS = ".,;:!?¡¿…«»“”„‘’\"'`"
# Those of “(1) 379 0300” are of the number.
BRACKETS = "()[]{}<>"


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """What somebody typed: its folded words, without their plural endings and what stands around
    them, and the forms of the number that it is, if it is one, with the extensions after it."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    extensions: tuple[str, ...]


def parse_query(text: str) -> SearchQuery:
    """What `text` asks for. Only its first LONGEST characters and WORDS_AT_MOST words count, and
    “ext” before digits is no word."""
    text = fold(text[:LONGEST])
    number, *extensions = EXTENSION.split(text, maxsplit=1)
    typed = EXTENSION.sub(" ", text).split()
    words = chain.from_iterable(map(_parts, [*filter(None, map(_bare, typed))] or typed))
    return SearchQuery(
        words=tuple(PLURAL.sub("", word) for word in islice(words, WORDS_AT_MOST)),
        numbers=phones.digit_forms(number.strip(f" {MARKS}{BRACKETS}")),
        extensions=tuple(re.findall(r"\d+", "".join(extensions))),
    )


def find(editions: QuerySet, text: str) -> QuerySet:
    """Those of the query set of editions that have every word of `text`, or the number it is: first
    those with the words in their name (`is_named`), of these first those whose name begins so; then
    the others, by name.

    Empty text finds every edition.
    """
    query = parse_query(text)
    if not query.words:
        return editions.annotate(is_named=Value(True)).order_by("search_text", "pk")
    condition = _all("search_text", query.words)
    for digits in query.numbers:
        condition |= _all("search_text", (digits, *query.extensions))
    formerly = editions.filter(_all("service__former_slugs__slug", query.words))
    condition |= Q(pk__in=formerly.order_by().values("pk"))
    lines = Concat("search_text", Value("\n"))
    return (
        editions.filter(condition)
        .alias(folded_name=Left("search_text", StrIndex(lines, Value("\n")) - 1))
        .annotate(is_named=_is(_all("folded_name", query.words)))
        .alias(begins_so=_is(Q(search_text__startswith=" ".join(query.words))))
        .order_by("-is_named", "-begins_so", "search_text", "pk")
    )


def _bare(word: str) -> str:
    """A word without what came along with it; empty where that is all."""
    around = MARKS + BRACKETS if any(map(str.isalpha, word)) else MARKS
    return SCHEME.sub("", word.strip(around)).rstrip("/")


def _parts(word: str) -> list[str]:
    return word.split("-") if HYPHENED.fullmatch(word) else [word]


def _all(field: str, texts: Iterable[str]) -> Q:
    return Q(*(Q((f"{field}__contains", text)) for text in texts))


def _is(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
