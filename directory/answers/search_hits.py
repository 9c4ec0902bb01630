"""Why a search shows a service: the contacts that somebody typed the number or address of."""

from dataclasses import dataclass

from directory.answers.search import SearchQuery, parse_query
from directory.answers.structures import ContactAnswer, Directory, PlannedChange
from directory.contacts.kinds import kind_of
from directory.contacts.text import fold

MOST = 3


@dataclass(frozen=True, kw_only=True)
class SearchHit:
    """A contact that the search is for, and the title of the channel or name of the level that has
    it. `is_planned`: what was typed is the contact that replaces it."""

    contact: ContactAnswer
    where: str
    is_planned: bool


def search_hits(directory: Directory, text: str) -> list[SearchHit]:
    """The first MOST contacts of the directory, each place once, that `text` finds as
    `directory.answers.search.find` does. None where the service's name says it all."""
    query, name = parse_query(text), fold(directory.name)
    words = [word for word in query.words if word not in name]
    if not words:
        return []
    places = [(channel.title, channel.contacts) for channel in directory.channels]
    places += [(level.name, level.contacts) for level in directory.escalation.levels]
    hits: dict[tuple[str, str], SearchHit] = {}
    for where, contacts in places:
        # What the place itself is called need not be found in its contact too.
        other_words = [word for word in words if word not in fold(where)]
        for contact in contacts if other_words else ():
            is_now = _matches(query, other_words, contact, contact, contact.label)
            planned = contact.changes
            if is_now or (planned and _matches(query, other_words, contact, planned)):
                key = (contact.display, where)
                hits.setdefault(key, SearchHit(contact=contact, where=where, is_planned=not is_now))
    return list(hits.values())[:MOST]


def _matches(
    query: SearchQuery,
    words: list[str],
    contact: ContactAnswer,
    target: ContactAnswer | PlannedChange,
    label: str = "",
) -> bool:
    """Whether the search is for `target`: the contact, or what is to take its place."""
    written = kind_of(target.kind).written(target.value)
    extensions = "\n".join(contact.extensions)
    searched = "\n".join((fold(target.value), fold(label), *map(fold, written), extensions))
    return all(word in searched for word in words) or (
        any(form in number for form in query.numbers for number in written)
        and all(extension in extensions for extension in query.extensions)
    )
