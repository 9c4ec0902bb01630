"""Checks all editions: what was altered, re-chained, cut off or taken away behind the application's
back is named."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Concat
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.editions import chain
from directory.editions.chain import Link
from directory.models import CurrentEdition, Edition, Service

BATCH = 500


class Fault(Enum):
    """What is wrong with an edition."""

    DOCUMENT = gettext_lazy("its document is not what was published")
    AUTHOR = gettext_lazy("who published or proposed it was changed")
    ALTERED = gettext_lazy("its number, date or digest was altered")
    MISSING = gettext_lazy("an edition before it is missing")
    OTHER_BEFORE = gettext_lazy("the edition before it is not the one that it followed")
    UNSIGNED = gettext_lazy(
        "it was not signed with the secret key of this site, nor with one of SECRET_KEY_FALLBACKS: "
        "it was put there by somebody else, or a former key is missing"
    )
    WITHDRAWAL = gettext_lazy("its withdrawal was not signed by this site")
    EMPTIED = gettext_lazy("its contents were taken away, and this site did not erase them")
    CUT_OFF = gettext_lazy("it was published and is missing, as may be later ones")
    NOT_CURRENT = gettext_lazy("the record of the newest edition does not know it")
    CURRENT_MISSING = gettext_lazy("the record of the newest edition is missing")
    CURRENT_FORGED = gettext_lazy("the record of the newest edition was not signed by this site")
    ADDRESS = gettext_lazy("its service has another address than it was published for")
    NO_EDITION = gettext_lazy("it is published, and has no edition")


class Break(NamedTuple):
    """Where a chain breaks: an edition (its service and number as they are stored; without a number
    the service itself) and what is wrong."""

    service: str
    number: str
    fault: Fault

    def __str__(self) -> str:
        values = self._asdict() | {"fault": self.fault.value}
        if not self.number:
            return _("%(service)s: %(fault)s.") % values
        return _("%(service)s, edition %(number)s: %(fault)s.") % values


def breaks() -> Iterator[Break]:
    """Yield, for each service, the first edition that is not what was sealed or follows a gap; else
    that its newest editions were cut off, or that it is published without any.

    Reads all editions in order, in constant memory. Of an edition that was erased everything but
    its contents is checked. Where somebody puts the whole database back to an earlier state, only a
    checkpoint that was kept elsewhere tells.
    """
    broken: set[str] = set()
    for found in (_links, _ends, _without_edition, _elsewhere):
        for service, each in found():
            if service not in broken:
                broken.add(service)
                yield each


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
    name: str | None
    service_id: str
    number: str
    published_at: str
    published_by_id: str | None
    proposed_by_id: str | None
    nonce: str
    document_digest: str
    digest: str
    identity: str
    seal: str
    withdrawn_at: str | None
    withdrawn_by_id: str | None
    withdrawn_reason: str
    withdrawal_seal: str
    erased_at: str | None
    erased_by_id: str | None
    erasure_seal: str


def _links() -> Iterator[tuple[str, Break]]:
    """What is wrong within each service's chain: nothing is said of what follows it there."""
    last: _Row | None = None
    number, is_broken = 0, False
    for row in _rows():
        if last is None or last.service_id != row.service_id:
            last, number, is_broken = None, 0, False
        number += 1
        fault = None if is_broken else _fault(row, number, last.digest if last else "")
        if fault:
            is_broken = True
            yield row.service_id, Break(row.name or row.service_id, row.number, fault)
        last = row


def _ends() -> Iterator[tuple[str, Break]]:
    """Where the newest edition of a service is not the one that is on record as that."""
    newest = Edition.objects.filter(service=OuterRef("pk")).order_by("-number")
    current = CurrentEdition.objects.filter(service=OuterRef("pk")).order_by()
    columns = [
        *(Subquery(newest.values_list(_AsStored(name))[:1]) for name in ("pk", "number", "digest")),
        *(
            Subquery(current.values_list(_AsStored(name)))
            for name in ("edition_id", "number", "digest", "seal")
        ),
    ]
    services = Service.objects.order_by("pk").values_list(
        _AsStored("pk"), _AsStored("name"), *columns
    )
    for row in services.iterator(BATCH):
        service, name, *ends = map(_text, row)
        if found := _end_fault(str(service), *ends):
            number, fault = found
            yield str(service), Break(name or str(service), number, fault)


def _without_edition() -> Iterator[tuple[str, Break]]:
    services = Service.objects.published().filter(
        ~Exists(Edition.objects.filter(service=OuterRef("pk")))
    )
    rows = services.order_by("pk").values_list(_AsStored("pk"), _AsStored("name"))
    for row in rows.iterator(BATCH):
        service, name = map(_text, row)
        yield str(service), Break(name or str(service), "", Fault.NO_EDITION)


