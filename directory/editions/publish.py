"""Rows -> editions: what has changed is published, numbered and chained.

Call `publish` inside the transaction of the edit, when all of its rows are written: an edit and its
editions are committed together or not at all.
"""

import gc
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import islice
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from config import metrics
from config.availability import TURN_SECONDS, patience
from directory.audit.log import note
from directory.editions import chain, document
from directory.editions.compose import Composer
from directory.editions.identity import identity
from directory.editions.new_editions import NewEditions
from directory.editions.reading import is_proven
from directory.editions.search_index import index_text
from directory.models import CurrentEdition, DirectoryVersion, Edition, Event, recording
from directory.models.services import ServiceQuerySet

logger = logging.getLogger(__name__)

# More would be no faster; the rows and documents of so many take some 30 MB.
BATCH = 1_000
# Of many editions at once, so many are named in the audit log.
NAMED_AT_MOST = 20
# What the next edition asks of the last one (`newest`), which is read as a plain row.
OF_LAST = (
    *("service_id", "number", "published_at", "published_by_id", "proposed_by_id", "identity"),
    *("document", "nonce", "document_digest", "digest", "seal", "search_text"),
    *("on_record", "digest_on_record", "seal_on_record"),
)
# Any number, as long as every process uses the same: the key of the lock below.
PUBLISHING_LOCK = 5_717_442_727


class Act(NamedTuple):
    """When is published, by whom, and who proposed it; None for a command, and for nobody."""

    at: datetime
    by: AbstractBaseUser | None = None
    proposed_by: AbstractBaseUser | None = None

    @property
    def authors(self) -> tuple[int | None, int | None]:
        """The primary keys of both."""
        by, proposed_by = (each.pk if each else None for each in (self.by, self.proposed_by))
        return by, proposed_by


def publish(
    services: ServiceQuerySet,
    by: AbstractBaseUser | None = None,
    at: datetime | None = None,
    progress: Callable[[int], None] = lambda done: None,
    proposed_by: AbstractBaseUser | None = None,
) -> NewEditions:
    """Publish the services whose document differs from their current edition.

    Takes a queryset of services (those that are not published are passed over), the user who did
    it (None for a command), the aware instant, now by default, and the user who proposed it, where
    somebody else published. `progress` is called with the number of services looked at so far.
    Returns the new editions. The memory does not grow with the services, but for their keys.

    Where the clock was set back, an edition is of the instant of the one before it: none is older
    than what it replaced.

    One publication runs at a time, whole database: who comes second waits, and then composes from
    what the first has committed. So no edit is missing from the later edition, and no number is
    given twice.
    """
    with transaction.atomic():
        # Also where nothing is published: a page may have been taken off.
        note_public_change()
        act = Act(at or timezone.now(), by, proposed_by)
        return _noted(_publish(services, act, progress), by)


def _publish(services: ServiceQuerySet, act: Act, progress: Callable[[int], None]) -> NewEditions:
    composer, published, done = Composer(), NewEditions(), 0
    for keys in _batches(services.published().order_by("pk").values_list("pk", flat=True)):
        with _no_collector():
            published += _publish_batch(composer, keys, act)
        done += len(keys)
        progress(done)
    return published


def _noted(published: NewEditions, by: AbstractBaseUser | None) -> NewEditions:
    """Write into the audit log that they were published: one entry, however many there are."""
    if published:
        transaction.on_commit(partial(metrics.note_published, len(published)))
        first = list(published[:NAMED_AT_MOST])
        named = [f"{each.service.slug} {each.number}" for each in first]
        about = first[0] if len(published) == 1 else None
        note(Event.PUBLISHED, by=by, about=about, editions=len(published), first=named)
    return published


def _publish_batch(composer: Composer, keys: list[int], act: Act) -> NewEditions:
    newest = Edition.objects.order_by().newest(pk__among=keys).values_list(*OF_LAST, named=True)
    last_of = {edition.service_id: edition for edition in newest}
    new = []
    for service, composed in composer.documents(keys):
        last = last_of.get(service)
        text = document.encode(composed)
        if last is None or not is_told(last, text):
            new.append(sealed_edition(service, composed, last, act, text))
    store(new)
    recording.published(new)
    return NewEditions(edition.pk for edition in new)


def is_told(last: Edition, text: str) -> bool:
    """Whether an edition has a document of this text, and is what was published: one that was
    altered in the database is shown to nobody, and followed by the next."""
    return last.document == text and is_proven(last)


def sealed_edition(
    service: int,
    composed: document.ServiceDocument,
    last: Edition | None,
    act: Act,
    text: str = "",
) -> Edition:
    """The edition of a service (its primary key) with this document that follows the `last` one,
    None for the first: chained and signed, to be stored. `text`: the document's, where it is
    encoded already."""
    text, nonce = text or document.encode(composed), chain.new_nonce()
    published_by, proposed_by = act.authors
    at = act.at
    if last is not None and last.published_at > at:
        at = last.published_at
        logger.warning(
            "The clock says %s, before edition %d of service %d: the next is of its instant, %s.",
            act.at.isoformat(),
            last.number,
            service,
            at.isoformat(),
        )
    link = chain.Link(
        service=service,
        # Those that were cut off keep their numbers.
        number=max(last.number, getattr(last, "on_record", None) or 0) + 1 if last else 1,
        published_at=at,
        published_by=published_by,
        proposed_by=proposed_by,
        document_digest=chain.document_digest(nonce, text),
        digest_before=last.digest if last else "",
    )
    name = last.identity if last else identity(link.digest, at)
    return Edition(
        service_id=service,
        number=link.number,
        document=text,
        nonce=nonce,
        document_digest=link.document_digest,
        search_text=index_text(composed, last.search_text if last else ""),
        digest=link.digest,
        identity=name,
        published_at=at,
        published_by_id=published_by,
        proposed_by_id=proposed_by,
        seal=chain.seal(link, name),
    )


def store(editions: list[Edition]) -> None:
    """Store new editions, of each service in order, and which is its newest. Two queries."""
    Edition.objects.bulk_create(editions)
    newest = {edition.service_id: edition for edition in editions}.values()
    CurrentEdition.objects.record(
        [
            (
                each.service_id,
                each.pk,
                each.number,
                each.digest,
                chain.current_seal(each.service_id, each.number, each.digest),
            )
            for each in newest
        ]
    )


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    keys = iter(list(keys))
    while batch := list(islice(keys, BATCH)):
        yield batch


@contextmanager
def _no_collector() -> Iterator[None]:
    """Nothing looks for cycles in the block: a batch makes none, but so many objects that all the
    others would be looked at again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def take_publishing_turn() -> None:
    """Wait until no other transaction publishes; those that come later wait for this one's end.

    A request waits for TURN_SECONDS at most, and then for no other lock of the transaction longer:
    raises OperationalError, which is told as “others are publishing”. Commands wait.
    """
    # SQLite needs nothing: a transaction that writes already holds the one lock there is.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            if patience() is not None:
                longest = f"{TURN_SECONDS}s"
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [longest])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])


def note_public_change() -> None:
    """Remember, in the transaction that changes something, that what the public reads of more than
    one service may be told otherwise: lists, sitemaps, feeds. Takes the publishing turn first."""
    take_publishing_turn()
    DirectoryVersion.objects.renew()
