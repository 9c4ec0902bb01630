"""What the API answers beyond `directory.answers.resolve`: lists, and the documents of editions."""

from datetime import date

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
    search was for."""

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
    document_digest: str | None
    withdrawn_at: Instant | None
    summary: list[str]


class Page(AnswerPart, frozen=True, kw_only=True):
    """One page of a list; `next` and `previous` are the addresses of its neighbours."""

    count: int
    next: Uri | None
    previous: Uri | None


class ServicePage(Page, frozen=True, kw_only=True):
    """One page of the services. `former` are those that once gave the number or address that was
    searched for; where nothing is found, `near` are those that are called almost so."""

    results: list[ServiceSummary]
    former: list[FormerMatch] = []
    near: list[NamedService] = []


class EditionPage(Page, frozen=True, kw_only=True):
    """One page of the editions of a service."""

    results: list[EditionSummary]


class EditionDetail(EditionSummary, frozen=True, kw_only=True):
    """An edition with its document, null if it was withdrawn, and what it changed."""

    document: ServiceDocument | None
    changes: tuple[Change, ...]


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
