"""The escalation of a service's document, from its rows."""

from collections.abc import Iterable, Iterator

from django.db.models import Model, QuerySet
from msgspec.structs import replace

from directory.contacts.stand_ins import LONGEST_CHAIN
from directory.contacts.text import fold
from directory.editions.compose import (
    contact_paths,
    free_texts,
    published_contacts,
    published_request_type,
    schedule_paths,
    with_contacts,
    with_rows,
)
from directory.editions.document import (
    Part,
    PublishedAbsence,
    PublishedContact,
    PublishedEscalation,
    PublishedLevel,
    PublishedStandIn,
    PublishedTime,
    texts_of,
)
from directory.models import ContactPointUse, Schedule, Service
from escalations.models import (
    Absence,
    AbsenceContact,
    EscalationContact,
    EscalationContactUse,
    EscalationLevel,
    EscalationPolicy,
)

_CONTACTS, _USES = EscalationContact.paths_from_service, EscalationContactUse.paths_from_service
# What `with_escalation` reads.
PATHS = (
    "escalation_policy__levels__request_types",
    "escalation_policy__times__request_type",
    *(f"{path}__absences__stand_in" for path in _CONTACTS),
    *(each for path in _CONTACTS for each in schedule_paths(f"{path}__schedule")),
    *contact_paths(*_USES, *AbsenceContact.paths_from_service),
)


def with_escalation(services: QuerySet[Service]) -> QuerySet[Service]:
    """The services with every row of their escalation; who stands in for one another as far as
    anybody may. What nobody planned costs no query."""
    services = services.select_related("escalation_policy")
    services = with_rows(services, "escalation_policy__levels", "contact__schedule")
    services = services.prefetch_related("escalation_policy__levels__request_types")
    services = with_rows(services, "escalation_policy__times", "request_type")
    for path in EscalationContact.paths_from_service:
        services = with_rows(services, f"{path}__absences", "stand_in__schedule")
        services = services.prefetch_related(*schedule_paths(f"{path}__schedule"))
    paths = EscalationContactUse.paths_from_service + AbsenceContact.paths_from_service
    return with_contacts(services, *paths)


def levels(service: Service) -> list[EscalationLevel]:
    """The levels of a service in order; none where it has no policy."""
    policy = getattr(service, "escalation_policy", None)
    return list(policy.levels.all()) if policy else []


def contacts(service: Service) -> dict[int, EscalationContact]:
    """Who answers on the levels of a service, and who stands in for them or for one another, by
    primary key: those of the levels first."""
    found = {level.contact_id: level.contact for level in levels(service)}
    newest = list(found.values())
    for _number in range(LONGEST_CHAIN):
        absences = [absence for contact in newest for absence in contact.absences.all()]
        stand_ins = {each.stand_in_id: each.stand_in for each in absences if each.stand_in}
        newest = [stand_in for key, stand_in in stand_ins.items() if key not in found]
        found |= {stand_in.pk: stand_in for stand_in in newest}
    return found


def absences(known: dict[int, EscalationContact]) -> list[Absence]:
    """When those of `contacts` are away, in order of the days."""
    rows = [absence for each in known.values() for absence in each.absences.all()]
    return sorted(rows, key=lambda row: (row.first_day, row.pk))


def schedules(service: Service) -> set[Schedule]:
    """The schedules that its escalation contacts keep."""
    return {contact.schedule for contact in contacts(service).values() if contact.schedule}


def compose(service: Service) -> dict[str, Part]:
    """The field of the document that this app fills; every document has it, empty if need be."""
    policy = getattr(service, "escalation_policy", None)
    if policy is None:
        return {"escalation": PublishedEscalation()}
    known = contacts(service)
    away = absences(known)
    stand_ins = [known[row.stand_in_id] for row in away if row.stand_in_id in known]
    escalation = PublishedEscalation(
        levels=tuple(_level(level, policy) for level in policy.levels.all()),
        times_count=policy.times_count,
        absences=tuple(_absence(row, known) for row in away),
        stand_ins={contact.code: published_stand_in(contact) for contact in stand_ins},
        **texts_of(PublishedEscalation, policy),
    )
    return {"escalation": escalation}


