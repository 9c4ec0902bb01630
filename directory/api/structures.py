"""What the API answers beyond `directory.answers.resolve`: lists, and the documents of editions."""

from datetime import date, datetime

from directory.answers.structures import AnswerPart, SearchHit
from directory.editions.diff.differences import Change
from directory.editions.document import ServiceDocument
from directory.hours.schedule import Status


class CriticalState(AnswerPart, frozen=True, kw_only=True):
    """Whether critical requests are answered: the state of the best channel that takes them, until
    when it holds, and when it opens."""

    state: Status
    until: datetime | None
    next_open: datetime | None


class ServiceSummary(AnswerPart, frozen=True, kw_only=True):
    """A service of a list. `state`, `until` and `next_open` are those of its best channel for
    ordinary requests: channels that take critical ones alone do not count. `critical` is the same
    for critical requests, null where no channel takes them. `matches` are the contacts that a
    search was for."""

    slug: str
    name: str
    url: str
    state: Status
    until: datetime | None
    next_open: datetime | None
    critical: CriticalState | None
    edition: int
    published_at: datetime
    matches: tuple[SearchHit, ...] = ()


class NamedService(AnswerPart, frozen=True, kw_only=True):
    """A service, by its name and address."""

    slug: str
    name: str
    url: str


class FormerMatch(NamedService, frozen=True, kw_only=True):
    """A service that once gave what was searched for, and what is in its place."""

    matches: tuple[SearchHit, ...]


class EditionSummary(AnswerPart, frozen=True, kw_only=True):
    """An edition; `summary` says in sentences what it changed. Of one that was withdrawn only
    number, dates and digests are left."""

    number: int
    published_at: datetime
    digest: str
    url: str
    document_digest: str | None
    withdrawn_at: datetime | None
    summary: list[str]


class Page(AnswerPart, frozen=True, kw_only=True):
    """One page of a list; `next` and `previous` are the addresses of its neighbours."""

    count: int
    next: str | None
    previous: str | None


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

    type: str
    title: str
    status: int
    detail: str


class EndedService(ProblemDetails, frozen=True, kw_only=True):
    """A service that is offered no more: since when, what its staff say to use instead, and the
    published service that takes its place, null if there is none."""

    name: str
    ended_on: date
    note: str
    successor: NamedService | None
