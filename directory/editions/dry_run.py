"""What a change of rows would do to the public pages.

The change is made, composed and compared inside a transaction that is then rolled back.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce

from django.db import transaction
from django.utils import timezone

from directory.editions import document
from directory.editions.compose import compose
from directory.editions.diff.at_once import Reach, at_once, reach
from directory.editions.diff.documents import changes
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


@dataclass
class PageChanges:
    """The pages that change, alike ones together; and how many more show what is changed, but were
    not compared."""

    groups: list[AlikePages] = field(default_factory=list)
    not_compared: int = 0

    @property
    def count(self) -> int:
        """How many of the compared pages change."""
        return sum(len(group.services) for group in self.groups)

    @property
    def reach(self) -> Reach:
        """How much of the compared pages it concerns."""
        return reduce(Reach.plus, (group.reach for group in self.groups), Reach())


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is rolled back when its block ends."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def page_changes(services: ServiceQuerySet) -> PageChanges:
    """How the pages of a queryset of services would change if their rows were published now; of the
    first COMPARED_AT_MOST by name."""
    published = services.published().order_by("name", "pk")
    keys = list(published.values_list("pk", flat=True)[:COMPARED_AT_MOST])
    current = dict(
        Edition.objects.current().filter(service__in=keys).values_list("service_id", "document")
    )
    now = timezone.now()
    alike: dict[tuple, AlikePages] = {}
    for service, composed in compose(Service.objects.filter(pk__in=keys).order_by("name", "pk")):
        before = current.get(service.pk)
        if before == document.encode(composed):
            continue
        sentences = _sentences(before, composed)
        old = document.decode(before) if before else document.ServiceDocument(slug="", name="")
        noticed = tuple(at_once(old, composed, now))
        group = alike.setdefault((sentences, noticed), AlikePages(sentences, at_once=noticed))
        # Until it is published, the page stands at the address that it has.
        service.slug = old.slug or service.slug
        group.services.append(service)
        group.reach = group.reach.plus(reach(old, composed))
    groups = sorted(alike.values(), key=lambda group: -len(group.services))
    return PageChanges(groups, not_compared=published.count() - len(keys))


def published_changes(editions: Iterable[Edition]) -> PageChanges:
    """How the pages changed with these new editions; of the first COMPARED_AT_MOST by name."""
    by_name = sorted(editions, key=lambda edition: (edition.service.name, edition.service_id))
    compared = {edition.pk: edition for edition in by_name[:COMPARED_AT_MOST]}
    # The last one of a service that has several.
    of_service = {edition.service_id: edition for edition in compared.values()}
    before = dict(
        Edition.objects.filter(service__in=of_service)
        .exclude(pk__in=[edition.pk for edition in by_name])
        .order_by("number")
        .values_list("service_id", "document")
    )
    now = dict(Edition.objects.filter(pk__in=compared).values_list("service_id", "document"))
    alike: dict[tuple[str, ...], AlikePages] = {}
    for key, edition in of_service.items():
        sentences = _sentences(before.get(key), document.decode(now[key]))
        alike.setdefault(sentences, AlikePages(sentences)).services.append(edition.service)
    groups = sorted(alike.values(), key=lambda group: -len(group.services))
    return PageChanges(groups, not_compared=len(by_name) - len(compared))


def _sentences(before: str | None, composed: document.ServiceDocument) -> tuple[str, ...]:
    old = document.decode(before) if before else None
    return tuple(str(change) for change in changes(old, composed))
