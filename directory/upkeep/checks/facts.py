"""The rows that are checked, and what else the checks of them need."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone

from directory.editions.compose import compose
from directory.editions.document import ServiceDocument
from directory.models import (
    ContactPoint,
    ContactReport,
    Edition,
    Notice,
    Schedule,
    ScheduleException,
    Service,
)
from directory.models.contact_reports import ReportSummary
from directory.upkeep.checks.addresses import Addresses, all_addresses
from directory.upkeep.checks.usage import Usage

BATCH = 500
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Rows to be checked, and what else of the directory the checks of them need.

    `services` come with all that composing reads; `published` has their current editions by primary
    key. `usage` is complete for the contact points in `compared`; of others it
    says whether they are given. `reports` are those of customers that nobody has closed, by the key
    of the contact point. `notices` are those that nobody has ended. `unsaved` are rows whose texts
    are checked as they stand.
    """

    today: date = field(default_factory=timezone.localdate)
    services: list[tuple[Service, ServiceDocument]] = field(default_factory=list)
    contact_points: list[ContactPoint] = field(default_factory=list)
    reports: dict[int, ReportSummary] = field(default_factory=dict)
    schedules: list[Schedule] = field(default_factory=list)
    exceptions: list[ScheduleException] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    unsaved: list[Model] = field(default_factory=list)
    published: dict[int, Edition] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    addresses: Addresses
    compared: Container[int] = frozenset()

    @property
    def verified_for_days(self) -> int:
        return settings.CONTACT_POINT_VERIFIED_FOR_DAYS


def whole_directory() -> Iterator[Facts]:
    """Everything, in batches: services first, whose usage of contact points is gathered.

    A constant number of queries for each batch. At any time one batch of documents is in memory,
    and all addresses.
    """
    usage, addresses, today = Usage(), all_addresses(), timezone.localdate()
    for keys in _batches(Service.objects.order_by("pk").values_list("pk", flat=True)):
        services = composed(keys)
        for service, document in services:
            usage.add(service, document, today)
        yield Facts(services=services, published=published(keys), addresses=addresses)
        del services
    points = ContactPoint.objects.select_related("replaced_by").order_by("pk")
    for batch in _batches(points):
        yield Facts(
            contact_points=batch,
            reports=open_reports(batch),
            usage=usage,
            addresses=addresses,
            compared={point.pk for point in batch},
        )
    schedules = Schedule.objects.prefetch_related("spans").order_by("pk")
    for some in _batches(schedules):
        yield Facts(schedules=some, usage=usage, addresses=addresses)
    for exceptions in _batches(ScheduleException.objects.order_by("pk")):
        yield Facts(exceptions=exceptions, addresses=addresses)
    for notices in _batches(Notice.objects.not_ended().order_by("pk")):
        yield Facts(notices=notices, addresses=addresses)


def composed(keys: Iterable[int]) -> list[tuple[Service, ServiceDocument]]:
    """The services with these primary keys and their documents, in order of the keys."""
    return list(compose(Service.objects.filter(pk__in=keys).order_by("pk")))


def published(keys: Iterable[int]) -> dict[int, Edition]:
    """The current edition of each of these services, by primary key."""
    current = Edition.objects.order_by().current(pk__in=keys).defer("search_text")
    return {edition.service_id: edition for edition in current}


def open_reports(points: Iterable[ContactPoint]) -> dict[int, ReportSummary]:
    """What customers reported of these contact points, by primary key. Two queries."""
    return ContactReport.objects.summaries([point.pk for point in points])


def _batches(rows: QuerySet[Any, T]) -> Iterator[list[T]]:
    batch: list[T] = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
