"""Which channels of a document take which requests."""

from collections.abc import Callable, Iterable
from functools import partial

from directory.editions.document import PublishedChannel

ChannelFilter = Callable[[PublishedChannel], bool]
"""Whether a channel counts."""


def is_for(request_type: str) -> ChannelFilter:
    """The filter of channels that take the request type with this code: for it, or for all."""
    return partial(_takes, request_type)


def _takes(request_type: str, channel: PublishedChannel) -> bool:
    return any(kind.covers_all or kind.code == request_type for kind in channel.request_types)


def is_for_critical(channel: PublishedChannel) -> bool:
    """Whether a channel takes critical incidents: for them, or for all."""
    return any(kind.covers_all or kind.is_critical for kind in channel.request_types)


def is_one_of(channels: Iterable[PublishedChannel]) -> ChannelFilter:
    """The filter of these channels."""
    codes = {channel.code for channel in channels}
    return lambda channel: channel.code in codes
