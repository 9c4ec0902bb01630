"""What an edition's rows are now: those of its service, and what it shares with others."""

from collections.abc import Iterable

from django.db.models import Q

from directory.contacts.kinds import VALUE_FIELDS
from directory.editions.compose import compose
from directory.editions.document import PublishedStandIn, ServiceDocument
from directory.imports.restoring.entries import parts
from directory.imports.restoring.state import (
    REQUEST_TYPES,
    Fields,
    Key,
    State,
    add_person,
    request_type_fields,
    state_of,
    usual_hours,
)
from directory.models import ContactPoint, RequestType, Schedule, Service


def present_state(service: Service, then: State) -> State:
    """The rows of the service as they stand, with the shared ones that `then` refers to. The
    queries do not grow with the rows."""
    ((_service, document),) = compose(Service.objects.filter(pk=service.pk))
    people = _people(document, then)
    contacts = [contact for person in people.values() for contact in person.contacts]
    codes = {key[1] for key in then.keys("contact_point")} | {*document.contact_points}
    points = _points({*codes, *(contact.code for contact in contacts)})
    labels = {code: point.label for code, point in points.items()}
    now = state_of(document, labels)
    for code, person in people.items():
        add_person(now, code, person, labels)
    for code, point in points.items():
        now.rows["contact_point", code] = point_fields(point)
    kept = {row["schedule"] for row in now.rows.values() if row.get("schedule")}
    _add_schedules(now, kept | {key[1] for key in then.keys("schedule")})
    _add_request_types(now, [key[1] for key in then.keys("request_type")])
    return now


def point_fields(point: ContactPoint) -> Fields:
    """What a contact point is, and what replaces it."""
    return {
        "kind": point.kind,
        "value": point.value,
        "map": point.map_url,
        "label": point.label,
        "verified_on": point.verified_on,
        "replaced_by": point.replaced_by.code if point.replaced_by else "",
        "replaced_on": point.replaced_on,
    }


def aliases(then: State) -> dict[str, str]:
    """The codes under which contact points of an edition stand now, where these are others: one
    that has the same value under another code is the same; where its code names another thing now,
    a free one."""
    wanted = {key[1]: then.rows[key] for key in then.keys("contact_point")}
    there = {point.code: point for point in ContactPoint.objects.filter(code__in=wanted)}
    moved = {
        code: fields
        for code, fields in wanted.items()
        if code not in there or _thing(point_fields(there[code])) != _thing(fields)
    }
    by_value = {_thing(point_fields(point)): point.code for point in _with_values(moved)}
    found = {
        code: by_value[_thing(fields)]
        for code, fields in moved.items()
        if _thing(fields) in by_value
    }
    taken = {*found.values()}
    reused = [
        code
        for code, fields in moved.items()
        if code not in found
        and code in there
        and (code in taken or there[code].kind != fields["kind"])
    ]
    return found | _free_codes(reused)


def renamed(state: State, codes: dict[str, str]) -> State:
    """The state with other codes of contact points."""

    def point_key(key: Key) -> Key:
        names = ("contact_point", "use")
        return (*key[:-1], codes.get(key[-1], key[-1])) if key[0] in names else key

    rows = {point_key(key): {**fields} for key, fields in state.rows.items()}
    for fields in rows.values():
        if fields.get("replaced_by"):
            fields["replaced_by"] = codes.get(fields["replaced_by"], fields["replaced_by"])
    orders = {
        key: tuple(codes.get(each, each) for each in order) if key[0] == "uses" else order
        for key, order in state.orders.items()
    }
    return State(rows, orders)


def then_state(document: ServiceDocument) -> State:
    """The rows of an edition, contact points under the codes that they have now."""
    then = state_of(document)
    codes = aliases(then)
    now = {key[1]: codes.get(key[1], key[1]) for key in then.keys("contact_point")}
    stored = ContactPoint.objects.filter(code__in=now.values()).values_list("code", "label")
    labels = dict(stored)
    known = {code: labels[here] for code, here in now.items() if here in labels}
    return renamed(state_of(document, known), codes)


def _thing(fields: Fields) -> tuple[str, str]:
    return fields["kind"], fields["value"]


def _with_values(wanted: dict[str, Fields]) -> list[ContactPoint]:
    values = [fields["value"] for fields in wanted.values()]
    if not values:
        return []
    condition = Q()
    for name in VALUE_FIELDS:
        condition |= Q(**{f"{name}__in": values})
    return list(ContactPoint.objects.filter(condition).order_by("pk"))


def _free_codes(codes: Iterable[str]) -> dict[str, str]:
    """For each code one that no contact point has: with a number."""
    numbered = {code: [f"{code[:40]}-{number}" for number in range(2, 100)] for code in codes}
    wanted = [each for several in numbered.values() for each in several]
    stored = ContactPoint.objects.filter(code__in=wanted) if wanted else ContactPoint.objects.none()
    taken = {*stored.values_list("code", flat=True)}
    found: dict[str, str] = {}
    for code, several in numbered.items():
        found[code] = next((each for each in several if each not in taken), several[0])
        taken.add(found[code])
    return found


def _points(codes: Iterable[str]) -> dict[str, ContactPoint]:
    """The contact points with these codes and what is to replace them."""
    first = list(ContactPoint.objects.filter(code__in={*codes}).values_list("pk", flat=True))
    planned = ContactPoint.objects.planned_replacements()
    keys = {key for pk in first for key in (pk, *planned.following(pk)) if key is not None}
    rows = ContactPoint.objects.filter(pk__in=keys).select_related("replaced_by").order_by("pk")
    return {point.code: point for point in rows}


def _people(document: ServiceDocument, then: State) -> dict[str, PublishedStandIn]:
    """Those who answer in `then`, and now on no level of the service, as they are now."""
    shown = {level.contact for level in document.escalation.levels}
    wanted = [key[1] for key in then.keys("person") if key[1] not in shown]
    return {code: person for part in parts() for code, person in part.people(wanted).items()}


def _add_schedules(now: State, codes: set[str]) -> None:
    wanted = [code for code in codes if ("schedule", code) not in now.rows]
    rows = Schedule.objects.filter(code__in=wanted).prefetch_related("spans").order_by("pk")
    for row in rows:
        now.rows["schedule", row.code] = {"hours": usual_hours(row.as_hours(own_exceptions=()))}


def _add_request_types(now: State, codes: list[str]) -> None:
    """With all types in their order."""
    ordered = RequestType.objects.all()
    now.orders[REQUEST_TYPES] = tuple(row.code for row in ordered)
    for row in ordered.filter(code__in=codes):
        now.rows["request_type", row.code] = request_type_fields(row)
