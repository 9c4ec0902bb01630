"""What differs between the rows and an earlier edition, as facts that are chosen one by one. Pure.

A fact is what people think of as one thing: a field of a channel, a contact of it, a whole channel
that came or went, who answers on a level, a shared schedule.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from directory.editions.diff.documents import changes
from directory.imports.restoring.state import (
    CHANNELS,
    REQUEST_TYPES,
    SHARED,
    Key,
    State,
    document_of,
)
from directory.imports.restoring.surroundings import around

# Fields that are said together.
TOGETHER = {
    "valid_from": "validity",
    "valid_until": "validity",
    "replaced_by": "replacement",
    "replaced_on": "replacement",
}
# Of a level, what is said once for all who answer on it.
OF_THE_LEVEL = ("title", "escalate_after_minutes")


@dataclass
class Fact:
    """Something that is other in the edition. `key` is the same in two requests; `cells` are the
    rows with the field that differs, None where the whole row came or went; `orders` what follows
    in another order. `subject` is the key of the row that it is about."""

    key: str
    subject: Key
    cells: list[tuple[Key, str | None]] = field(default_factory=list)
    orders: list[Key] = field(default_factory=list)
    sentences: tuple[str, ...] = ()

    @property
    def is_shared(self) -> bool:
        """Whether other services may show it."""
        kind = self.subject[1] if self.subject[0] in ("use", "uses") else self.subject[0]
        return kind in SHARED or self.subject == REQUEST_TYPES

    @property
    def is_about_levels(self) -> bool:
        """Whether it is about the escalation."""
        return self.subject[0] in ("level", "time", "escalation")


def facts(now: State, then: State, slug: str) -> list[Fact]:
    """What makes `then` of `now`, in the order of the page, each in words of the active language.
    Shared rows that are in one of the two alone are none: they come with what refers to them."""
    found: dict[str, Fact] = {}
    for subject, name, key, cell in _cells(now, then):
        fact = found.setdefault(name, Fact(name, subject))
        fact.cells.append((key, cell))
    for order in then.orders:
        if order in now.orders and _follows_otherwise(now.orders[order], then.orders[order]):
            subject = ("level", order[1]) if order[0] == "level_order" else order
            name = _name(subject)
            found.setdefault(name, Fact(name, subject)).orders.append(order)
    for fact in found.values():
        fact.sentences = _sentences(*around(fact, now, then), fact, slug)
    return list(found.values())


def chosen(now: State, then: State, wanted: Collection[Fact], offered: Collection[Fact]) -> State:
    """The rows of `now` with the `wanted` facts of those `offered`, and what these refer to."""
    made = now.copy()
    for key, name in (cell for fact in wanted for cell in fact.cells):
        if name is not None:
            made.rows.setdefault(key, {**now.rows[key]})[name] = then.rows[key][name]
        elif key in then.rows:
            made.rows[key] = {**then.rows[key]}
        else:
            made.rows.pop(key, None)
    _complete(made, then)
    declined = {order for fact in offered if fact not in wanted for order in fact.orders}
    for order in {**now.orders, **then.orders}:
        lists = then.orders.get(order, ()), now.orders.get(order, ())
        if order in declined:
            lists = lists[::-1]
        present = {item for item in (*lists[0], *lists[1]) if _is_in(made, now, order, item)}
        made.orders[order] = arranged(present, *lists)
    return made


def arranged(
    items: Iterable[Any], first: Collection[Any], second: Collection[Any]
) -> tuple[Any, ...]:
    """The items as they follow each other in `first`; those that are only in `second` each after
    the one that it follows there."""
    items = {*items}
    result = [item for item in first if item in items]
    before = None
    for item in second:
        if item not in items:
            continue
        if item not in result:
            result.insert(result.index(before) + 1 if before is not None else 0, item)
        before = item
    return tuple(result)


def references(key: Key, fields: dict[str, Any]) -> Iterator[Key]:
    """The keys of the shared rows that a row refers to."""
    if fields.get("schedule"):
        yield "schedule", fields["schedule"]
    if fields.get("replaced_by"):
        yield "contact_point", fields["replaced_by"]
    yield from (("request_type", code) for code in fields.get("request_types", ()))
    if key[0] in ("target", "time"):
        yield "request_type", key[-1]
    elif key[0] == "use":
        yield "contact_point", key[-1]
    elif key[0] == "level":
        yield "person", key[2]


def _complete(made: State, then: State) -> None:
    """Add the shared rows that are referred to and not there, as `then` has them, with the contacts
    of those who answer."""
    waiting = [*made.rows]
    while waiting:
        key = waiting.pop()
        for needed in references(key, made.rows[key]):
            if needed in made.rows or needed not in then.rows:
                continue
            for each in (needed, *then.keys("use", *needed)):
                made.rows[each] = {**then.rows[each]}
                waiting.append(each)


def _is_in(state: State, now: State, order: Key, item: Any) -> bool:
    if order == CHANNELS:
        return ("channel", item) in state.rows
    if order == REQUEST_TYPES:
        # All stored ones have their places, whether or not this service names them.
        return ("request_type", item) in state.rows or item in now.orders[order]
    if order[0] == "level_order":
        return item in state.rows
    return ("use", *order[1:], item) in state.rows


def _cells(now: State, then: State) -> Iterator[tuple[Key, str, Key, str | None]]:
    """Each difference: the subject and the name of its fact, the row, and the field."""
    # Where somebody came or went, all of the level is one fact.
    levels = {key[1] for key in {*now.keys("level")} ^ {*then.keys("level")}}
    for key in {**then.rows, **now.rows}:
        before, after = now.rows.get(key), then.rows.get(key)
        if before is None or after is None:
            if subject := _whole(key, now, then):
                group = "minutes" if key[0] == "time" and key[1] not in levels else ""
                yield subject, _name(subject, group), key, None
            continue
        for name in after:
            if before[name] != after[name]:
                subject, group = _group(key, name, levels)
                yield subject, _name(subject, group), key, name


def _group(key: Key, name: str, levels: set[int]) -> tuple[Key, str]:
    """The subject of the fact that a field belongs to, and what is said together with it; empty
    where all of the row is one fact."""
    kind, group = key[0], TOGETHER.get(name, name)
    if kind in ("level", "time") and key[1] in levels:
        return ("level", key[1]), ""
    if kind == "time":
        return ("level", key[1]), "minutes"
    if kind == "level" and name in OF_THE_LEVEL:
        return ("level", key[1]), group
    if kind in ("use", "target", "schedule", "request_type"):
        return key, ""
    if kind == "contact_point" and group != "replacement":
        return key, ""
    return key, group


def _whole(key: Key, now: State, then: State) -> Key | None:
    """What a row that came or went is a part of; None where it is no fact."""
    kind = key[0]
    if kind in SHARED:
        return None
    if kind in ("level", "time"):
        return ("level", key[1])
    if kind == "use":
        holder = key[1:-1]
        if (holder in now.rows) == (holder in then.rows):
            return key
        # Who answers comes with the level.
        return None if holder[0] in SHARED else holder
    return key


def _follows_otherwise(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    common = {*one} & {*other}
    return [each for each in one if each in common] != [each for each in other if each in common]


def _name(subject: Key, group: str = "") -> str:
    return "/".join("" if part is None else str(part) for part in (*subject, group)).rstrip("/")


def _sentences(now: State, then: State, fact: Fact, slug: str) -> tuple[str, ...]:
    """What the fact changes, alone; where that does not show, as what is concerned is not there,
    what the edition would lack without it."""
    before, alone = document_of(now, slug), document_of(chosen(now, then, [fact], [fact]), slug)
    found = changes(before, alone)
    if not found:
        lacking = document_of(chosen(then, now, [fact], [fact]), slug)
        found = changes(lacking, document_of(then, slug))
    # Some facts show only together with others.
    order, details = _("The order in which they stand"), _("Details that the page does not show")
    return tuple(str(change) for change in found) or (order if fact.orders else details,)
