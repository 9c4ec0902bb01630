"""Numbers and addresses that pages gave once: what has taken their place.

They are found in earlier editions, withdrawn ones excepted, of services that give them no more.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from directory.answers import search
from directory.answers.resolve import resolve
from directory.answers.search import parse_query
from directory.answers.search_hits import MOST, is_number_of, state_of
from directory.answers.structures import Directory, LevelAnswer, SearchHit
from directory.contacts import short_codes
from directory.contacts.kinds import kind_of
from directory.contacts.readers import may_be_abroad
from directory.contacts.text import fold
from directory.editions.document import PublishedContact, PublishedLevel, ServiceDocument
from directory.editions.names import in_a_line
from directory.editions.reading import AlteredEdition, read_as_told

SERVICES_AT_MOST = 20
# Fewer digits are part of many numbers.
SHORTEST_NUMBER = 7
SHORTEST_CODE = 3


@dataclass(frozen=True, kw_only=True)
class FormerContacts:
    """A service as it is now, and what has taken the place of the contacts that were typed."""

    directory: Directory
    hits: list[SearchHit]


def find_former(editions: Any, text: str, at: datetime) -> list[FormerContacts]:
    """The services, of the query set of editions, whose pages once gave the whole number, short
    code or e-mail address `text` and do not now, at the aware instant `at`; by name,
    SERVICES_AT_MOST. Three queries at most, none for another text.
    """
    query = parse_query(text)
    numbers = tuple(form for form in query.numbers if len(form) >= SHORTEST_NUMBER)
    query = replace(query, numbers=numbers)
    typed = [*numbers]
    typed += [word for word in query.words if word.count("@") == 1]
    typed += query.words if may_be_short_code(text) else ()
    if not typed:
        return []
    gave_it = Q()
    for form in typed:
        gave_it |= Q(search_text__contains=form)
    still = editions.current().filter(gave_it).values("service")
    gave = editions.filter(gave_it).exclude(service__in=still)
    newest = gave.order_by().values("service").annotate(last=Max("pk"))
    last = [row["last"] for row in newest.order_by("-last")[:SERVICES_AT_MOST]]
    before = {each.service_id: each for each in editions.filter(pk__in=last)}
    found = []
    for edition in editions.current(pk__in=before):
        try:
            then, now = read_as_told(before[edition.service_id]), resolve(edition, at)
        except AlteredEdition:
            # Its search text is no proof either.
            continue
        hits = [
            _hit(contact, place, then, now)
            for place in _places(then)
            for contact in place.contacts
            if is_number_of(query, kind_of(contact.kind).written(contact.value))
            or fold(contact.value) in query.words
        ]
        if hits:
            found.append(FormerContacts(directory=now, hits=list(dict.fromkeys(hits))[:MOST]))
    return sorted(found, key=lambda each: fold(each.directory.name))


def said_no_more(editions: Any, text: str, most: int) -> QuerySet:
    """Of each service that said all of `text` once and does not now, the last edition that did,
    with its service: of the query set of editions, the newest `most`.

    `until` is when the next edition was published. Two queries.
    """
    still = search.find(editions.current(), text).order_by().values("service")
    gave = search.find(editions, text).order_by().exclude(service__in=still)
    newest = gave.values("service").annotate(last=Max("pk")).order_by("-last")
    keys = [row["last"] for row in newest.values("last")[:most]]
    later = editions.filter(service=OuterRef("service"), number__gt=OuterRef("number"))
    until = Subquery(later.order_by("number").values("published_at")[:1])
    last = editions.filter(pk__in=keys).annotate(until=until).select_related("service")
    return last.defer("document", "search_text").order_by("-pk")


def may_be_short_code(text: str) -> bool:
    """Whether a text is a short code as people write it, of SHORTEST_CODE characters or more."""
    return len(text) >= SHORTEST_CODE and short_codes.CODE.fullmatch(text) is not None


class _Place(NamedTuple):
    """A channel or a level: what recognises it in other editions, its title, its contacts, and
    whether it answers (of an edition: nothing)."""

    key: str
    where: str
    contacts: tuple[Any, ...]
    state: dict[str, Any]


def _places(of: ServiceDocument | Directory) -> list[_Place]:
    return [
        *(_Place(each.code, each.title, each.contacts, state_of(each)) for each in of.channels),
        *(
            _Place(each.name, _where(each), each.contacts, state_of(each))
            for each in of.escalation.levels
        ),
    ]


def _where(level: PublishedLevel | LevelAnswer) -> str:
    if isinstance(level, LevelAnswer):
        return level.where
    return in_a_line(level.title, level.purpose, level.name)


def _hit(
    contact: PublishedContact, place: _Place, then: ServiceDocument, now: Directory
) -> SearchHit:
    """What is now in the place of a contact of an earlier edition: the same contact point, the one
    that was to replace it, or else what is new in its channel or level."""
    former = kind_of(contact.kind).shown(contact.value, may_be_abroad())
    places = sorted(_places(now), key=lambda each: each.key != place.key)
    for _key, where, contacts, state in places:
        for each in contacts:
            if each.code in contact.codes:
                return SearchHit(contact=each, where=where, former=former, **state)
    known = {each.code for each_place in _places(then) for each in each_place.contacts}
    for key, where, contacts, state in places:
        for each in contacts if key == place.key else ():
            if each.kind == contact.kind and each.code not in known:
                return SearchHit(contact=each, where=where, former=former, **state)
    return SearchHit(contact=None, where=place.where, former=former)
