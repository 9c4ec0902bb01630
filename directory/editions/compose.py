"""Rows -> document: what each service's page says, as its rows stand now."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

import msgspec
from django.db.models import Model, Prefetch, QuerySet

from directory.contacts.replacements import LONGEST_CHAIN
from directory.editions import contributions
from directory.editions.document import (
    Part,
    PublishedChannel,
    PublishedContact,
    PublishedRequestType,
    PublishedTarget,
    Replacement,
    ServiceDocument,
    texts_of,
)
from directory.editions.notices import NoticesInUse
from directory.editions.rows import read_rows
from directory.hours.schedule import OpeningHours
from directory.models import (
    Channel,
    ChannelContact,
    ContactPointUse,
    RequestType,
    ResponseTarget,
    Schedule,
    ScheduleException,
    Service,
)

BATCH = 500
HoursOf = Callable[[Schedule], OpeningHours]


class Composer:
    """Composes documents of many services, batch by batch, from plain rows (`rows.py`): what all
    of them share is read once."""

    def __init__(self) -> None:
        self._for_all = _exceptions_for_all()
        self._notices = NoticesInUse()
        self._paths = [
            "former_slugs",
            "channels__request_types",
            "targets__request_type",
            *schedule_paths("channels__schedule"),
            *contact_paths(*ChannelContact.paths_from_service),
            *(path for each in contributions.registered() for path in each.paths),
        ]

    def documents(self, keys: Iterable[int]) -> Iterator[tuple[int, ServiceDocument]]:
        """Yield the primary key of each service, in this order, and its document. A constant number
        of queries; the rows of all of them are in memory."""
        hours = _hours_once(self._for_all)
        for service in read_rows(Service, keys, self._paths):
            yield service.id, _document(service, hours, self._notices)


def compose(services: QuerySet[Service]) -> Iterator[tuple[Service, ServiceDocument]]:
    """Yield each service, with the rows that its document is made of, and the document: for who
    looks at the rows too. `Composer` has the documents alone for a tenth of it.

    A constant number of queries for each BATCH of services; only one batch is in memory.
    """
    for_all, notices = _exceptions_for_all(), NoticesInUse()
    services = with_rows(services, "channels", "schedule").prefetch_related(
        "former_slugs", "channels__request_types", *schedule_paths("channels__schedule")
    )
    services = with_rows(services, "targets", "request_type")
    services = with_contacts(services, *ChannelContact.paths_from_service)
    for contribution in contributions.registered():
        services = contribution.with_rows(services)
    for service in services.iterator(BATCH):
        yield service, _document(service, _hours_once(for_all), notices)


def with_rows(services: QuerySet[Service], path: str, *joined: str) -> QuerySet[Service]:
    """The services with the rows of the reverse relation `path`, and those that these refer to.

    Joined, because Django 5.2 prefetches foreign keys with one OR for each, and SQLite ends at a
    thousand of them.
    """
    model: Any = services.model
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return services.prefetch_related(Prefetch(path, model.objects.select_related(*joined)))


def with_contacts(services: QuerySet[Service], *paths: str) -> QuerySet[Service]:
    """The services with the contact point uses of these paths, and what replaces their contact
    points.

    As deep as a chain of replacements may go; a step that nobody planned costs no query.
    """
    for path in paths:
        services = with_rows(services, path, "contact_point__replaced_by")
    return services.prefetch_related(*contact_paths(*paths))


def contact_paths(*paths: str) -> list[str]:
    """What to prefetch of the contact point uses of `paths`."""
    steps = ["contact_point", *["replaced_by"] * LONGEST_CHAIN]
    return ["__".join([path, *steps]) for path in paths]


def schedule_paths(path: str) -> tuple[str, str]:
    """What to prefetch of the schedules of `path`."""
    return f"{path}__spans", f"{path}__exceptions__spans"


def free_texts(kind: type[Part], row: Any) -> Iterator[tuple[Model, str, str]]:
    """What staff write freely and a part of the document says: the row, the name of its field, the
    text; the words of its contacts under no name."""
    for name, text in texts_of(kind, row).items():
        yield row, name, text
    if hasattr(row, "contact_uses"):
        uses = row.contact_uses.all()
        yield row, "", "\n".join(text for use in uses for text in (use.label, use.menu_options))


def published_contacts(uses: Iterable[ContactPointUse]) -> tuple[PublishedContact, ...]:
    """The contacts of a channel or escalation contact, in their order."""
    return tuple(_contact(use) for use in uses)


def published_request_type(row: RequestType) -> PublishedRequestType:
    """A request type of the document."""
    return PublishedRequestType(
        code=row.code,
        covers_all=row.covers_all,
        is_critical=row.is_critical,
        **texts_of(PublishedRequestType, row),
    )


def _exceptions_for_all() -> list[ScheduleException]:
    return list(ScheduleException.objects.for_all().prefetch_related("spans"))


def _hours_once(for_all: list[ScheduleException]) -> HoursOf:
    """The hours of schedules, each worked out once."""
    known: dict[int, OpeningHours] = {}

    def hours_of(schedule: Schedule) -> OpeningHours:
        if schedule.pk not in known:
            known[schedule.pk] = schedule.as_hours(for_all)
        return known[schedule.pk]

    return hours_of


def _document(service: Service, hours_of: HoursOf, notices: NoticesInUse) -> ServiceDocument:
    channels = service.channels.all()
    schedules = {channel.schedule for channel in channels if channel.schedule}
    added: dict[str, Any] = {}
    for contribution in contributions.registered():
        schedules |= {*contribution.schedules(service)}
        added |= contribution.compose(service)
    document = ServiceDocument(
        slug=service.slug,
        is_international=service.is_international,
        targets=tuple(map(_target, service.targets.all())),
        channels=tuple(_channel(channel) for channel in channels),
        renamed_from=next((former.slug for former in service.former_slugs.all()), ""),
        schedules={schedule.code: hours_of(schedule) for schedule in schedules},
        **texts_of(ServiceDocument, service),
        **added,
    )
    own = notices.of(document)
    return msgspec.structs.replace(document, notices=own) if own else document


def _target(row: ResponseTarget) -> PublishedTarget:
    return PublishedTarget(
        request_type=published_request_type(row.request_type),
        respond_minutes=row.respond_minutes,
        solve_minutes=row.solve_minutes,
        in_open_hours=row.in_open_hours,
    )


def _channel(row: Channel) -> PublishedChannel:
    return PublishedChannel(
        code=row.code,
        medium=row.medium,
        request_types=tuple(published_request_type(kind) for kind in row.request_types.all()),
        schedule=row.schedule.code if row.schedule else "",
        contacts=published_contacts(row.contact_uses.all()),
        for_abroad=row.for_abroad,
        languages=tuple(row.languages.split(", ")) if row.languages else (),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        **texts_of(PublishedChannel, row),
    )


def _contact(use: ContactPointUse) -> PublishedContact:
    """An own label stays when the contact is replaced."""
    point = use.contact_point
    return PublishedContact(
        code=point.code,
        kind=point.kind,
        label=use.label or point.label,
        value=point.value,
        map=point.map_url,
        verified_on=point.verified_on,
        menu_options=use.menu_options,
        extensions=tuple(use.extensions.split(", ")) if use.extensions else (),
        replacements=tuple(_replacements(use)) if point.replaced_by else (),
    )


def _replacements(use: ContactPointUse) -> Iterator[Replacement]:
    point = use.contact_point
    for before, following in pairwise([point, *point.replacements()]):
        if before.replaced_on:
            yield Replacement(
                on=before.replaced_on,
                code=following.code,
                kind=following.kind,
                label=use.label or following.label,
                value=following.value,
                map=following.map_url,
                verified_on=following.verified_on,
            )
