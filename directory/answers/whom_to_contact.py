"""Whom to contact: the channels for a type of request, who answers now, what opens next."""

from collections.abc import Collection, Iterable
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


def channels_for(directory: Directory, request_type: str = "") -> tuple[ChannelAnswer, ...]:
    """The channels for the request type with this code, those for exactly it first; without a code
    all channels, those for critical requests first. Of these come first those that have a contact,
    then those with an instruction alone; otherwise the directory's order is kept."""
    if request_type:
        channels = [each for each in directory.channels if _takes(each, request_type)]
        return tuple(
            sorted(channels, key=lambda each: (not _names(each, request_type), not each.contacts))
        )
    return tuple(
        sorted(directory.channels, key=lambda each: (not _is_critical(each), not each.contacts))
    )


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
        open=tuple(channel for channel in channels if channel.state == Status.OPEN),
        unknown=tuple(channel for channel in channels if channel.state == Status.UNKNOWN),
        next=next_opening(channels),
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


def best_state(channels: Collection[ChannelAnswer]) -> AnsweringState:
    """The state of a service: that of its best channel. Open before unknown before closed; of the
    open ones the one that stays longest, of the others the one that opens first. It is out of order
    where all of its channels are."""

    def order(channel: AnsweringState) -> tuple[int, float]:
        never = datetime.max.replace(tzinfo=timezone.get_fixed_timezone(0))
        rank = STATUS_RANK[channel.state or Status.UNKNOWN]
        if channel.state == Status.OPEN:
            return rank, -(channel.until or never).timestamp()
        return rank, (channel.next_open or never).timestamp()

    nothing = AnsweringState(state=Status.UNKNOWN, reason="", until=None, next_open=None)
    best = min(channels, key=order, default=nothing)
    return replace(
        best, out_of_order=bool(channels) and all(each.out_of_order for each in channels)
    )


def _takes(holder: ChannelAnswer | LevelAnswer, request_type: str) -> bool:
    return any(kind.covers_all or kind.code == request_type for kind in holder.request_types)


def _names(channel: ChannelAnswer, request_type: str) -> bool:
    return any(kind.code == request_type for kind in channel.request_types)


def _is_critical(channel: ChannelAnswer) -> bool:
    return any(kind.is_critical for kind in channel.request_types)