def _elsewhere() -> Iterator[tuple[str, Break]]:
    says = Concat(Value('"slug":"'), F("service__slug"), Value('"'))
    found = Edition.objects.public().current().exclude(document__contains=says).order_by("pk")
    columns = (_AsStored(F(name)) for name in ("service_id", "service__name", "number"))
    for row in found.values_list(*columns).iterator(BATCH):
        service, name, number = map(_text, row)
        yield str(service), Break(name or str(service), str(number), Fault.ADDRESS)


def _rows() -> Iterator[_Row]:
    # Beside the edition and not joined to it: one that belongs to no service any more is read too.
    service = Service.objects.filter(pk=OuterRef("service_id")).order_by()
    columns: list[Any] = [
        Subquery(service.values_list(_AsStored("name"))) if name == "name" else _AsStored(name)
        for name in _Row._fields
    ]
    in_order = Edition.objects.order_by(F("service_id"), "number").values_list(*columns)
    for document, *texts in in_order.iterator(BATCH):
        yield _Row(document, *map(_text, texts))  # type: ignore[arg-type] # which are null


def _text(stored: bytes | str | None) -> str | None:
    return stored.decode(errors="backslashreplace") if isinstance(stored, bytes) else stored


def _fault(row: _Row, number: int, before: str) -> Fault | None:
    try:
        link = Link(
            _number(row.service_id),
            _number(row.number),
            _instant(row.published_at),
            _key(row.published_by_id),
            _key(row.proposed_by_id),
            row.document_digest,
            before,
        )
        if not chain.is_signed(
            row.seal, chain.EDITION, *chain.sealed(link, row.digest, row.identity)
        ):
            return _fault_without_seal(link, row, number)
        if link.number != number:
            return Fault.MISSING
        if link.digest != row.digest:
            return Fault.OTHER_BEFORE
        return _fault_of_contents(row)
    except (ValueError, OverflowError):
        return Fault.ALTERED


def _fault_without_seal(link: Link, row: _Row, number: int) -> Fault:
    """What was done to an edition that its seal does not prove, as far as it can be told."""
    if link.number == number and link.digest == row.digest:
        return Fault.UNSIGNED
    swapped = link._replace(published_by=link.proposed_by, proposed_by=link.published_by)
    if swapped.digest == row.digest:
        return Fault.AUTHOR
    users = get_user_model()._default_manager.order_by("pk").values_list("pk", flat=True)
    for author in itertools.chain([None], users.iterator(BATCH)):
        for other in (link._replace(published_by=author), link._replace(proposed_by=author)):
            if other.digest == row.digest:
                return Fault.AUTHOR
    return Fault.ALTERED


def _fault_of_contents(row: _Row) -> Fault | None:
    """What is wrong with the contents of an edition whose row proves itself otherwise."""
    if row.withdrawn_at is not None:
        values = row.digest, _instant(row.withdrawn_at), _key(row.withdrawn_by_id)
        signed = *values, row.withdrawn_reason
        if not chain.is_signed(row.withdrawal_seal, chain.WITHDRAWAL, *signed):
            return Fault.WITHDRAWAL
    if not row.document or not row.nonce or row.erased_at is not None:
        if row.erased_at is None or row.withdrawn_at is None or row.document or row.nonce:
            return Fault.EMPTIED
        values = row.digest, _instant(row.erased_at), _key(row.erased_by_id)
        is_erased = chain.is_signed(row.erasure_seal, chain.ERASURE, *values)
        return None if is_erased else Fault.EMPTIED
    is_whole = chain.document_digest(row.nonce, row.document) == row.document_digest
    return None if is_whole else Fault.DOCUMENT


def _end_fault(
    service: str,
    newest: str | None,
    number: str | None,
    digest: str | None,
    current: str | None,
    current_number: str | None,
    current_digest: str | None,
    seal: str | None,
) -> tuple[str, Fault] | None:
    """The number of an edition and what is wrong: of a service, its newest edition (primary key,
    number, digest), and the same of the one that is on record as that."""
    if current_number is None:
        return (number, Fault.CURRENT_MISSING) if number is not None else None
    try:
        last = _number(current_number)
        if not chain.is_signed(seal or "", chain.CURRENT, _number(service), last, current_digest):
            return current_number, Fault.CURRENT_FORGED
        found = 0 if number is None else _number(number)
    except ValueError:
        return current_number, Fault.CURRENT_FORGED
    if found < last:
        return str(found + 1), Fault.CUT_OFF
    if (newest, found, digest) != (current, last, current_digest):
        return str(found), Fault.NOT_CURRENT
    return None


def _instant(text: str) -> datetime:
    """The aware instant of a stored text. Raises ValueError, OverflowError for what is none."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=connection.timezone)
    return instant.astimezone(UTC)


def _number(text: str | None) -> int:
    """The number of a stored text. Raises ValueError for what is not written as one."""
    number = int(text or "")
    if str(number) != text:
        raise ValueError(text)
    return number


def _key(text: str | None) -> int | None:
    return None if text is None else _number(text)
