"""A document taken apart into rows, each fact once, and put together again. Pure.

A document repeats what is shared: a number in each channel that gives it, a schedule under each
that keeps it. Facts can be told and chosen only where each stands once. Notices, absences and the
dated exceptions of schedules are of their time, and left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from directory.editions.document import (
    Holder,
    PublishedChannel,
    PublishedContact,
    PublishedEscalation,
    PublishedLevel,
    PublishedRequestType,
    PublishedStandIn,
    PublishedTarget,
    PublishedTime,
    Replacement,
    ServiceDocument,
)
from directory.hours.schedule import OpeningHours

# What a row is known by: its kind, then what fixtures name it by within the service.
Key = tuple[Any, ...]
Fields = dict[str, Any]

SERVICE: Key = ("service",)
POLICY: Key = ("escalation",)
REQUEST_TYPES: Key = ("request_types",)
CHANNELS: Key = ("channels",)
# Kinds whose rows other services may share.
SHARED = ("contact_point", "schedule", "request_type", "person")


@dataclass
class State:
    """Rows by key, and what follows what: of each order the keys or codes, in order."""

    rows: dict[Key, Fields] = field(default_factory=dict)
    orders: dict[Key, tuple[Any, ...]] = field(default_factory=dict)

    def keys(self, *start: Any) -> list[Key]:
        """The keys of the rows that begin like this."""
        return [key for key in self.rows if key[: len(start)] == start]

    def copy(self) -> "State":
        """One whose rows can be changed."""
        return State({key: {**fields} for key, fields in self.rows.items()}, {**self.orders})


def state_of(document: ServiceDocument, labels: Mapping[str, str] | None = None) -> State:
    """The rows that a document is made of. `labels` are those that contact points have, by code,
    where that is known; a document says only what is read in each place."""
    state = State()
    rows = state.rows
    rows[SERVICE] = {
        "name": document.name,
        "introduction": document.introduction,
        "is_international": document.is_international,
    }
    rows[POLICY] = {
        "instructions": document.escalation.instructions,
        "times_count": document.escalation.times_count,
    }
    for kind in document.named_request_types:
        rows["request_type", kind.code] = request_type_fields(kind)
    for target in document.targets:
        rows["target", target.request_type.code] = {
            "respond_minutes": target.respond_minutes,
            "solve_minutes": target.solve_minutes,
            "in_open_hours": target.in_open_hours,
        }
    known = _labels(document, labels or {})
    for channel in document.channels:
        key = ("channel", channel.code)
        rows[key] = {
            "title": channel.title,
            "medium": channel.medium,
            "description": channel.description,
            "request_types": _codes(channel.request_types),
            "schedule": channel.schedule,
            "for_abroad": channel.for_abroad,
            "languages": channel.languages,
            "valid_from": channel.valid_from,
            "valid_until": channel.valid_until,
        }
        _add_contacts(state, key, channel.contacts, known)
    for level in document.escalation.levels:
        _add_level(state, level)
        person = PublishedStandIn(
            name=level.name,
            person=level.person,
            public=level.public,
            schedule=level.schedule,
            contacts=level.contacts,
        )
        add_person(state, level.contact, person, known)
    kept = {row["schedule"] for row in rows.values() if row.get("schedule")}
    for code in sorted(kept & document.schedules.keys()):
        rows["schedule", code] = {"hours": usual_hours(document.schedules[code])}
    state.orders[CHANNELS] = tuple(channel.code for channel in document.channels)
    state.orders[REQUEST_TYPES] = _order_of_types(document)
    return state


def request_type_fields(kind: Any) -> Fields:
    """The fields of a type of request, of a document or a row."""
    return {
        "name": kind.name,
        "description": kind.description,
        "covers_all": kind.covers_all,
        "is_critical": kind.is_critical,
    }


def usual_hours(hours: OpeningHours) -> OpeningHours:
    """The hours without the exceptions, their spans in one order."""

    def place(span: Any) -> tuple[Any, ...]:
        days = [(day is not None, day) for day in (span.valid_from, span.valid_until)]
        return (*days, span.day, span.opens, span.closes)

    return replace(hours, exceptions=(), spans=tuple(sorted(hours.spans, key=place)))


def add_person(
    state: State, code: str, person: PublishedStandIn, labels: Mapping[str, str]
) -> None:
    """Add who answers, with the contacts."""
    key = ("person", code)
    names = "name", "person", "public", "schedule"
    state.rows[key] = {name: getattr(person, name) for name in names}
    _add_contacts(state, key, person.contacts, labels)


def _add_level(state: State, level: PublishedLevel) -> None:
    key = ("level", level.level, level.contact, level.valid_from)
    state.rows[key] = {
        "title": level.title,
        "purpose": level.purpose,
        "request_types": _codes(level.request_types),
        "escalate_after_minutes": level.escalate_after_minutes,
        "valid_until": level.valid_until,
    }
    for time in level.escalate_after:
        state.rows["time", level.level, time.request_type.code] = {"minutes": time.minutes}
    order = ("level_order", level.level)
    state.orders[order] = (*state.orders.get(order, ()), key)


def _add_contacts(
    state: State, holder: Key, contacts: Iterable[PublishedContact], labels: Mapping[str, str]
) -> None:
    for contact in contacts:
        steps: list[Any] = [contact, *contact.replacements]
        for step, following in zip(steps, [*contact.replacements, None], strict=True):
            state.rows["contact_point", step.code] = {
                "kind": step.kind,
                "value": step.value,
                "map": step.map,
                "label": labels.get(step.code, step.label),
                "verified_on": step.verified_on,
                "replaced_by": following.code if following else "",
                "replaced_on": following.on if following else None,
            }
        # An own label stays when the contact is replaced; without, each has that of its own.
        is_own = any(step.label != labels.get(step.code, step.label) for step in steps)
        state.rows["use", *holder, contact.code] = {
            "label": contact.label if is_own else "",
            "menu_options": contact.menu_options,
            "extensions": contact.extensions,
        }
    state.orders["uses", *holder] = tuple(contact.code for contact in contacts)


def _labels(document: ServiceDocument, known: Mapping[str, str]) -> dict[str, str]:
    """What each contact point is called by itself: what cannot be the own label of a use, as what
    replaces it is called otherwise; else what is known, else what is read first."""
    holders = [*document.holders]
    sure: dict[str, str] = {}
    first: dict[str, str] = {}
    for contact in (contact for holder in holders for contact in holder.contacts):
        steps: list[PublishedContact | Replacement] = [contact, *contact.replacements]
        if len({step.label for step in steps}) > 1:
            sure |= {step.code: step.label for step in steps}
        for step in steps:
            first.setdefault(step.code, step.label)
    return {**first, **known, **sure}


def _codes(types: Iterable[PublishedRequestType]) -> tuple[str, ...]:
    """In no order: that is the order of all types."""
    return tuple(sorted(kind.code for kind in types))


def _order_of_types(document: ServiceDocument) -> tuple[str, ...]:
    """The types in an order in which every list of the document has them."""
    levels = document.escalation.levels
    lists: list[list[str]] = [[kind.code for kind in each.request_types] for each in levels]
    lists += [[kind.code for kind in channel.request_types] for channel in document.channels]
    lists += [[time.request_type.code for time in level.escalate_after] for level in levels]
    lists.append([target.request_type.code for target in document.targets])
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for codes in lists:
        for before, code in zip([None, *codes], codes, strict=False):
            sorter.add(code, *([before] if before else []))
    try:
        return tuple(sorter.static_order())
    except CycleError:
        return tuple(dict.fromkeys(kind.code for kind in document.named_request_types))


# ---- Put together ----------------------------------------------------------------------------


def document_of(state: State, slug: str) -> ServiceDocument:
    """The document of these rows, in their orders. What rows refer to has to be among them."""
    rows = state.rows
    escalation = PublishedEscalation(levels=tuple(_levels(state)), **rows[POLICY])
    channels = tuple(_channel(state, code) for code in state.orders[CHANNELS])
    holders: tuple[Holder, ...] = (*channels, *escalation.levels)
    kept = {each.schedule for each in holders if each.schedule}
    return ServiceDocument(
        slug=slug,
        targets=tuple(
            PublishedTarget(request_type=_request_type(state, code), **rows["target", code])
            for code in state.orders[REQUEST_TYPES]
            if ("target", code) in rows
        ),
        channels=channels,
        escalation=escalation,
        schedules={code: rows["schedule", code]["hours"] for code in sorted(kept)},
        **rows[SERVICE],
    )


def _request_type(state: State, code: str) -> PublishedRequestType:
    return PublishedRequestType(code=code, **state.rows["request_type", code])


def _request_types(state: State, codes: Iterable[str]) -> tuple[PublishedRequestType, ...]:
    chosen = {*codes}
    ordered = (code for code in state.orders[REQUEST_TYPES] if code in chosen)
    return tuple(_request_type(state, code) for code in ordered)


def _channel(state: State, code: str) -> PublishedChannel:
    fields = {**state.rows["channel", code]}
    types = _request_types(state, fields.pop("request_types"))
    contacts = tuple(_contacts(state, ("channel", code)))
    return PublishedChannel(code=code, request_types=types, contacts=contacts, **fields)


def _levels(state: State) -> Iterator[PublishedLevel]:
    placed = [
        key for order, keys in state.orders.items() if order[0] == "level_order" for key in keys
    ]
    # As the rows are ordered: those without a first day first.
    for key in sorted(placed, key=lambda key: (key[1], key[3] is not None, key[3])):
        _kind, number, contact, valid_from = key
        fields = {**state.rows[key]}
        types = _request_types(state, fields.pop("request_types"))
        times = tuple(
            PublishedTime(
                request_type=_request_type(state, code),
                minutes=state.rows["time", number, code]["minutes"],
            )
            for code in state.orders[REQUEST_TYPES]
            if ("time", number, code) in state.rows
        )
        yield PublishedLevel(
            level=number,
            contact=contact,
            valid_from=valid_from,
            request_types=types,
            escalate_after=times,
            contacts=tuple(_contacts(state, ("person", contact))),
            **fields,
            **state.rows["person", contact],
        )


def _contacts(state: State, holder: Key) -> Iterator[PublishedContact]:
    for code in state.orders["uses", *holder]:
        use, point = state.rows["use", *holder, code], state.rows["contact_point", code]
        yield PublishedContact(
            code=code,
            kind=point["kind"],
            label=use["label"] or point["label"],
            value=point["value"],
            map=point["map"],
            verified_on=point["verified_on"],
            menu_options=use["menu_options"],
            extensions=use["extensions"],
            replacements=tuple(_replacements(state, point, use["label"])),
        )


def _replacements(state: State, point: Fields, own_label: str) -> Iterator[Replacement]:
    seen: set[str] = set()
    while point["replaced_by"] and point["replaced_by"] not in seen:
        code, on = point["replaced_by"], point["replaced_on"]
        seen.add(code)
        point = state.rows["contact_point", code]
        yield Replacement(
            on=on,
            code=code,
            kind=point["kind"],
            label=own_label or point["label"],
            value=point["value"],
            map=point["map"],
            verified_on=point["verified_on"],
        )
