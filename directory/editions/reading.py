"""From a stored edition to its document: the one way, for all that the public reads.

What was altered in the table does not prove itself any more, and is not read: a number that nobody
published would rob whoever calls it. The check needs the row alone, so it costs no query.
"""

import logging
from datetime import datetime
from typing import Any, Protocol, TypeVar

from directory.editions import chain, shipped
from directory.editions.document import ServiceDocument, decode

logger = logging.getLogger(__name__)


class StoredEdition(Protocol):
    """An edition, as far as it is read here: see `directory.models.editions`."""

    service: Any
    service_id: int
    number: int
    document: str
    nonce: str
    document_digest: str
    digest: str
    identity: str
    seal: str
    published_at: datetime
    published_by_id: int | None
    proposed_by_id: int | None


Edition = TypeVar("Edition", bound=StoredEdition)


class AlteredEdition(Exception):
    """A stored edition is not what was published: nothing of it may be shown."""

    def __init__(self, edition: StoredEdition) -> None:
        super().__init__(f"{edition.service.slug}, edition {edition.number}")
        self.edition = edition


def read(edition: StoredEdition) -> ServiceDocument:
    """The document of an edition that has one. Raises AlteredEdition, which is logged, for one that
    is not what was published."""
    if not is_proven(edition):
        error = AlteredEdition(edition)
        logger.error(
            "Not shown, as it is not what was published, or SECRET_KEY was changed and the former "
            "one is not in SECRET_KEY_FALLBACKS: %s",
            error,
        )
        raise error
    return decode(edition.document)


def at_its_address(edition: Edition, slug: str) -> Edition:
    """The newest edition of a service, if it says that this is its address. Raises AlteredEdition
    where somebody exchanged the addresses of services in the database."""
    if read(edition).slug != slug:
        error = AlteredEdition(edition)
        logger.error("Not shown at “%s”, as it was published for another address: %s", slug, error)
        raise error
    return edition


def read_as_told(edition: StoredEdition) -> ServiceDocument:
    """The same for readers of the active language: what ships with the product is in it."""
    return shipped.told(read(edition))


def known(edition: StoredEdition | None) -> ServiceDocument | None:
    """The document of an edition; None without one, and where it is not what was published."""
    try:
        return read(edition) if edition else None
    except AlteredEdition:
        return None


def is_proven(edition: StoredEdition) -> bool:
    """Whether an edition is what the application published: its document has the digest that its
    row says, and the row is signed. Of one that was asked for as the newest (`current`), also that
    it is on record as that: whoever cuts off the newest would bring former numbers back."""
    if hasattr(edition, "on_record") and not _is_newest(edition):
        return False
    sealed = chain.sealed(chain.Link.of(edition), edition.digest, edition.identity)
    return chain.document_digest(
        edition.nonce, edition.document
    ) == edition.document_digest and chain.is_signed(edition.seal, chain.EDITION, *sealed)


def _is_newest(edition: Any) -> bool:
    """Whether an edition of `current` is the newest by the signed record."""
    record = edition.on_record, edition.digest_on_record
    return record == (edition.number, edition.digest) and chain.is_signed(
        edition.seal_on_record, chain.CURRENT, edition.service_id, *record
    )
