"""What the top of a service's page asks, what is it about?, and answers: whom to contact now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from directory.answers.structures import (
    AnsweringState,
    ChannelAnswer,
    Directory,
    LevelAnswer,
    NextOpening,
)
from directory.answers.whom_to_contact import channels_for, whom_to_contact
from directory.hours.schedule import Status


@dataclass(frozen=True, kw_only=True)
class RequestChoice:
    """Request types that the same channels take, as one link. `code` stands for them all."""

    code: str
    codes: tuple[str, ...]
    name: str
    is_critical: bool


@dataclass(frozen=True, kw_only=True)
class ClosedChannels:
    """Channels that are closed alike: for the same reason, opening at the same time."""

    state: AnsweringState
    channels: tuple[ChannelAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Whom to contact about `choice` (None: anything), best first.

    `offered` is what to try: what is open, then unknown; where there is neither, what opens next.
    `closed` is the rest, the next to open first.

    `level` is where to escalate: the first that answers now, else the first; None where there is
    none. `other_levels` may be tried besides: those before the one that answers, or, where none
    is known to answer, those further up that are not known to be closed.
    """

    choice: RequestChoice | None
    open: tuple[ChannelAnswer, ...]
    unknown: tuple[ChannelAnswer, ...]
    offered: tuple[ChannelAnswer, ...]
    closed: tuple[ClosedChannels, ...]
    next: NextOpening | None
    level: LevelAnswer | None
    other_levels: tuple[LevelAnswer, ...]


def request_choices(directory: Directory) -> list[RequestChoice]:
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
        RequestChoice(
            code=alike[0].code,
            codes=tuple(kind.code for kind in alike),
            name=", ".join(kind.name for kind in alike),
            is_critical=is_critical,
        )
        for (_, is_critical), alike in together.items()
    ]
    return sorted(offered, key=lambda choice: not choice.is_critical)


def advise(directory: Directory, code: str = "") -> Advice:
    """The answer about the request type with this code: the same as the API's `now`. For a code
    that this directory does not name, the answer in general."""
    choice = next((each for each in request_choices(directory) if code in each.codes), None)
    asked = code if choice else ""
    found = whom_to_contact(directory, asked)
    offered = found.open + found.unknown
    closed = _closed(channels_for(directory, asked))
    if not offered and found.next:
        offered, closed = closed[0].channels, closed[1:]
    level, other_levels = _levels(found.escalation)
    return Advice(
        choice=choice,
        open=found.open,
        unknown=found.unknown,
        offered=offered,
        closed=closed,
        next=found.next,
        level=level,
        other_levels=other_levels,
    )


def _closed(channels: Iterable[ChannelAnswer]) -> tuple[ClosedChannels, ...]:
    """The closed ones, the next to open first; those that never do come last."""
    together: dict[tuple, list[ChannelAnswer]] = {}
    for channel in channels:
        if channel.state == Status.CLOSED:
            how = channel.next_open, channel.reason, channel.unconfirmed
            together.setdefault(how, []).append(channel)
    closed = [ClosedChannels(state=alike[0], channels=tuple(alike)) for alike in together.values()]
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(closed, key=lambda each: each.state.next_open or never))


def _levels(levels: tuple[LevelAnswer, ...]):
    """(`level`, `other_levels`) of an answer."""
    for place, level in enumerate(levels):
        if level.state == Status.OPEN:
            return level, levels[:place]
    untold = tuple(level for level in levels[1:] if level.state != Status.CLOSED)
    return next(iter(levels), None), untold
