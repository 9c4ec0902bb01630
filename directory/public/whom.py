"""What the top of a service's page asks, what is it about?, and answers: whom to contact now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from directory import current
from directory.hours import Status


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Request types that the same channels take, as one link. `code` stands for them all."""

    code: str
    codes: tuple[str, ...]
    name: str
    is_critical: bool


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Channels that open together at `opens` (None: no opening is planned), closed for `reason`."""

    opens: datetime | None
    reason: str
    channels: tuple[current.Channel, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Whom to contact about `choice` (None: anything), best first, and what is closed.

    `first_level` is where to escalate if that does not help, `answering_level` the first one that
    answers now where the first does not; None where there is none.
    """

    choice: Choice | None
    open: tuple[current.Channel, ...]
    unknown: tuple[current.Channel, ...]
    closed: tuple[Closed, ...]
    next: current.NextOpening | None
    first_level: current.Level | None
    answering_level: current.Level | None


def choices(directory: current.Directory) -> list[Choice]:
    """What can be asked for, critical requests first: each set of types that the same channels
    name. Types that cover all are no choice of their own."""
    channels_of, kinds = {}, {}
    for channel in directory.channels:
        for kind in channel.request_types:
            if not kind.covers_all:
                kinds[kind.code] = kind
                channels_of.setdefault(kind.code, []).append(channel.code)
    together: dict[tuple, list] = {}
    for code, channels in channels_of.items():
        key = (tuple(channels), kinds[code].is_critical)
        together.setdefault(key, []).append(kinds[code])
    offered = [
        Choice(
            code=alike[0].code,
            codes=tuple(kind.code for kind in alike),
            name=", ".join(kind.name for kind in alike),
            is_critical=is_critical,
        )
        for (_, is_critical), alike in together.items()
    ]
    return sorted(offered, key=lambda choice: not choice.is_critical)


def answer(directory: current.Directory, code: str = "") -> Answer:
    """The answer about the request type with this code: the same as the API's `now`. For a code
    that this directory does not name, the answer in general."""
    choice = next((each for each in choices(directory) if code in each.codes), None)
    asked = code if choice else ""
    found = current.whom_to_contact(directory, asked)
    first = next(iter(found.escalation), None)
    return Answer(
        choice=choice,
        open=found.open,
        unknown=found.unknown,
        closed=_closed(current.concerned(directory, asked)),
        next=found.next,
        first_level=first,
        answering_level=_answering(found.escalation) if first and first.state != "open" else None,
    )


def _closed(channels: Iterable[current.Channel]) -> tuple[Closed, ...]:
    """The closed ones, the next to open first; those that never do come last."""
    together: dict[tuple, list[current.Channel]] = {}
    for channel in channels:
        if channel.state == Status.CLOSED:
            together.setdefault((channel.next_open, channel.reason), []).append(channel)
    closed = [
        Closed(opens=opens, reason=reason, channels=tuple(alike))
        for (opens, reason), alike in together.items()
    ]
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(closed, key=lambda each: each.opens or never))


def _answering(levels):
    return next((level for level in levels if level.state == Status.OPEN), None)
