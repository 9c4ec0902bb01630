"""Why a search shows a service: the contacts that somebody typed the number, address or type of
request of."""

from collections.abc import Iterable, Iterator

from directory.answers.search import SearchQuery, parse_query
from directory.answers.structures import ContactAnswer, Directory, SearchHit
from directory.contacts.kinds import kind_of
from directory.contacts.readers import may_be_abroad
from directory.contacts.text import fold

MOST = 3


def search_hits(directory: Directory, text: str) -> list[SearchHit]:
    """The first MOST contacts of the directory, each place once, that `text` finds as
    `directory.answers.search.find` does. None where the service's name says it all."""
    query, name = parse_query(text), fold(f"{directory.name}\n{directory.slug}")
    words = [word for word in query.words if word not in name]
    if not words:
        return []
    places = [
        (channel.title, [kind.name for kind in channel.request_types], channel.contacts)
        for channel in directory.channels
    ]
    places += [
        (level.where, [kind.name for kind in level.request_types], level.contacts)
        for level in directory.escalation.levels
    ]
    is_abroad = directory.is_international or may_be_abroad()
    hits: dict[tuple[str, str], SearchHit] = {}
    for where, types, contacts in places:
        # What the place itself is called need not be found in its contact too.
        if other_words := [word for word in words if word not in fold(where)]:
            for hit in _hits_at(where, types, contacts, query, other_words, is_abroad):
                shown = hit.former or (hit.contact.display if hit.contact else "")
                hits.setdefault((shown, where), hit)
    return list(hits.values())[:MOST]


def _hits_at(
    where: str,
    types: list[str],
    contacts: tuple[ContactAnswer, ...],
    query: SearchQuery,
    words: list[str],
    is_abroad: bool,
) -> Iterator[SearchHit]:
    typed = tuple(name for name in types if any(word in fold(name) for word in words))
    if all(word in fold("\n".join(typed)) for word in words):
        for contact in contacts[:1]:
            yield SearchHit(contact=contact, where=where, request_types=typed)
    for contact in contacts:
        planned = contact.changes
        if _is_typed(query, words, contact, contact.kind, contact.value, contact.label):
            yield SearchHit(contact=contact, where=where)
        elif planned and _is_typed(query, words, contact, planned.kind, planned.value):
            yield SearchHit(contact=contact, where=where, is_planned=True)
        else:
            # What took its place is of the same kind.
            for former in contact.former:
                if _is_typed(query, words, contact, contact.kind, former):
                    display = kind_of(contact.kind).shown(former, is_abroad)
                    yield SearchHit(contact=contact, where=where, former=display)


def _is_typed(
    query: SearchQuery,
    words: list[str],
    contact: ContactAnswer,
    kind: str,
    value: str,
    label: str = "",
) -> bool:
    """Whether the search is for a value: of the contact, of what is to take its place, or before.
    Extensions are those of the contact."""
    written = kind_of(kind).written(value)
    extensions = "\n".join(contact.extensions)
    searched = "\n".join((fold(value), fold(label), *map(fold, written), extensions))
    return all(word in searched for word in words) or is_number_of(
        query, written, contact.extensions
    )


def is_number_of(
    query: SearchQuery, written: tuple[str, ...], extensions: Iterable[str] = ()
) -> bool:
    """Whether a number, in the forms in which it is `written`, is the one that was typed, with the
    extensions that were."""
    joined = "\n".join(extensions)
    return any(form in number for form in query.numbers for number in written) and all(
        extension in joined for extension in query.extensions
    )
