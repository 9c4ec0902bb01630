"""What the API answers beyond `directory.answers.resolve`: lists, and the documents of editions."""

from datetime import date

import msgspec

from directory.answers.structures import AnswerPart, SearchHit
from directory.editions.diff.differences import Change
from directory.editions.document import ServiceDocument
from directory.editions.formats import Instant, Uri, UriOrEmpty
from directory.hours.schedule import Status


class CriticalState(AnswerPart, frozen=True, kw_only=True):
    """Whether critical requests are answered: the state of the best channel that takes them, until
    when it holds, and when it opens."""

    state: Status
    until: Instant | None
    next_open: Instant | None


class ApiOperation(AnswerPart, frozen=True, kw_only=True):
    """What can be asked: its name in the description, what it answers, and the template of its
    address (RFC 6570)."""

    name: str
    summary: str
    address: str


class ApiIndex(AnswerPart, frozen=True, kw_only=True):
    """Where to begin: the description, the services, and all that can be asked."""

    title: str
    description: Uri
    services: Uri
    site: Uri
    addresses: list[ApiOperation]


class ServiceSummary(AnswerPart, frozen=True, kw_only=True):
    """A service of a list. `state`, `until` and `next_open` are those of its best channel for
    ordinary requests: channels that take critical ones alone do not count. `critical` is the same
    for critical requests, null where no channel takes them. `matches` are the contacts that a
    search was for. `is_available` is false where what is stored is not what was published: then
    nothing is known of it now, and its own address answers 503."""

    slug: str
    name: str
    url: Uri
    state: Status
    until: Instant | None
    next_open: Instant | None
    critical: CriticalState | None
    edition: int
    published_at: Instant
    matches: tuple[SearchHit, ...] = ()
    is_available: bool = True


class NamedService(AnswerPart, frozen=True, kw_only=True):
    """A service, by its name and address."""

    slug: str
    name: str
    url: Uri


class FormerMatch(NamedService, frozen=True, kw_only=True):
    """A service that once gave what was searched for, and what is in its place."""

    matches: tuple[SearchHit, ...]


class EditionSummary(AnswerPart, frozen=True, kw_only=True):
    """An edition; `summary` says in sentences what it changed. Of one that was withdrawn only
    number, dates and digests are left."""

    number: int
    published_at: Instant
    digest: str
    url: Uri
    document_digest: str
    withdrawn_at: Instant | None
    summary: list[str]


class Page(AnswerPart, frozen=True, kw_only=True):
    """One page of a list; `next` and `previous` are the addresses of its neighbours."""

    count: int
    next: Uri | None
    previous: Uri | None


class ServicePage(Page, frozen=True, kw_only=True):
    """One page of the services. Until `holds_until` no state of them is told otherwise, but by a
    publication; null where none is listed. `known_at` is there while the database is away: since
    when this is known. `former` are those that once gave the number or address that was searched
    for; where nothing is found, `near` are those that are called almost so."""

    holds_until: Instant | None
    results: list[ServiceSummary]
    known_at: Instant | msgspec.UnsetType = msgspec.UNSET
    former: list[FormerMatch] = []
    near: list[NamedService] = []


class EditionPage(Page, frozen=True, kw_only=True):
    """One page of the editions of a service."""

    results: list[EditionSummary]


class Proof(AnswerPart, frozen=True, kw_only=True):
    """What the digests of an edition are made of. `document_digest` is the SHA-256 of `nonce`, a
    line feed and `text`, the document letter by letter; both are null if it was withdrawn.
    `digest` is the SHA-256 of the first seven fields as a JSON array without spaces: the numbers
    of the service and the edition, the instant in UTC, the numbers of who published and who
    proposed it (null: a command, nobody), and the two digests (`digest_before` is empty for the
    first edition, null where the one before is missing)."""

    service: int
    number: int
    published_at: Instant
    published_by: int | None
    proposed_by: int | None
    document_digest: str
    digest_before: str | None
    nonce: str | None
    text: str | None


class EditionDetail(EditionSummary, frozen=True, kw_only=True):
    """An edition with its document, null if it was withdrawn, what it changed, and what its digests
    are made of."""

    document: ServiceDocument | None
    changes: tuple[Change, ...]
    proof: Proof


class EditionProof(AnswerPart, frozen=True, kw_only=True):
    """What the digest of an edition covers. `links` are texts, of each edition from the first to
    the last that was asked for: the SHA-256 of one is its digest. Each is a JSON array of service,
    number, instant, who published and who proposed (numbers), the digest of the document and the
    digest of the edition before. The digest of the document is the SHA-256 of `nonce`, a line feed
    and `document`; both are null if it was withdrawn. `identity` is what a checkpoint calls the
    service."""

    number: int
    digest: str
    identity: str
    document: str | None
    nonce: str | None
    links: tuple[str, ...]


class ProblemDetails(AnswerPart, frozen=True, kw_only=True):
    """RFC 9457."""

    type: UriOrEmpty
    title: str
    status: int
    detail: str


class NoService(ProblemDetails, frozen=True, kw_only=True):
    """What was asked for does not exist; `near` are services that may be meant."""

    near: list[NamedService] = []


class EndedService(ProblemDetails, frozen=True, kw_only=True):
    """A service that is offered no more: since when, what its staff say to use instead, and the
    published service that takes its place, null if there is none."""

    name: str
    ended_on: date
    note: str
    successor: NamedService | None
