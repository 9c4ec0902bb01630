"""The services that somebody meant by a name or an address that is, or is almost, theirs."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Left, Lower, StrIndex

from directory.answers.near_names import (
    ALIKE,
    CANDIDATES_AT_MOST,
    MOST,
    SHORTEST_WORD,
    likeness,
    pieces,
    words,
)
from directory.contacts.text import fold
from directory.editions.reading import known

PIECES_AT_MOST = 40
# A whole slug weighs more than all pieces together.
WHOLE = 2 * PIECES_AT_MOST
# Who typed more words than the name has was less near to it.
LESS = 0.95


class Candidate(NamedTuple):
    """A service that shares pieces of words with what was typed, by one of the slugs that it had
    before (empty: it had none). `edition` is the key of its current edition; `ended_on` is empty
    where it has a page. `name` is folded, but of a service that has ended."""

    service: int
    edition: int | None
    slug: str
    former: str
    name: str
    ended_on: date | None


@dataclass(frozen=True, kw_only=True)
class NearService:
    """A service that may be meant: its published name, or that of one that `ended_on` a day; the
    former slug that is alike, if it is that; its current edition, if it has a page."""

    slug: str
    name: str
    former: str = ""
    ended_on: date | None = None
    edition: Any = None


def candidates(services: QuerySet, *texts: str) -> list[Candidate]:
    """Those of the query set of services (`with_an_address`) whose name, slug
    or former slug shares most with one of the texts. One query."""
    typed = [each for text in texts if (each := words(text))]
    if not typed:
        return []
    shared = dict.fromkeys(piece for each in typed for word in each for piece in pieces(word))
    lines = Concat("editions__search_text", Value("\n"))
    first_line = Left("editions__search_text", StrIndex(lines, Value("\n")) - 1)
    former = Coalesce("former_slugs__slug", Value(""))
    said = Concat(
        _of_page(first_line, F("name__folded")),
        *(part for slug in ("slug", former) for part in (Value("\n"), Lower(slug))),
        output_field=TextField(),
    )
    score: Any = Case(When(_is_whole(typed), then=WHOLE), default=0)
    for piece in list(shared)[:PIECES_AT_MOST]:
        score += Case(When(said__contains=piece, then=1), default=0)
    found = services.alias(said=said, score=score).filter(score__gte=1)
    rows = found.order_by("-score", "slug", "former_slugs__slug").values_list(
        "pk", "editions__pk", "slug", former, _of_page(first_line, F("name")), "ended_on"
    )
    return [Candidate(*row) for row in rows[:CANDIDATES_AT_MOST]]


def certain(found: Sequence[Candidate], text: str) -> Candidate | None:
    """The one of the candidates that is called `text`, but for capitals, accents and what is
    between letters: by its slug, else a former slug, else its name. None where several are."""
    typed = _letters(text)
    names: tuple[Callable[[Candidate], str], ...] = (
        lambda each: each.slug,
        lambda each: each.former,
        lambda each: each.name,
    )
    for exactly in (lambda name: name == text, lambda name: _letters(name) == typed):
        for name in names:
            those = {each.service: each for each in found if typed and exactly(name(each))}
            if those:
                return next(iter(those.values())) if len(those) == 1 else None
    return None


def nearest(found: Iterable[Candidate], *texts: str) -> list[Candidate]:
    """Those of the candidates that are called almost as one of the texts, the nearest first, each
    service once; `former` is empty but where it is that which is alike. MOST at most."""
    typed = [each for text in texts if (each := words(text))]
    best: dict[int, tuple[float, Candidate]] = {}
    for row in found:
        now = max(_alike(typed, row.name), _alike(typed, row.slug))
        before = _alike(typed, row.former)
        alike = max(now, before)
        if alike >= ALIKE and alike > best.get(row.service, (0.0, row))[0]:
            best[row.service] = alike, row._replace(former=row.former if before > now else "")
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].name))
    return [each for _likeness, each in ranked[:MOST]]


def named(editions: QuerySet, found: Sequence[Candidate]) -> list[NearService]:
    """The candidates by their published names, of the query set of editions; without those whose
    edition is not what was published. One query at most."""
    keys = [each.edition for each in found if each.ended_on is None]
    current = editions.in_bulk(keys) if keys else {}
    near = []
    for each in found:
        edition = None if each.ended_on else current.get(each.edition)
        document = known(edition)
        if each.ended_on or document:
            near.append(
                NearService(
                    slug=each.slug,
                    name=document.name if document else each.name,
                    former=each.former,
                    ended_on=each.ended_on,
                    edition=edition,
                )
            )
    return near


def near_services(services: QuerySet, editions: QuerySet, *texts: str) -> list[NearService]:
    """The services that are called almost as one of the texts, the nearest first, MOST at most.
    Two queries at most."""
    return named(editions, nearest(candidates(services, *texts), *texts))


def _of_page(published: Any, of_ended: Any) -> Case:
    """The one for a service that has a page, the other for one that has ended."""
    return Case(When(ended_on=None, then=published), default=of_ended, output_field=TextField())


def _is_whole(typed: list[list[str]]) -> Q:
    """Whether a slug, or a former one, is one of the texts, whatever stands between its words."""
    forms = {between.join(each) for each in typed for between in ("-", "_", "")}
    fields = ("slug__iexact", "former_slugs__slug__iexact")
    return reduce(or_, (Q((field, form)) for form in sorted(forms) for field in fields))


def _letters(text: str) -> str:
    """The letters and digits of a text, folded."""
    return re.sub(r"[\W_]+", "", fold(text))


def _alike(typed: list[list[str]], name: str) -> float:
    """From 0 to 1: how much one of the texts is like the name, or is more than the name."""
    named = words(name)
    return max((_likeness(each, named) for each in typed), default=0.0)


def _likeness(typed: list[str], named: list[str]) -> float:
    if typed == named:
        return 1.0
    if not named or not all(any(len(w) >= SHORTEST_WORD for w in each) for each in (typed, named)):
        return 0.0
    return max(likeness(typed, named), LESS * likeness(named, typed))
