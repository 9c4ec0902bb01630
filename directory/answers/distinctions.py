"""What tells channels of one title apart: the least that readers need to choose between them."""

from collections.abc import Callable, Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from msgspec.structs import replace

from directory.answers.structures import ChannelAnswer
from directory.contacts import languages

LONGEST_DESCRIPTION = 80
SEPARATOR = " · "
Fact = Callable[[ChannelAnswer], str]


def with_distinctions(channels: Iterable[ChannelAnswer]) -> tuple[ChannelAnswer, ...]:
    """The channels, those that share their title with what tells each of them from the others."""
    channels = tuple(channels)
    of_title: dict[str, list[ChannelAnswer]] = {}
    for channel in channels:
        of_title.setdefault(channel.title, []).append(channel)
    facts = {title: _deciding(some) if some[1:] else [] for title, some in of_title.items()}
    return tuple(
        replace(channel, distinction=_in_words(channel, facts[channel.title]))
        for channel in channels
    )


def besides_types(channel: ChannelAnswer) -> str:
    """What tells the channel apart, where the types of its requests are told anyway: “Bogotá”, of
    “Quejas · Bogotá”."""
    first, _separator, further = channel.distinction.partition(SEPARATOR)
    return further if first == _request_types(channel) else channel.distinction


def _deciding(channels: list[ChannelAnswer]) -> list[Fact]:
    """One fact in which each differs from all others; else those that tell more of them apart."""
    for fact in FACTS:
        if len(set(map(fact, channels))) == len(channels):
            return [fact]
    chosen: list[Fact] = []
    apart = 1
    for fact in FACTS:
        kinds = {tuple(each(channel) for each in (*chosen, fact)) for channel in channels}
        if len(kinds) > apart:
            chosen.append(fact)
            apart = len(kinds)
    return chosen


def _in_words(channel: ChannelAnswer, facts: list[Fact]) -> str:
    return SEPARATOR.join(filter(None, (fact(channel) for fact in facts)))


def _request_types(channel: ChannelAnswer) -> str:
    return ", ".join(kind.name for kind in channel.request_types)


def _labels(channel: ChannelAnswer) -> str:
    return ", ".join(dict.fromkeys(each.label for each in channel.contacts if each.label))


def _abroad(channel: ChannelAnswer) -> str:
    return _("from abroad") if channel.for_abroad is True else ""


def _languages(channel: ChannelAnswer) -> str:
    return languages.in_words(channel.languages)


def _description(channel: ChannelAnswer) -> str:
    return Truncator(" ".join(channel.description.split())).chars(LONGEST_DESCRIPTION)


def _hours(channel: ChannelAnswer) -> str:
    return channel.hours.text


# The most telling first.
FACTS: tuple[Fact, ...] = (_request_types, _labels, _abroad, _languages, _description, _hours)
