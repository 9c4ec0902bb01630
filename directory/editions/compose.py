"""Rows -> document: what each service's page says, as its rows stand now."""

from collections.abc import Iterable, Iterator

from directory.editions.document import PublishedEscalation, ServiceDocument
from directory.models import ScheduleException, Service


def compose(services: Iterable[Service]) -> Iterator[tuple[Service, ServiceDocument]]:
    """Yield each service with its document.

    `services` come from `Service.objects.for_composing()`; a batch then costs the same number of
    queries at any size.
    """
    for_all = list(ScheduleException.objects.filter(schedule=None).prefetch_related("spans"))
    for service in services:
        yield service, _compose_one(service, for_all)


def _compose_one(service, exceptions_for_all):
    policy = getattr(service, "escalation_policy", None)
    channels = list(service.channels.all())
    levels = list(policy.levels.all()) if policy else []
    schedules = {channel.schedule for channel in channels}
    schedules |= {level.contact.schedule for level in levels if level.contact.schedule}
    return ServiceDocument(
        slug=service.slug,
        name=service.name,
        introduction=service.introduction,
        channels=tuple(channel.as_document() for channel in channels),
        escalation=policy.as_document() if policy else PublishedEscalation(),
        schedules={schedule.code: schedule.as_hours(exceptions_for_all) for schedule in schedules},
    )
