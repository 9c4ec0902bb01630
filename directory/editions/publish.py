"""Rows -> editions: what has changed is published, numbered and chained.

Call `publish` inside the transaction of the edit, when all of its rows are written: an edit and its
editions are committed together or not at all.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from directory.editions import chain, document
from directory.editions.compose import compose
from directory.editions.identity import identity
from directory.editions.search_index import index_text
from directory.models import Edition, Service
from directory.models.services import ServiceQuerySet

BATCH = 500
# Any number, as long as every process uses the same: the key of the lock below.
PUBLISHING_LOCK = 5_717_442_727


def publish(
    services: ServiceQuerySet,
    by: AbstractBaseUser | None = None,
    at: datetime | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Edition]:
    """Publish the services whose document differs from their current edition.

    Takes a queryset of services (those that are not published are passed over), the user who did
    it (None for a command) and the aware instant, now by default. `progress` is called with the
    number of services looked at so far. Returns the new editions, without their documents.

    One publication runs at a time, whole database: who comes second waits, and then composes from
    what the first has committed. So no edit is missing from the later edition, and no number is
    given twice.
    """
    with transaction.atomic():
        take_publishing_turn()
        return _publish(services, by, at or timezone.now(), progress)


def publish_unseen(
    services: ServiceQuerySet, at: datetime, progress: Callable[[int], None] = lambda done: None
) -> list[Edition]:
    """Publish services that this transaction has made, and that nobody else sees before its end:
    so nobody else publishes them, and it waits for no turn. As `publish` otherwise; what they share
    with others may be changed by these meanwhile, so publish them again where it was.
    """
    return _publish(services, None, at, progress)


def _publish(
    services: ServiceQuerySet,
    by: AbstractBaseUser | None,
    at: datetime,
    progress: Callable[[int], None],
) -> list[Edition]:
    published, done = [], 0
    for keys in _batches(services.published().order_by("pk").values_list("pk", flat=True)):
        published += _publish_batch(keys, by, at)
        done += len(keys)
        progress(done)
    return published


def _publish_batch(keys: list[int], by: AbstractBaseUser | None, at: datetime) -> list[Edition]:
    current = {
        edition.service_id: edition
        for edition in Edition.objects.current().filter(service__in=keys)
    }
    new = []
    for service, composed in compose(Service.objects.filter(pk__in=keys).order_by("pk")):
        text, last = document.encode(composed), current.get(service.pk)
        if last and last.document == text:
            continue
        number = last.number + 1 if last else 1
        sealed = chain.document_digest(text)
        digest = chain.digest(service.pk, number, at, sealed, last.digest if last else "")
        new.append(
            Edition(
                service_id=service.pk,
                number=number,
                document=text,
                document_digest=sealed,
                search_text=index_text(composed),
                digest=digest,
                identity=last.identity if last else identity(digest, at),
                published_at=at,
                published_by_id=by.pk if by else None,
            )
        )
    # Thousands may be returned, so without their documents.
    stored = Edition.objects.bulk_create(new)
    light = Edition.objects.defer("document", "search_text").select_related("service")
    return list(light.filter(pk__in=[edition.pk for edition in stored]).order_by("service_id"))


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    keys = iter(list(keys))
    while batch := list(islice(keys, BATCH)):
        yield batch


def take_publishing_turn() -> None:
    """Wait until no other transaction publishes; those that come later wait for this one's end."""
    # SQLite needs nothing: a transaction that writes already holds the one lock there is.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
