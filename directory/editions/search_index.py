"""What an edition is found by: the text that the public search looks through."""

from functools import lru_cache

from directory.contacts.kinds import kind_of
from directory.contacts.text import fold
from directory.editions.document import PublishedContact, ServiceDocument

# What services share (numbers, titles, names) is worked out once, however many are published.
_remember = lru_cache(maxsize=4096)
_fold = _remember(fold)


@_remember
def _digits(kind: str, value: str) -> tuple[str, ...]:
    return kind_of(kind).digits(value)


def index_text(document: ServiceDocument) -> str:
    """What an edition is found by. Its folded name comes first: lists are ordered by it."""
    words = [document.name, document.introduction]
    for contact in _contacts(document):
        words += [contact.label, contact.value, *(r.value for r in contact.replacements)]
        words += [*_digits(contact.kind, contact.value), *contact.extensions]
    for channel in document.channels:
        words.append(channel.title)
    for level in document.escalation.levels:
        words += [level.name, level.person]
    # One line per word group: a search never matches across two of them.
    return "\n".join(dict.fromkeys(filter(None, map(_fold, words))))


def _contacts(document: ServiceDocument) -> list[PublishedContact]:
    holders = [*document.channels, *document.escalation.levels]
    return [contact for holder in holders for contact in holder.contacts]
