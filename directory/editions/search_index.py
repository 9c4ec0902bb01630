"""What an edition is found by: the text that the public search looks through."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, get_type_hints

from django.db.models import QuerySet

from directory.contacts.kinds import kind_of
from directory.contacts.text import fold
from directory.editions import shipped
from directory.editions.document import ServiceDocument, structures, text_fields
from directory.editions.reading import known
from directory.models import Edition

BATCH = 500


def index_text(document: ServiceDocument, before: str = "") -> str:
    """What an edition is found by: its searched texts, folded, as readers of each language read
    them, and its numbers in every form. How its numbers are written is taken from `before`, what
    the edition before it is found by, as far as that gave them.

    The name comes first: lists are ordered by it.
    """
    # One line per word group: a search never matches across two of them.
    texts = [document.name, document.slug]
    _add_words(texts, document, shipped.in_other_languages())
    known = dict(_numbers(before))
    numbers = [known.get(value) or _written(kind, value) for kind, value in _values(document)]
    words = map(fold, dict.fromkeys(texts))
    return "\n".join(dict.fromkeys(filter(None, [*words, *numbers])))


def renew_index(services: QuerySet) -> None:
    """Work out anew what the current editions of services are found by: the site may have other
    languages than when they were published."""
    keys = list(Edition.objects.current(pk__in=services).values_list("pk", flat=True))
    for begin in range(0, len(keys), BATCH):
        for edition in Edition.objects.filter(pk__in=keys[begin : begin + BATCH]):
            document = None if edition.is_erased else known(edition)
            text = index_text(document) if document else ""
            if text != edition.search_text:
                Edition.objects.store_search_text(edition, text)


def _values(document: ServiceDocument) -> Iterator[tuple[str, str]]:
    return ((each.kind, each.value) for each in document.contact_points.values())


# Numbers that services share are worked out once, however many are published.
@lru_cache(maxsize=4096)
def _written(kind: str, value: str) -> str:
    """The line of a value: itself, and how else people write it."""
    forms = kind_of(kind).written(value)
    return " ".join(map(fold, (value, *forms))) if forms else ""


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """The lines of phone numbers, by the number."""
    for line in text.split("\n"):
        number, blank, _forms = line.partition(" ")
        if blank and line.startswith("+"):
            yield number, line


def _add_words(words: list[str], part: Any, otherwise: shipped.Otherwise) -> None:
    """Add what is searched of a part of a document, as it was written and in the other languages.

    To a list: it is asked of every part of thousands of documents, where generators in each other
    cost twice as much.
    """
    kind: Any = type(part)
    for name, is_text in _searched(kind):
        value = getattr(part, name)
        if not value:
            continue
        if is_text:
            words += (value,) if isinstance(value, str) else value
        elif isinstance(value, tuple):
            for each in value:
                _add_words(words, each, otherwise)
        elif isinstance(value, dict):
            for each in value.values():
                _add_words(words, each, otherwise)
        else:
            _add_words(words, value, otherwise)
    if otherwise and shipped.has_texts(kind):
        words += shipped.told_otherwise(part, otherwise)


@cache
def _searched(kind: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a structure that are searched (True), or have what is deeper down."""
    texts = {name for name, text in text_fields(kind).items() if text.searched}
    return tuple(
        (name, name in texts)
        for name, hint in get_type_hints(kind).items()
        if name in texts or any(_searched(part) for part in structures(hint))
    )
