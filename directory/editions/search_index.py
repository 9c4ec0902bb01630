"""What an edition is found by: the text that the public search looks through."""

from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from directory.contacts.kinds import kind_of
from directory.contacts.text import fold
from directory.editions import shipped
from directory.editions.document import ServiceDocument, decode, public_texts
from directory.models import Edition

BATCH = 500
# What services share (numbers, titles, names) is worked out once, however many are published.
_remember = lru_cache(maxsize=4096)
_fold = _remember(fold)


@_remember
def _written(kind: str, value: str) -> tuple[str, ...]:
    return kind_of(kind).written(value)


def index_text(document: ServiceDocument) -> str:
    """What an edition is found by: its searched texts, folded, as readers of each language read
    them, and its numbers in every form.

    The name comes first: lists are ordered by it.
    """
    # One line per word group: a search never matches across two of them.
    words = [document.name, document.slug, *_words(document)]
    for code, _name in settings.LANGUAGES:
        with override(code):
            words += _words(shipped.told(document))
    return "\n".join(dict.fromkeys(filter(None, map(_fold, words))))


def renew_index(services: QuerySet) -> None:
    """Work out anew what the current editions of services are found by: the site may have other
    languages than when they were published."""
    keys = list(Edition.objects.current().filter(service__in=services).values_list("pk", flat=True))
    for begin in range(0, len(keys), BATCH):
        for edition in Edition.objects.filter(pk__in=keys[begin : begin + BATCH]):
            text = index_text(decode(edition.document)) if edition.document else ""
            if text != edition.search_text:
                Edition.objects.store_search_text(edition, text)


def _words(document: ServiceDocument) -> Iterator[str]:
    for text, words in public_texts(document):
        if text.searched:
            yield words
    for contact in document.contact_points.values():
        yield from _written(contact.kind, contact.value)
