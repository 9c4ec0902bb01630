"""The public search: names, numbers and addresses, accents ignored."""

from functools import lru_cache

from django.db.models import Q

from directory import phones
from directory.document import Contact, ServiceDocument
from directory.text import fold

LONGEST = 100
# What services share (numbers, titles, names) is worked out once, however many are published.
_remember = lru_cache(maxsize=4096)
_fold = _remember(fold)
_digits = _remember(phones.searchable_digits)


def index_text(document: ServiceDocument) -> str:
    """What an edition is found by. Its folded name comes first: lists are ordered by it."""
    words = [document.name, document.introduction]
    for contact in _contacts(document):
        words += [contact.label, contact.value, *(r.value for r in contact.replacements)]
        if contact.kind in ("phone", "whatsapp"):
            words += _digits(contact.value)
    for channel in document.channels:
        words.append(channel.title)
    for level in document.escalation.levels:
        words += [level.name, level.person]
    # One line per word group: a search never matches across two of them.
    return "\n".join(dict.fromkeys(filter(None, map(_fold, words))))


def matching(text: str) -> Q:
    """The condition on editions for what somebody typed: every word of it, or the number it is.

    Only the first LONGEST characters count. Empty text matches every edition.
    """
    text, condition = text[:LONGEST], Q()
    for word in fold(text).split():
        condition &= Q(search_text__contains=word)
    for digits in phones.digit_forms(text):
        condition |= Q(search_text__contains=digits)
    return condition


def _contacts(document: ServiceDocument) -> list[Contact]:
    holders = [*document.channels, *document.escalation.levels]
    return [contact for holder in holders for contact in holder.contacts]
