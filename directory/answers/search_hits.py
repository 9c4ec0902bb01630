"""Why a search shows a service: the contacts that somebody typed the number, address or type of
request of, or the channel or level; else the text that says it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override

from directory.answers.resolve import resolve
from directory.answers.search import SearchQuery, parse_query
from directory.answers.structures import (
    AnsweringState,
    ChannelAnswer,
    ContactAnswer,
    Directory,
    ExtensionLink,
    LevelAnswer,
    SearchHit,
)
from directory.contacts.kinds import PHONE, kind_of
from directory.contacts.readers import may_be_abroad
from directory.contacts.text import fold
from directory.editions.document import is_number, public_texts
from directory.editions.names import in_a_line
from directory.editions.reading import StoredEdition, read_as_told

MOST = 3
# How much of a text is shown around what was typed.
AROUND = 60


@dataclass(frozen=True, kw_only=True)
class _Place:
    """A channel or a level, what it is called and for whom it is."""

    holder: ChannelAnswer | LevelAnswer
    where: str
    types: tuple[str, ...]

    def hit(self, contact: ContactAnswer | None, **more: Any) -> SearchHit:
        return SearchHit(contact=contact, where=self.where, **state_of(self.holder), **more)


def state_of(holder: object) -> dict[str, Any]:
    """Whether a channel or a level answers, as the fields of a hit; empty for one of an edition."""
    if not isinstance(holder, AnsweringState):
        return {}
    return {name: getattr(holder, name) for name in AnsweringState.__struct_fields__}


def search_hits(directory: Directory, text: str) -> list[SearchHit]:
    """The first MOST reasons why `directory.answers.search.find` finds the directory by `text`,
    each place once. None where the service's name says it all."""
    query, words = _sought(directory, text)
    if not words:
        return []
    hits = _hits(directory, query, words)
    if not hits:
        # Each word stands somewhere else.
        alone = (SearchQuery(words=(word,), numbers=(), extensions=()) for word in words)
        hits = [hit for each in alone for hit in _hits(directory, each, each.words)[:1]]
    return list(dict.fromkeys(hits))[:MOST]


def edition_hits(edition: StoredEdition, directory: Directory, text: str) -> list[SearchHit]:
    """Those of the directory, which is what `edition` says; where there are none, those that it
    has in the language of the organisation, in which it was published and may be searched for;
    else what it says of other days."""
    hits, language = search_hits(directory, text), settings.ORGANIZATION.language
    if not hits and text and get_language() != language:
        with override(language):
            hits = search_hits(resolve(edition, directory.at), text)
    return hits or _of_other_days(edition, directory, text)


def _sought(directory: Directory, text: str) -> tuple[SearchQuery, tuple[str, ...]]:
    """What a text asks for, and its words that the service's name does not have."""
    query, name = parse_query(text), fold(directory.name)
    return query, tuple(word for word in query.words if word not in name)


def _of_other_days(edition: StoredEdition, directory: Directory, text: str) -> list[SearchHit]:
    """The texts and numbers of an edition that have what was typed, whatever the day: of who stands
    in, of notices to come, of what is not valid yet."""
    query, words = _sought(directory, text)
    if not words:
        return []
    is_abroad = directory.is_international or may_be_abroad()
    document = read_as_told(edition)
    said = dict.fromkeys(said for kind, said in public_texts(document) if kind.searched)
    found = [each for each in said if _says(each, query, words)]
    if not found:
        # Each word stands somewhere else.
        found = [each for each in said if any(_says(each, query, [word]) for word in words)]
    shown = (
        PHONE.shown(each, is_abroad) if is_number(each) else excerpt(each, words) for each in found
    )
    return [
        SearchHit(contact=None, where="", text=each, text_of="other_days")
        for each in dict.fromkeys(shown)
    ][:MOST]


def _says(text: str, query: SearchQuery, words: Iterable[str]) -> bool:
    written = PHONE.written(text) if is_number(text) else ()
    searched = "\n".join(map(fold, (text, *written)))
    return all(word in searched for word in words) or is_number_of(query, written)


def _hits(directory: Directory, query: SearchQuery, words: tuple[str, ...]) -> list[SearchHit]:
    is_abroad = directory.is_international or may_be_abroad()
    hits: dict[tuple[str, str], SearchHit] = {}
    for place in _places(directory):
        # What the place itself is called need not be found in its contact too.
        other_words = tuple(word for word in words if word not in fold(place.where))
        for hit in _hits_at(place, query, other_words, is_abroad):
            shown = hit.former or (hit.contact.display if hit.contact else "")
            hits.setdefault((shown, hit.where), hit)
    return [*hits.values()] or list(_texts(directory, words))


def _places(directory: Directory) -> Iterator[_Place]:
    for channel in directory.channels:
        yield _Place(holder=channel, where=channel.title, types=_names(channel))
    for level in directory.escalation.levels:
        yield _Place(holder=level, where=in_a_line(level.where, level.person), types=_names(level))


def _names(holder: ChannelAnswer | LevelAnswer) -> tuple[str, ...]:
    return tuple(kind.name for kind in holder.request_types)


def _hits_at(
    place: _Place, query: SearchQuery, words: tuple[str, ...], is_abroad: bool
) -> Iterator[SearchHit]:
    contacts = place.holder.contacts
    typed = tuple(name for name in place.types if any(word in fold(name) for word in words))
    if all(word in fold("\n".join(typed)) for word in words):
        yield place.hit(contacts[0] if contacts else None, request_types=typed)
        return
    for contact in contacts:
        planned, extension = contact.changes, _extension(query, words, contact)
        if _is_typed(query, words, contact, contact.kind, contact.value, contact.label):
            yield place.hit(contact, extension=extension)
        elif planned and _is_typed(query, words, contact, planned.kind, planned.value):
            yield place.hit(contact, is_planned=True, extension=extension)
        else:
            # What took its place is of the same kind.
            for former in contact.former:
                if _is_typed(query, words, contact, contact.kind, former):
                    display = kind_of(contact.kind).shown(former, is_abroad)
                    yield place.hit(contact, former=display)


def _extension(
    query: SearchQuery, words: tuple[str, ...], contact: ContactAnswer
) -> ExtensionLink | None:
    """The extension of the contact that was typed, after its number or alone."""
    typed = query.extensions or tuple(word for word in words if word not in contact.value)
    links = contact.extension_links
    return next((link for link in links if any(each in link.extension for each in typed)), None)


def _texts(directory: Directory, words: tuple[str, ...]) -> Iterator[SearchHit]:
    """The texts of the service itself that have all words."""
    texts = [
        ("address", directory.slug),
        ("former_address", directory.renamed_from or ""),
        ("introduction", directory.introduction),
        *(("notice", notice.text) for notice in directory.notices),
    ]
    for text_of, text in texts:
        if all(word in fold(text) for word in words):
            shown = excerpt(text, words)
            yield SearchHit(contact=None, where="", text=shown, text_of=text_of)  # type: ignore[arg-type]


def excerpt(text: str, words: Iterable[str]) -> str:
    """The part of a text around the first of the folded words, cut between words."""
    line = " ".join(text.split())
    places = [place for word in words if (place := fold(line).find(word)) >= 0]
    begin = max(min(places, default=0) - AROUND, 0)
    end = begin + 3 * AROUND
    begin = line.find(" ", begin) + 1 if begin else 0
    end = line.rfind(" ", 0, end) if end < len(line) else len(line)
    return f"{'…' if begin else ''}{line[begin:end]}{'…' if end < len(line) else ''}"


def _is_typed(
    query: SearchQuery,
    words: Iterable[str],
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
