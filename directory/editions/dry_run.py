"""What a change of rows would do to the public pages.

The change is made, composed and compared inside a transaction that is then rolled back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.editions import document
from directory.editions.compose import Composer
from directory.editions.diff.at_once import Reach, at_once, reach
from directory.editions.diff.documents import changes
from directory.editions.new_editions import NewEditions
from directory.editions.reading import known, read
from directory.editions.turn import publishing_turn
from directory.models import Edition, Service
from directory.models.services import ServiceQuerySet

# How many pages are composed and compared while somebody waits; the rest are counted.
COMPARED_AT_MOST = 200


@dataclass
class AlikePages:
    """Services whose pages change in the same way: `sentences`, in the active language; what of it
    customers notice `at_once`; and how much of their pages it concerns."""

    sentences: tuple[str, ...]
    services: list[Service] = field(default_factory=list)
    at_once: tuple[str, ...] = ()
    reach: Reach = field(default_factory=Reach)


@dataclass(frozen=True)
class ChangedPage:
    """A service, its current edition or the one before, and what its page says after the change."""

    service: Service
    before: Edition | None
    after: document.ServiceDocument | Edition


@dataclass
class PageChanges:
    """The pages that change, and how many more show what is changed, but were not compared. How
    they change is worked out when it is asked for: after the transaction, if need be, so that
    nobody waits for it."""

    pages: list[ChangedPage] = field(default_factory=list)
    not_compared: int = 0
    at: datetime = field(default_factory=timezone.now)

    @property
    def count(self) -> int:
        """How many of the compared pages change."""
        return len(self.pages)

    @property
    def reach(self) -> Reach:
        """How much of the compared pages it concerns."""
        return reduce(Reach.plus, (group.reach for group in self.groups), Reach())

    @cached_property
    def groups(self) -> list[AlikePages]:
        """The pages that change, alike ones together, the most first; in the active language."""
        alike: dict[tuple, AlikePages] = {}
        for page in self.pages:
            # What was altered in the table is nothing that customers read.
            old = known(page.before)
            new = read(page.after) if isinstance(page.after, Edition) else page.after
            sentences = tuple(str(change) for change in changes(old, new))
            old = old or document.ServiceDocument(slug="", name="")
            noticed = tuple(at_once(old, new, self.at))
            group = alike.setdefault((sentences, noticed), AlikePages(sentences, at_once=noticed))
            group.services.append(page.service)
            group.reach = group.reach.plus(reach(old, new))
        return sorted(alike.values(), key=lambda group: -len(group.services))


@contextmanager
def undone() -> Iterator[None]:
    """A transaction, in the publishing turn, that is rolled back when its block ends."""
    with publishing_turn():
        yield
        transaction.set_rollback(True)


def page_changes(services: ServiceQuerySet) -> PageChanges:
    """How the pages of a queryset of services would change if their rows were published now; of the
    first COMPARED_AT_MOST by name."""
    published = services.published().order_by("name", "pk")
    compared = {service.pk: service for service in published[:COMPARED_AT_MOST]}
    found = Edition.objects.order_by().current(pk__among=compared)
    current = {edition.service_id: edition for edition in found}
    pages = []
    for key, composed in Composer().documents(compared):
        service, before = compared[key], current.get(key)
        if before and before.document == document.encode(composed):
            continue
        # Until it is published, the page stands at the address that it has.
        if before and (old := known(before)):
            service.slug = old.slug
        pages.append(ChangedPage(service, before, composed))
    return PageChanges(pages, not_compared=published.count() - len(compared))


def published_changes(editions: NewEditions) -> PageChanges:
    """How the pages changed with these new editions; of the first COMPARED_AT_MOST by name."""
    rows = editions.values("service__name", "service", "number", "pk")
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for _name, service, number, key in sorted(rows):
        first.setdefault(service, number)
        last[service] = key
    compared = list(last)[:COMPARED_AT_MOST]
    earlier = [Q(service=key, number=first[key] - 1) for key in compared]
    found = Edition.objects.filter(reduce(or_, earlier, Q(pk__in=[])))
    before = {edition.service_id: edition for edition in found}
    new = Edition.objects.select_related("service").in_bulk([last[key] for key in compared])
    pages = []
    for key in compared:
        edition = new[last[key]]
        pages.append(ChangedPage(edition.service, before.get(key), edition))
    return PageChanges(pages, not_compared=len(last) - len(compared))
