"""What a change of rows would do to the public pages.

The change is made, composed and compared inside a transaction that is then rolled back.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from directory.editions import document
from directory.editions.compose import compose
from directory.editions.diff.documents import changes
from directory.editions.publish import BATCH
from directory.models import Edition, Service
from directory.models.services import ServiceQuerySet

# How many pages are compared; the rest are counted. Comparing costs more than composing.
COMPARED_AT_MOST = 200


@dataclass
class AlikePages:
    """Services whose pages change in the same way: `sentences`, in the active language."""

    sentences: tuple[str, ...]
    services: list[Service] = field(default_factory=list)


@dataclass
class PageChanges:
    """The pages that change: alike ones together, and how many more were not compared.

    Two with the same `fingerprint` publish the same texts.
    """

    groups: list[AlikePages] = field(default_factory=list)
    more: int = 0
    fingerprint: str = ""

    @property
    def count(self) -> int:
        """How many pages change."""
        return sum(len(group.services) for group in self.groups) + self.more


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is rolled back when its block ends."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def page_changes(services: ServiceQuerySet) -> PageChanges:
    """How the pages of a queryset of services would change if their rows were published now."""
    alike: dict[tuple[str, ...], AlikePages] = {}
    more, sealed = 0, hashlib.sha256()
    keys = list(services.published().order_by("name", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        current = dict(
            Edition.objects.current()
            .filter(service__in=batch)
            .values_list("service_id", "document")
        )
        rows = Service.objects.filter(pk__in=batch).order_by("name", "pk")
        for service, composed in compose(rows):
            before, after = current.get(service.pk), document.encode(composed)
            if before == after:
                continue
            sealed.update(after.encode())
            if sum(len(group.services) for group in alike.values()) >= COMPARED_AT_MOST:
                more += 1
                continue
            sentences = _sentences(before, composed)
            alike.setdefault(sentences, AlikePages(sentences)).services.append(service)
    groups = sorted(alike.values(), key=lambda group: -len(group.services))
    return PageChanges(groups, more, sealed.hexdigest())


def _sentences(before: str | None, composed: document.ServiceDocument) -> tuple[str, ...]:
    old = document.decode(before) if before else None
    return tuple(str(change) for change in changes(old, composed))