def texts(service: Service) -> Iterator[tuple[Model, str, str]]:
    """The free texts of a service's escalation, each with its row and field."""
    if policy := getattr(service, "escalation_policy", None):
        yield from free_texts(PublishedEscalation, policy)
        for level in levels(service):
            yield policy, "", f"{level.title}\n{level.purpose}"
    known = contacts(service)
    for contact in known.values():
        yield from _public_texts(contact)
    for absence in absences(known):
        yield from free_texts(PublishedAbsence, absence)


def _public_texts(contact: EscalationContact) -> Iterator[tuple[Model, str, str]]:
    for row, name, text in free_texts(PublishedStandIn, contact):
        is_of_contacts = not name and contact.public == contact.Public.ROLE
        if not is_of_contacts and (name != "person" or contact.public_person):
            yield row, name, text


def level_rows(service: Service) -> list[tuple[Model, Model]]:
    """Of each level its policy, where it is edited, and who answers."""
    return [(level.policy, level.contact) for level in levels(service)]


def absence_rows(service: Service) -> list[tuple[Model, Model]]:
    """Of each absence its row, and who is away."""
    known = contacts(service)
    return [(row, known[row.contact_id]) for row in absences(known)]


def _level(row: EscalationLevel, policy: EscalationPolicy) -> PublishedLevel:
    contact, rows = row.contact, policy.levels.all()
    return PublishedLevel(
        level=row.level,
        contact=contact.code,
        title=row.of_level("title", rows),
        purpose=row.purpose,
        request_types=tuple(published_request_type(kind) for kind in row.request_types.all()),
        escalate_after=tuple(
            PublishedTime(
                request_type=published_request_type(time.request_type), minutes=time.minutes
            )
            for time in policy.times.all()
            if time.level == row.level
        ),
        escalate_after_minutes=row.of_level("escalate_after_minutes", rows),
        schedule=contact.schedule.code if contact.schedule else "",
        contacts=public_contacts(contact, contact.contact_uses.all()),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        name=contact.name,
        person=contact.public_person,
        public=contact.public,
    )


def _absence(row: Absence, known: dict[int, EscalationContact]) -> PublishedAbsence:
    """Beyond the longest chain there is no stand-in."""
    stand_in = known.get(row.stand_in_id) if row.stand_in_id else None
    return PublishedAbsence(
        contact=known[row.contact_id].code,
        first_day=row.first_day,
        last_day=row.last_day,
        stand_in=stand_in.code if stand_in else "",
        contacts=public_contacts(stand_in or known[row.contact_id], row.contact_uses.all()),
    )


def published_stand_in(contact: EscalationContact) -> PublishedStandIn:
    """Who answers, as documents say it."""
    return PublishedStandIn(
        name=contact.name,
        person=contact.public_person,
        public=contact.public,
        schedule=contact.schedule.code if contact.schedule else "",
        contacts=public_contacts(contact, contact.contact_uses.all()),
    )


def public_contacts(
    contact: EscalationContact, uses: Iterable[ContactPointUse]
) -> tuple[PublishedContact, ...]:
    """The contacts of somebody that customers may know; where the name of the person is not public,
    no label says it."""
    if contact.public == contact.Public.ROLE:
        return ()
    found = published_contacts(uses)
    if contact.public_person or not contact.person:
        return found
    return tuple(
        replace(
            each,
            label=_without_name(each.label, contact),
            menu_options=_without_name(each.menu_options, contact),
            replacements=tuple(
                replace(step, label=_without_name(step.label, contact))
                for step in each.replacements
            ),
        )
        for each in found
    )


def _without_name(text: str, contact: EscalationContact) -> str:
    """A text, or the role in the place of one that says the name of the person."""
    words = {*fold(text).split()}
    names = {*fold(contact.person).split()} - {*fold(contact.name).split()}
    return contact.name if words & {each for each in names if len(each) >= 3} else text
