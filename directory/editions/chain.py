"""The hash chain of a service's editions: what the digests cover, and how they are checked."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, TextField
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext as _

from directory.models import Edition, Service

BATCH = 500


def document_digest(text: str | bytes) -> str:
    """The SHA-256, in hex, of a document's text."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def digest(
    service: int | str, number: int, published_at: datetime, document_digest: str, before: str
) -> str:
    """The SHA-256, in hex, that seals an edition: its service's primary key, number, aware instant,
    the digest of its document, and the digest of the edition before it (empty for the first)."""
    seal = [str(service), number, published_at.astimezone(UTC), document_digest, before]
    return hashlib.sha256(msgspec.json.encode(seal)).hexdigest()


def withdrawal_seal(digest: str, at: datetime, by: int, reason: str) -> str:
    """The signature of a withdrawal: of which edition, at which aware instant, by whom (a primary
    key) and why. Only who has the secret key can make one."""
    return _signer().signature(_withdrawal(digest, at, by, reason))


class Break(NamedTuple):
    """An edition that is not what was sealed, or follows a gap, by the texts in its row."""

    service: str
    number: str

    def __str__(self) -> str:
        return _("%(service)s, edition %(number)s") % self._asdict()


def first_broken(editions: QuerySet[Edition]) -> Iterator[Break]:
    """Yield, for each service, the first edition that is not what was sealed, or follows a gap.

    Takes a queryset of editions; reads it in order, in constant memory. Of an edition that was
    withdrawn everything but its contents is checked, those are erased, and the seal of the
    withdrawal. The newest one is never withdrawn, so there it is a forgery. That the newest
    editions were cut off leaves no trace in the chain; compare with a digest that was printed or
    sent.
    """
    last, number, broken = None, 0, False
    for row in _rows(editions):
        if last and last.service != row.service:
            if last.withdrawn_at and not broken:
                yield _break(last)
            last, number, broken = None, 0, False
        number += 1
        if not broken and not _is_sealed(row, number, last.digest if last else ""):
            broken = True
            yield _break(row)
        last = row
    if last and last.withdrawn_at and not broken:
        yield _break(last)


class _AsStored(Func):
    """A column as it is stored. A date that is none, or bytes that are no text, raise no error."""

    template = "CAST(%(expressions)s AS TEXT)"
    output_field = TextField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """Bytes, which Python reads whatever they are."""
        return self.as_sql(
            compiler, connection, template="CAST(%(expressions)s AS BLOB)", **context
        )


class _Row(NamedTuple):
    """An edition as it is stored; all but the document are texts, or None."""

    document: bytes
    service: str
    name: str | None
    number: str
    published_at: str
    document_digest: str
    digest: str
    withdrawn_at: str | None
    withdrawn_by: str | None
    withdrawn_reason: str
    seal: str


def _rows(editions: QuerySet[Edition]) -> Iterator[_Row]:
    # Beside the edition and not joined to it: one that belongs to no service any more is read too.
    service = Service.objects.filter(pk=OuterRef("service_id")).order_by()
    columns: list[Any] = [
        _AsStored("document"),
        _AsStored("service_id"),
        Subquery(service.values_list(_AsStored("name"))),
        *map(_AsStored, ["number", "published_at", "document_digest", "digest"]),
        *map(_AsStored, ["withdrawn_at", "withdrawn_by_id", "withdrawn_reason"]),
        _AsStored("withdrawal_seal"),
    ]
    in_order = editions.order_by(F("service_id"), "number").values_list(*columns)
    for document, *texts in in_order.iterator(BATCH):
        yield _Row(document, *map(_text, texts))  # type: ignore[arg-type] # which are null


def _text(stored: bytes | str | None) -> str | None:
    return stored.decode(errors="backslashreplace") if isinstance(stored, bytes) else stored


def _break(row: _Row) -> Break:
    return Break(row.name or row.service, row.number)


def _is_sealed(row: _Row, number: int, before: str) -> bool:
    try:
        published_at = _instant(row.published_at)
        expected = digest(row.service, number, published_at, row.document_digest, before)
        if (row.number, row.digest) != (str(number), expected):
            return False
        if not row.withdrawn_at:
            return document_digest(row.document) == row.document_digest
        return not row.document and _is_withdrawal(row, _instant(row.withdrawn_at))
    except (ValueError, OverflowError):
        return False


def _is_withdrawal(row: _Row, at: datetime) -> bool:
    signed = _withdrawal(row.digest, at, row.withdrawn_by, row.withdrawn_reason)
    try:
        _signer().unsign(f"{signed}:{row.seal}")
    except BadSignature:
        return False
    return True


def _instant(text: str) -> datetime:
    """The aware instant of a stored text. Raises ValueError, OverflowError for what is none."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=connection.timezone)
    return instant.astimezone(UTC)


def _withdrawal(digest: str, at: datetime, by: int | str | None, reason: str) -> str:
    return msgspec.json.encode([digest, at.astimezone(UTC), str(by), reason]).decode()


def _signer() -> Signer:
    return Signer(salt="directory.withdrawal")
