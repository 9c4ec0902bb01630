"""Rows as objects of fixtures: only what changes, and of what is complete all of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model

from directory.contacts.kinds import VALUE_FIELDS, kind_of
from directory.editions.document import PublishedStandIn
from directory.hours.schedule import WeeklySpan
from directory.imports.restoring.state import CHANNELS, REQUEST_TYPES, SERVICE, Key, State
from directory.models import (
    Channel,
    ChannelContact,
    ContactPoint,
    RequestType,
    ResponseTarget,
    Schedule,
    Service,
    TimeSpan,
)


@dataclass
class Entry:
    """An object of a fixture: its model, the fields with natural keys, and the row that it is
    about."""

    model: type[Model]
    fields: dict[str, Any]
    subject: Key


@dataclass
class Change:
    """What the rows of a service are, and what they are to be."""

    slug: str
    now: State
    made: State
    # The rows that are stored anew, as their order is that in which they were stored.
    anew: set[Key] = field(default_factory=set)

    def is_new(self, key: Key) -> bool:
        """Whether a row is to be stored first."""
        return key not in self.now.rows or key in self.anew

    def fields(self, key: Key) -> dict[str, Any]:
        """What is to be written in a row: all of a new one, else what differs."""
        made = self.made.rows[key]
        if self.is_new(key):
            return {**made}
        before = self.now.rows[key]
        return {name: value for name, value in made.items() if before[name] != value}

    def differs(self, *start: Any) -> bool:
        """Whether any row that begins like this comes, goes or changes."""
        keys = {*self.made.keys(*start), *self.now.keys(*start)}
        return any(self.made.rows.get(key) != self.now.rows.get(key) for key in keys)

    def positions(self, order: Key) -> dict[Any, int]:
        """The positions of what follows each other, by its code, if they have to be written."""
        before = self.now.orders.get(order, ())
        after = self.made.orders.get(order, ())
        there = {*after}
        if after == tuple(each for each in before if each in there):
            return {}
        return {code: position for position, code in enumerate(after, 1)}


class Part(Protocol):
    """What another app restores of a document: registered in its `AppConfig.ready`."""

    # Who answers on levels.
    person_model: Any

    def people(self, codes: Iterable[str]) -> dict[str, PublishedStandIn]:
        """Those who answer now, by code, as documents have them."""

    def entries(self, change: Change) -> Iterator[Entry]:
        """The objects of its rows."""

    def make_way(self, change: Change) -> None:
        """Delete the rows that are stored anew, and note them in `change.anew`."""


_parts: list[Part] = []


def register(part: Part) -> None:
    """Add what another app restores."""
    if part not in _parts:
        _parts.append(part)


def parts() -> list[Part]:
    """The registered ones."""
    return _parts


def entries(change: Change) -> Iterator[Entry]:
    """The objects of what changes."""
    yield from _shared(change)
    without: dict[str, Any] = {}
    if change.differs("target"):
        targets = change.made.keys("target")
        without = {} if targets else {"targets": []}
        for key in targets:
            named = {"service": [change.slug], "request_type": [key[1]]}
            yield Entry(ResponseTarget, {**named, **change.fields(key)}, key)
    # In any case: a page that loses a channel, and nothing else, is published too.
    yield Entry(Service, {"slug": change.slug, **change.fields(SERVICE), **without}, SERVICE)
    yield from _channels(change)
    for part in parts():
        yield from part.entries(change)


def uses(
    change: Change, holder: Key, model: type[Model], named: dict[str, Any]
) -> tuple[list[Entry], dict[str, Any]]:
    """The objects of the contacts of a channel or of who answers, complete if any of them changes,
    and what the holder's own object says if it has none any more. `named` names the holder."""
    positions = change.positions(("uses", *holder))
    keys = change.made.keys("use", *holder)
    if not (positions or change.differs("use", *holder)):
        return [], {}
    found = []
    for key in keys:
        fields = change.fields(key)
        if "extensions" in fields:
            fields["extensions"] = ", ".join(fields["extensions"])
        if key[-1] in positions:
            fields["position"] = positions[key[-1]]
        found.append(Entry(model, {**named, "contact_point": [key[-1]], **fields}, key))
    return found, {} if found else {"contact_uses": []}


def named(code: str) -> list[str] | None:
    """A reference to what has this code; to nothing for an empty one."""
    return [code] if code else None


def _channels(change: Change) -> Iterator[Entry]:
    positions = change.positions(CHANNELS)
    for key in change.made.keys("channel"):
        own, fields = {"service": [change.slug], "code": key[1]}, change.fields(key)
        if "request_types" in fields:
            fields["request_types"] = [[code] for code in fields["request_types"]]
        if "schedule" in fields:
            fields["schedule"] = named(fields["schedule"])
        if "languages" in fields:
            fields["languages"] = ", ".join(fields["languages"])
        if key[1] in positions:
            fields["position"] = positions[key[1]]
        contacts, without = uses(change, key, ChannelContact, {"channel": [change.slug, key[1]]})
        if fields or without:
            yield Entry(Channel, {**own, **fields, **without}, key)
        yield from contacts


def _shared(change: Change) -> Iterator[Entry]:
    positions = change.positions(REQUEST_TYPES)
    codes = [*positions, *(key[1] for key in change.made.keys("request_type"))]
    for code in dict.fromkeys(codes):
        key = ("request_type", code)
        fields = change.fields(key) if key in change.made.rows else {}
        if code in positions:
            fields["position"] = positions[code]
        if fields:
            yield Entry(RequestType, {"code": code, **fields}, key)
    for key in change.made.keys("schedule"):
        if hours := change.fields(key).get("hours"):
            yield from _schedule(key, hours)
    for key in change.made.keys("contact_point"):
        if fields := change.fields(key):
            yield Entry(ContactPoint, _contact_point(key[1], fields, change.made.rows[key]), key)


def _schedule(key: Key, hours: Any) -> Iterator[Entry]:
    fields = {
        name: getattr(hours, name)
        for name in ("code", "name", "timezone", "country", "subdivision", "always_open")
    }
    spans = [] if hours.always_open else hours.spans
    without: dict[str, Any] = {} if spans else {"spans": []}
    yield Entry(Schedule, {**fields, "holidays": hours.holidays.value, **without}, key)
    for span in spans:
        yield Entry(TimeSpan, {"schedule": [hours.code], **_span(span)}, key)


def _span(span: WeeklySpan) -> dict[str, Any]:
    names = ("day", "opens", "closes", "valid_from", "valid_until", "every_year")
    return {name: getattr(span, name) for name in names}


def _contact_point(code: str, fields: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """A new value comes with its kind, and empties those of other kinds."""
    found: dict[str, Any] = {"code": code}
    if fields.keys() & {"kind", "value", "map"}:
        found |= dict.fromkeys(VALUE_FIELDS, "")
        found |= {"kind": made["kind"], "map_url": made["map"], "verified_on": made["verified_on"]}
        found[kind_of(made["kind"]).field or "phone"] = made["value"]
    if "label" in fields:
        found["label"] = fields["label"]
    if "replaced_by" in fields or "replaced_on" in fields:
        found |= {"replaced_by": named(made["replaced_by"]), "replaced_on": made["replaced_on"]}
    return found
