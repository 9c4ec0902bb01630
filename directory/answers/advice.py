"""The top of a service's page: the choice of a request, and whom to contact now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from directory.answers import promised_times, sentences
from directory.answers.announcements import Announcement
from directory.answers.as_always import as_always
from directory.answers.structures import (
    AnsweringState,
    ChannelAnswer,
    Directory,
    LevelAnswer,
    NoticeAnswer,
    RequestTypeAnswer,
)
from directory.answers.whom_to_contact import (
    best_state,
    channels_for,
    next_opening,
    ordinary,
    whom_to_contact,
)
from directory.editions.names import PlaceKind
from directory.hours.schedule import ReasonKind, Status

Channels = tuple[ChannelAnswer, ...]


class AdviceState(StrEnum):
    """Whether somebody answers, as the top of a page tells it."""

    OPEN = "open"  # somebody answers
    CRITICAL_ONLY = "critical"  # nobody may answer but to critical requests
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
    """Channels that are closed alike: for the same reason, opening at the same time."""

    state: AnsweringState
    channels: tuple[ChannelAnswer, ...]
    at: datetime

    @property
    def opening(self) -> str:
        """When they open, as seen at the instant `at`."""
        return sentences.opening(self.state, self.at) or sentences.no_opening(self.state)


@dataclass(frozen=True, kw_only=True)
class Answering:
    """Whether somebody answers on several channels, and what to try, best first.

    `offered` is what to try: what is open, then unknown; where there is neither, what opens next.
    `closed` is the rest, the next to open first.
    """

    state: AdviceState
    open: tuple[ChannelAnswer, ...]
    unknown: tuple[ChannelAnswer, ...]
    offered: tuple[ChannelAnswer, ...]
    closed: tuple[ClosedChannels, ...]

    @property
    def out_of_order(self) -> tuple[ClosedChannels, ...]:
        """Those of `closed` that do not work."""
        return tuple(each for each in self.closed if each.state.out_of_order)

    @property
    def closed_by_hours(self) -> tuple[ClosedChannels, ...]:
        """The others of `closed`."""
        return tuple(each for each in self.closed if not each.state.out_of_order)


@dataclass(frozen=True, kw_only=True)
class Advice(Answering):
    """Whom to contact about `choice`. With None: about ordinary requests, and apart from these
    `critical` with the channels that take critical requests alone, None where there are none. Also
    where a type `is_unknown` that was asked for.

    `level` is where to escalate, with all who answer on it: the first on which somebody does now,
    else the first; empty where there is none. Who is out of order is left out, unless all are.
    """

    choice: RequestChoice | None
    is_unknown: bool
    # Why nobody is known to answer; empty where somebody does.
    sentence: str
    critical: Answering | None
    # What to know first: notices on the service, or that put all these channels out of order; and
    # what closes them today or changes their hours, where `sentence` does not tell it: of which of
    # them, unless of all. `upcoming` is what else is announced.
    notices: tuple[NoticeAnswer, ...]
    closures: tuple[Announcement, ...]
    upcoming: tuple[Announcement, ...]
    # Who answers around the clock on all of these days.
    as_always: Channels
    # Within which time somebody responds, in a sentence; empty where nothing is promised.
    promise: str
    level: tuple[LevelAnswer, ...]

    @property
    def critical_leads(self) -> bool:
        """Whether `critical` stands first: it alone answers now, or there is nothing else."""
        is_alone = self.state is AdviceState.CRITICAL_ONLY or not self.offered
        return self.critical is not None and is_alone

    @property
    def closures_at_a_glance(self) -> tuple[Announcement, ...]:
        """Those of `closures` that concern what is offered first, or are why nothing is open."""
        if self.state is not AdviceState.OPEN:
            return self.closures
        code = self.lead.code if self.lead else ""
        return tuple(each for each in self.closures if code in each.channels)

    @property
    def lead(self) -> ChannelAnswer | None:
        """The channel to try first."""
        leading = self.critical if self.critical and self.critical_leads else self
        return next(iter(leading.offered), None)

    @property
    def may_answer(self) -> bool:
        """Whether somebody answers now, or may."""
        return self.state in (AdviceState.OPEN, AdviceState.UNKNOWN)


def request_choices(directory: Directory) -> list[RequestChoice]:
    """What can be asked for, critical requests first: each set of types that the same channels and
    levels name, and for which the same times are promised. Types that cover all, and those that
    nobody takes, are no choice."""
    alike: dict[Any, list[RequestTypeAnswer]] = {}
    for kind in directory.request_types:
        holders = enumerate(directory.holders)
        naming = tuple(number for number, each in holders if kind in each.request_types)
        if kind.covers_all or not (naming or channels_for(directory, kind.code)):
            continue
        times = promised_times.times_for(directory, kind.code)
        alike.setdefault((naming, kind.is_critical, times), []).append(kind)
    choices = [RequestChoice(request_types=tuple(kinds)) for kinds in alike.values()]
    return sorted(choices, key=lambda choice: not choice.is_critical)


def offered_choices(directory: Directory) -> list[RequestChoice]:
    """The choices that are shown: none where every channel is for the same one alone."""
    choices = request_choices(directory)
    taken = {kind.code for channel in directory.channels for kind in channel.request_types}
    is_alone = len(choices) == 1 and taken <= set(choices[0].codes)
    return [] if is_alone else choices


def advise(directory: Directory, code: str = "") -> Advice:
    """The answer about the request type with this code: the same as the API's `now`. For a code
    that this directory does not name, the answer in general."""
    choice = next((each for each in request_choices(directory) if code in each.codes), None)
    request_type = code if choice else ""
    answer = whom_to_contact(directory, request_type)
    channels = channels_for(directory, request_type)
    apart = () if choice else tuple(each for each in channels if each.is_critical_only)
    channels = channels if choice else ordinary(channels)
    answering = _answering(channels, directory.at)
    state = _beside(answering.state, apart)
    today = _today(directory, channels)
    return Advice(
        **{**vars(answering), "state": state},
        choice=choice,
        is_unknown=bool(code) and all(code != kind.code for kind in directory.request_types),
        sentence=_sentence(state, channels, directory.at, apart),
        critical=_answering(apart, directory.at) if apart else None,
        notices=_notices(directory, channels),
        closures=_closures(today, channels, answering),
        upcoming=tuple(each for each in directory.announcements if each not in today),
        as_always=as_always(directory),
        promise=promised_times.promise(answer.target) if answer.target else "",
        level=_level(answer.escalation),
    )


def _answering(channels: Channels, at: datetime) -> Answering:
    """Who answers on these channels, by themselves."""
    open_now = tuple(each for each in channels if each.state == Status.OPEN)
    unknown = tuple(each for each in channels if each.state == Status.UNKNOWN)
    offered, closed = open_now + unknown, _closed(channels, at)
    if not offered and closed and closed[0].state.next_open:
        offered, closed = closed[0].channels, closed[1:]
    return Answering(
        state=_state(channels),
        open=open_now,
        unknown=unknown,
        offered=offered,
        closed=closed,
    )


def _state(channels: Channels) -> AdviceState:
    states = {channel.state for channel in channels}
    best = (Status.OPEN, Status.UNKNOWN, Status.CLOSED)
    return next((AdviceState(each) for each in best if each in states), AdviceState.NOBODY)


def _beside(state: AdviceState, critical: Channels) -> AdviceState:
    """The state of channels beside which others are for critical requests alone."""
    if not critical or state in (AdviceState.OPEN, AdviceState.UNKNOWN):
        return state
    is_open = any(each.state == Status.OPEN for each in critical)
    return AdviceState.CRITICAL_ONLY if is_open else AdviceState.CLOSED


def _sentence(state: AdviceState, channels: Channels, at: datetime, critical: Channels) -> str:
    """Why nobody is known to answer on the channels."""
    if state is AdviceState.OPEN:
        return ""
    if state is AdviceState.NOBODY:
        return _("No channel is stated.")
    if not channels:
        return _("This service takes critical incidents only.")
    if state is AdviceState.CRITICAL_ONLY:
        return sentences.critical_only(best_state(channels), at)
    unknown = tuple(each for each in channels if each.state == Status.UNKNOWN)
    beside = best_state(critical) if critical else None
    is_out = all(each.out_of_order for each in (*channels, *critical))
    return sentences.nobody_answers(
        unknown, next_opening(channels), at, beside, is_out_of_order=is_out
    )


def _notices(directory: Directory, channels: Channels) -> tuple[NoticeAnswer, ...]:
    """Those on the service, and those for which none of the channels works."""
    out_of_order = {each.notice for each in channels if each.out_of_order}
    told = out_of_order if all(each.out_of_order for each in channels) else set()
    told |= {each.code for each in directory.general_notices}
    return tuple(each for each in directory.notices if each.code in told)


def _today(directory: Directory, channels: Channels) -> list[Announcement]:
    """What makes today different for the channels."""
    codes = {each.code for each in channels}
    return [each for each in directory.announcements if each.is_today and codes & {*each.channels}]


def _closures(
    today: Iterable[Announcement], channels: Channels, answering: Answering
) -> tuple[Announcement, ...]:
    """Of what makes today different what is not the reason that is told, with the channels that it
    concerns, unless all."""
    told = answering.unknown[0].reason if answering.state is AdviceState.UNKNOWN else None
    codes = {each.code for each in channels}
    return tuple(
        msgspec.structs.replace(
            each,
            where=()
            if codes <= {*each.channels}
            else tuple(place for place in each.where if place.kind is PlaceKind.CHANNEL),
        )
        for each in today
        if not told or each.reason != told
    )


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
            at=at,
        )
        for some in alike.values()
    ]
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(sorted(closed, key=lambda each: each.state.next_open or never))


def _level(answering: tuple[LevelAnswer, ...]) -> tuple[LevelAnswer, ...]:
    """`level` of an answer."""
    working = tuple(each for each in answering if not each.out_of_order)
    by_level = groupby(working or answering, key=lambda each: each.level)
    levels = [tuple(level) for _number, level in by_level]
    answers = (level for level in levels if any(each.state == Status.OPEN for each in level))
    return next(answers, levels[0] if levels else ())
