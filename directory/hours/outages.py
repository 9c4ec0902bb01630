"""What outages make of a state: while one lasts nothing answers, whatever the hours say.

Instants are in UTC: datetimes of one zone compare by wall time, wrong when clocks change.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import chain, pairwise
from typing import NamedTuple

from directory.hours.schedule import State, Status

ALWAYS = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


class Outage(NamedTuple):
    """From one instant until another, which is not part of it; NEVER: until further notice."""

    begins: datetime
    ends: datetime


def merged(outages: Iterable[Outage]) -> list[Outage]:
    """The same time as outages that do not touch, in order."""
    apart: list[Outage] = []
    for begins, ends in sorted(outages):
        if begins >= ends:
            continue
        if apart and begins <= apart[-1].ends:
            apart[-1] = Outage(apart[-1].begins, max(ends, apart[-1].ends))
        else:
            apart.append(Outage(begins, ends))
    return apart


def common(one: Iterable[Outage], other: Sequence[Outage]) -> list[Outage]:
    """The time that is part of both."""
    return merged(Outage(max(a.begins, b.begins), min(a.ends, b.ends)) for a in one for b in other)


def is_out(outages: Iterable[Outage], at: datetime) -> bool:
    """Whether one of them lasts at an instant."""
    return any(begins <= at < ends for begins, ends in outages)


def with_outages(
    state_at: Callable[[datetime], State], outages: Sequence[Outage], at: datetime, zone: tzinfo
) -> State:
    """What holds at the aware instant `at` of what `state_at` says, but for `merged` outages, with
    the exact instants at which that changes, in `zone`. An outage gives no reason."""
    if not outages:
        return state_at(at)
    at = at.astimezone(UTC)
    now = State(Status.CLOSED) if is_out(outages, at) else state_at(at)
    changes = list(_first_changes(state_at, outages, at, now.status))
    until = min((instant for instant, _status in changes), default=None)
    openings = (instant for instant, status in changes if status is Status.OPEN)
    next_open = min(openings, default=None)
    return State(
        now.status,
        now.reason,
        until and until.astimezone(zone),
        next_open and next_open.astimezone(zone),
        now.reason_kind,
    )


def _first_changes(
    state_at: Callable[[datetime], State],
    outages: Sequence[Outage],
    at: datetime,
    status: Status,
) -> Iterator[tuple[datetime, Status | None]]:
    """The instants after `at` at which it may not be what it is, in order from one time between
    outages to the next; what it is then, None where that is not known. The last one is the first
    opening; of what is open, or never opens again, the first change is among them."""
    for begins, ends in _between(outages, at):
        base = state_at(begins)
        if begins > at and base.status is not status:
            yield begins, base.status
        if base.until and base.until < ends:
            yield base.until.astimezone(UTC), None
        if base.next_open and base.next_open < ends:
            yield base.next_open.astimezone(UTC), Status.OPEN
        if ends < NEVER and status is not Status.CLOSED:
            yield ends, Status.CLOSED
        is_opening = base.status is Status.OPEN or (base.next_open and base.next_open < ends)
        if status is Status.OPEN or is_opening:
            return


def _between(outages: Sequence[Outage], at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The times without an outage from an instant on."""
    edges = chain([at], chain.from_iterable(outages), [NEVER])
    for begins, ends in list(pairwise(edges))[::2]:
        if max(begins, at) < ends:
            yield max(begins, at), ends
