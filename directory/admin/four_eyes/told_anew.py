"""What new editions tell that the ones before them did not.

A row may lead nowhere until another one shows it: a text with a number is written in a draft, and
moved to a page later. So what is published is looked at as well, whichever rows made it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from directory.admin.four_eyes.named import named
from directory.editions.document import ServiceDocument, public_texts
from directory.editions.reading import known
from directory.models import Edition

BATCH = 200


def leads_elsewhere(editions: Iterable[int]) -> bool:
    """Whether one of these editions, by primary key, tells numbers, addresses or people that the
    one before it did not. A query or two for each batch."""
    return any(
        _contacts(new) - _contacts(old) or _named_anew(old, new) for old, new in _pairs(editions)
    )


def _pairs(editions: Iterable[int]) -> Iterator[tuple[Any, Any]]:
    """The documents before and after; nothing before a first edition, and none where somebody
    altered it: then all that follows is new."""
    keys = list(editions)
    for start in range(0, len(keys), BATCH):
        rows = Edition.objects.filter(pk__in=keys[start : start + BATCH])
        new = {(each.service_id, each.number): each for each in rows.order_by()}
        before = Edition.objects.filter(
            service__in={service for service, _number in new},
            number__in={number - 1 for _service, number in new},
        )
        old = {(each.service_id, each.number): each for each in before.order_by()}
        for (service, number), edition in new.items():
            yield known(old.get((service, number - 1))) or (), known(edition) or ()


def _contacts(document: ServiceDocument | tuple[()]) -> set[tuple[str, ...]]:
    """The contacts that it gives, and who answers."""
    if not document:
        return set()
    given = {(each.kind, each.value, each.map) for each in document.contact_points.values()}
    escalation = document.escalation
    people: list[Any] = [*escalation.levels, *escalation.stand_ins.values()]
    return given | {(each.name, each.person) for each in people}


def _named_anew(old: Any, new: Any) -> bool:
    before, after = ({text for _mark, text in public_texts(each)} for each in (old, new))
    mentioned = {each for text in after - before for each in named(text)}
    return bool(mentioned - {each for text in before for each in named(text)} if mentioned else ())
