"""What tells channels of one title apart: the least that readers need to choose between them."""

import re
from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from msgspec.structs import replace

from directory.answers.structures import ChannelAnswer
from directory.contacts import languages
from directory.contacts.text import fold

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
        replace(channel, distinction=_in_words(channel, deciding))
        if (deciding := facts[channel.title])
        else channel
        for channel in channels
    )


def besides_shown(channel: ChannelAnswer, has_description: bool = False) -> str:
    """What tells the channel apart, where its types of requests and the labels of its contacts are
    shown anyway, and with `has_description` its description: “from abroad”, of “Quejas · Bogotá ·
    from abroad”."""
    if not channel.distinction:
        return ""
    shown = [_request_types(channel), _labels(channel)]
    if has_description:
        shown.append(_description(channel))
    parts = channel.distinction.split(SEPARATOR)
    return SEPARATOR.join(part for part in parts if part not in shown)


def is_written(part: str, channel: ChannelAnswer) -> bool:
    """Whether a part of what tells the channel apart is what editors wrote, in their language."""
    return part in (_labels(channel), _description(channel), *(c.label for c in channel.contacts))


def says_more(channel: ChannelAnswer) -> bool:
    """Whether its description has a word that its title and the labels of its contacts have not,
    but for the organisation's name."""
    if not channel.description:
        return False
    told = " ".join((channel.title, _labels(channel), settings.ORGANIZATION.name))
    return not _words(channel.description) <= _words(told + " " + settings.ORGANIZATION.logo_text)


def _words(text: str) -> set[str]:
    """The words of a text by which it is recognised: those of more than three letters."""
    return set(re.findall(r"\w{4,}", fold(text)))


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
