"""The top of a service's page: the choice of a request, and whom to contact now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from directory.answers import promised_times, sentences
from directory.answers.structures import (
    AnsweringState,
    ChannelAnswer,
    Directory,
    LevelAnswer,
    NextOpening,
    RequestTypeAnswer,
    WhomToContact,
)
from directory.answers.whom_to_contact import channels_for, whom_to_contact
from directory.hours.schedule import ReasonKind, Status


class AdviceState(StrEnum):
    """Whether somebody answers, as the top of a page tells it."""

    OPEN = "open"  # somebody answers
    UNKNOWN = "unknown"  # nobody is known to answer, but somebody may
    CLOSED = "closed"
    NOBODY = "nobody"  # no channel is stated


@dataclass(frozen=True, kw_only=True)
class RequestChoice:
    """Request types that the same channels take, and for which the same times are promised, as one
    link. `code` stands for them all."""

    request_types: tuple[RequestTypeAnswer, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(kind.code for kind in self.request_types)

    @property
    def code(self) -> str:
        return self.codes[0]

    @property
    def name(self) -> str:
        return ", ".join(kind.name for kind in self.request_types)

    @property
    def is_critical(self) -> bool:
        return self.request_types[0].is_critical


@dataclass(frozen=True, kw_only=True)
class ClosedChannels:
    """Channels that are closed alike: for the same reason, opening at the same time.

    `opening` says when.
    """

    state: AnsweringState
    channels: tuple[ChannelAnswer, ...]
    opening: str


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Whom to contact about `choice` (None: anything), best first.

    `sentence` says why nobody is known to answer; it is empty where somebody answers.

    `offered` is what to try: what is open, then unknown; where there is neither, what opens next.
    `closed` is the rest, the next to open first.

    `level` is where to escalate: the first that answers now, else the first; None where there is
    none. `other_levels` may be tried besides: those before the one that answers, or, where none
    is known to answer, those further up that are not known to be closed. Levels that are out of
    order are neither, unless all are.
    """

    choice: RequestChoice | None
    state: AdviceState
    sentence: str
    open: tuple[ChannelAnswer, ...]
    unknown: tuple[ChannelAnswer, ...]
    offered: tuple[ChannelAnswer, ...]
    closed: tuple[ClosedChannels, ...]
    next: NextOpening | None
    # Within which time somebody responds, in a sentence; empty where nothing is promised.
    promise: str
    level: LevelAnswer | None
    other_levels: tuple[LevelAnswer, ...]

    @property
    def may_answer(self) -> bool:
        """Whether somebody answers now, or may."""
        return self.state in (AdviceState.OPEN, AdviceState.UNKNOWN)


def request_choices(directory: Directory) -> list[RequestChoice]:
    """What can be asked for, critical requests first: each set of types that the same channels
    name, and for which the same times are promised. Types that cover all, and those that nobody
    takes, are no choice."""
    alike: dict[Any, list[RequestTypeAnswer]] = {}
    for kind in directory.request_types:
        channels = channels_for(directory, kind.code)
        if kind.covers_all or not channels:
            continue
        naming = tuple(channel.code for channel in channels if kind in channel.request_types)
        times = promised_times.times_for(directory, kind.code)
        alike.setdefault((naming, kind.is_critical, times), []).append(kind)
    choices = [RequestChoice(request_types=tuple(kinds)) for kinds in alike.values()]
    return sorted(choices, key=lambda choice: not choice.is_critical)


def advise(directory: Directory, code: str = "") -> Advice:
    """The answer about the request type with this code: the same as the API's `now`. For a code
    that this directory does not name, the answer in general."""
    choice = next((each for each in request_choices(directory) if code in each.codes), None)
    request_type = code if choice else ""
    answer = whom_to_contact(directory, request_type)
    offered = answer.open + answer.unknown
    closed = _closed(channels_for(directory, request_type), directory.at)
    if not offered and answer.next:
        offered, closed = closed[0].channels, closed[1:]
    level, other_levels = _levels(answer.escalation)
    state = _state(directory, answer)
    return Advice(
        choice=choice,
        state=state,
        sentence=_sentence(state, answer, directory.at),
        open=answer.open,
        unknown=answer.unknown,
        offered=offered,
        closed=closed,
        next=answer.next,
        promise=promised_times.promise(answer.target) if answer.target else "",
        level=level,
        other_levels=other_levels,
    )


def _state(directory: Directory, answer: WhomToContact) -> AdviceState:
    if answer.open:
        return AdviceState.OPEN
    if answer.unknown:
        return AdviceState.UNKNOWN
    return AdviceState.CLOSED if directory.channels else AdviceState.NOBODY


def _sentence(state: AdviceState, answer: WhomToContact, at: datetime) -> str:
    if state is AdviceState.OPEN:
        return ""
    if state is AdviceState.NOBODY:
        return _("No channel is stated.")
    return sentences.nobody_answers(answer.unknown, answer.next, at)


def _closed(channels: Iterable[ChannelAnswer], at: datetime) -> tuple[ClosedChannels, ...]:
    """The closed ones, the next to open first; those that never do come last."""
    alike: dict[tuple[datetime | None, str, ReasonKind, str], list[ChannelAnswer]] = {}
    for channel in channels:
        if channel.state == Status.CLOSED:
            how = channel.next_open, channel.reason, channel.reason_kind, channel.unconfirmed
            alike.setdefault(how, []).append(channel)
    closed = [
        ClosedChannels(
            state=some[0],
            channels=tuple(some),
            opening=sentences.opening(some[0], at) or sentences.no_opening(some[0]),
        )
        for some in alike.values()
    ]
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(closed, key=lambda each: each.state.next_open or never))


def _levels(
    levels: tuple[LevelAnswer, ...],
) -> tuple[LevelAnswer | None, tuple[LevelAnswer, ...]]:
    """(`level`, `other_levels`) of an answer."""
    working = tuple(level for level in levels if not level.out_of_order)
    for number, level in enumerate(working):
        if level.state == Status.OPEN:
            return level, working[:number]
    first = next(iter(working or levels), None)
    further = tuple(level for level in working[1:] if level.state != Status.CLOSED)
    return first, further
