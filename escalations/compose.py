"""The escalation of a service's document, from its rows."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet

from directory.editions.compose import (
    free_texts,
    published_contacts,
    published_request_type,
    schedule_paths,
    with_contacts,
    with_rows,
)
from directory.editions.document import (
    Part,
    PublishedEscalation,
    PublishedLevel,
    PublishedStandIn,
    PublishedTime,
    texts_of,
)
from directory.models import Schedule, Service
from escalations.models import (
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
)


def with_escalation(services: QuerySet[Service]) -> QuerySet[Service]:
    """The services with every row of their escalation."""
    services = services.select_related("escalation_policy")
    services = with_rows(services, "escalation_policy__levels", "contact__schedule")
    services = with_contacts(services, EscalationContactUse.path_from_service)
    services = with_rows(services, "escalation_policy__times", "request_type")
    schedule = f"{EscalationContact.path_from_service}__schedule"
    return services.prefetch_related(*schedule_paths(schedule))


def levels(service: Service) -> list[EscalationLevel]:
    """The levels of a service in order; none where it has no policy."""
    policy = getattr(service, "escalation_policy", None)
    return list(policy.levels.all()) if policy else []


def schedules(service: Service) -> set[Schedule]:
    """The schedules that its escalation contacts keep."""
    return {level.contact.schedule for level in levels(service) if level.contact.schedule}


def compose(service: Service) -> dict[str, Part]:
    """The field of the document that this app fills; every document has it, empty if need be."""
    policy = getattr(service, "escalation_policy", None)
    if policy is None:
        return {"escalation": PublishedEscalation()}
    escalation = PublishedEscalation(
        levels=tuple(_level(level, policy) for level in policy.levels.all()),
        times_count=policy.times_count,
        **texts_of(PublishedEscalation, policy),
    )
    return {"escalation": escalation}


def texts(service: Service) -> Iterator[tuple[Model, str, str]]:
    """The free texts of a service's escalation, each with its row and field."""
    if policy := getattr(service, "escalation_policy", None):
        yield from free_texts(PublishedEscalation, policy)
    for contact in {level.contact_id: level.contact for level in levels(service)}.values():
        yield from free_texts(PublishedStandIn, contact)


def level_rows(service: Service) -> list[tuple[Model, Model]]:
    """Of each level its policy, where it is edited, and who answers."""
    return [(level.policy, level.contact) for level in levels(service)]


def _level(row: EscalationLevel, policy: EscalationPolicy) -> PublishedLevel:
    contact = row.contact
    beside = [each for each in policy.levels.all() if each.level == row.level]
    # A time for all types that one contact on a level has is that of the level.
    times = [each.escalate_after_minutes for each in (row, *beside)]
    return PublishedLevel(
        level=row.level,
        contact=contact.code,
        escalate_after=tuple(
            PublishedTime(
                request_type=published_request_type(time.request_type), minutes=time.minutes
            )
            for time in policy.times.all()
            if time.level == row.level
        ),
        escalate_after_minutes=next((each for each in times if each is not None), None),
        schedule=contact.schedule.code if contact.schedule else "",
        contacts=published_contacts(contact.contact_uses.all()),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        title=row.title,
        purpose=row.purpose,
        name=contact.name,
        person=contact.person,
    )
