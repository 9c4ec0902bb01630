"""Whom to contact: the channels for a type of request, who answers now, what opens next."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from msgspec.structs import replace

from directory.answers.promised_times import target_for
from directory.answers.structures import (
    AnsweringState,
    ChannelAnswer,
    Directory,
    LevelAnswer,
    NextOpening,
    WhomToContact,
)
from directory.hours.schedule import Status

# Best first.
STATUS_RANK = {Status.OPEN: 0, Status.UNKNOWN: 1, Status.CLOSED: 2}
NEVER_OPEN = AnsweringState(state=Status.CLOSED, reason="", until=None, next_open=None)
NOT_KNOWN = AnsweringState(state=Status.UNKNOWN, reason="", until=None, next_open=None)


@dataclass(frozen=True, kw_only=True)
class ServiceState:
    """Whether somebody answers ordinary requests, and critical ones; None where no channel takes
    them. A channel that takes both counts for both."""

    ordinary: AnsweringState | None
    critical: AnsweringState | None

    @property
    def of_ordinary(self) -> AnsweringState:
        """What programs are told: requests that no channel takes are never answered, and without
        any channel nothing is known."""
        return self.ordinary or (NEVER_OPEN if self.critical else NOT_KNOWN)

    @property
    def is_critical_only(self) -> bool:
        """Whether critical requests alone are answered now."""
        if self.critical is None or self.critical.state != Status.OPEN:
            return False
        return self.of_ordinary.state == Status.CLOSED

    @property
    def tells_apart(self) -> bool:
        """Whether critical requests are answered at other times than ordinary ones, as far as it
        matters now."""
        if self.critical is None or self.ordinary is None:
            return self.critical is not None
        if self.critical.state != self.ordinary.state:
            return True
        opens = self.critical.next_open, self.ordinary.next_open
        return self.critical.state == Status.CLOSED and opens[0] != opens[1]


def channels_for(directory: Directory, request_type: str = "") -> tuple[ChannelAnswer, ...]:
    """The channels for the request type with this code, those for exactly it first; without a code
    all channels, those for critical requests alone last. Of these come first those that have a
    contact, then those with an instruction alone; otherwise the directory's order is kept."""
    if request_type:
        channels = [each for each in directory.channels if _takes(each, request_type)]
        return tuple(
            sorted(channels, key=lambda each: (not _names(each, request_type), not each.contacts))
        )
    return tuple(
        sorted(directory.channels, key=lambda each: (each.is_critical_only, not each.contacts))
    )


def ordinary(channels: Iterable[ChannelAnswer]) -> tuple[ChannelAnswer, ...]:
    """Those that are not for critical requests alone."""
    return tuple(each for each in channels if not each.is_critical_only)


def levels_for(directory: Directory, request_type: str = "") -> tuple[LevelAnswer, ...]:
    """Who answers on the levels about the request type with this code, or in general."""
    levels = directory.escalation.levels
    if not request_type:
        return levels
    return tuple(each for each in levels if not each.request_types or _takes(each, request_type))


def whom_to_contact(directory: Directory, request_type: str = "") -> WhomToContact:
    """Who answers for the request type with this code, or in general, in the order of
    `channels_for`."""
    channels = channels_for(directory, request_type)
    return WhomToContact(
        request_type=request_type,
        at=directory.at,
        holds_until=directory.holds_until,
        open=tuple(channel for channel in channels if channel.state == Status.OPEN),
        unknown=tuple(channel for channel in channels if channel.state == Status.UNKNOWN),
        # In general that is when ordinary requests are answered.
        next=(not request_type and next_opening(ordinary(channels))) or next_opening(channels),
        target=target_for(directory.targets, request_type),
        escalation=levels_for(directory, request_type),
    )


def next_opening(channels: Iterable[ChannelAnswer]) -> NextOpening | None:
    """The earliest opening among those that are not open."""
    openings = [
        NextOpening(channel=channel, at=channel.next_open)
        for channel in channels
        if channel.next_open
    ]
    return min(openings, key=lambda opening: opening.at, default=None)


def service_state(channels: Collection[ChannelAnswer]) -> ServiceState:
    """The state of a service with these channels."""
    for_ordinary = ordinary(channels)
    for_critical = tuple(each for each in channels if each.takes_critical)
    return ServiceState(
        ordinary=best_state(for_ordinary) if for_ordinary else None,
        critical=best_state(for_critical) if for_critical else None,
    )


def best_state(channels: Collection[ChannelAnswer]) -> AnsweringState:
    """The state of several channels: that of the best. Open before unknown before closed; of the
    open ones the one that stays longest, of the others the one that opens first. It is out of order
    where all of its channels are."""

    def order(channel: AnsweringState) -> tuple[int, float]:
        never = datetime.max.replace(tzinfo=timezone.get_fixed_timezone(0))
        rank = STATUS_RANK[channel.state or Status.UNKNOWN]
        if channel.state == Status.OPEN:
            return rank, -(channel.until or never).timestamp()
        return rank, (channel.next_open or never).timestamp()

    best = min(channels, key=order, default=NOT_KNOWN)
    return replace(
        best, out_of_order=bool(channels) and all(each.out_of_order for each in channels)
    )


def _takes(holder: ChannelAnswer | LevelAnswer, request_type: str) -> bool:
    return any(kind.covers_all or kind.code == request_type for kind in holder.request_types)


def _names(channel: ChannelAnswer, request_type: str) -> bool:
    return any(kind.code == request_type for kind in channel.request_types)
