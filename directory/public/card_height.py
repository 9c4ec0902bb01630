"""How high the frame of a card should be, so that most of what it may say fits without scrolling.

An estimate of card.css, from the lengths of the texts: a frame of another site cannot grow by
itself (card.js lets it). Of all channels those count that have most to tell.
"""

from math import ceil
from typing import Final

from django.conf import settings

from directory.answers.structures import ChannelAnswer, ContactAnswer, Directory
from directory.contacts.kinds import kind_of

# What is shown of a directory (card.html): ordinary channels, and critical ones apart.
ORDINARY, CRITICAL = 3, 2
# In pixels: the width of a line in the narrowest frame, the height of one, and what a letter takes.
WIDTH: Final = 286
LINE, SMALL, NUMBER = 23, 20, 28
LETTER, SMALL_LETTER = 8.4, 7.4
# Between parts, with their borders and paddings.
BETWEEN, AROUND = 28, 34


def card_height(directory: Directory) -> int:
    """The height, in pixels, of a frame of 320 pixels or more in width that shows the card of this
    directory, whatever is open."""
    critical = [_channel(each) for each in directory.channels if each.is_critical_only]
    ordinary = [_channel(each) for each in directory.channels if not each.is_critical_only]
    channels = _most(ordinary, ORDINARY) + _most(critical, CRITICAL)
    head = 30 * _lines(directory.name, 10) + 2 * SMALL
    apart = LINE + BETWEEN if critical else 0
    foot = 2 * LINE + SMALL * _lines(settings.ORGANIZATION.logo_text, SMALL_LETTER)
    # Why nobody answers, where that is so.
    return ceil(AROUND + head + 3 * LINE + BETWEEN + channels + apart + foot + BETWEEN)


def _most(heights: list[int], number: int) -> int:
    return sum(sorted(heights, reverse=True)[:number])


def _channel(channel: ChannelAnswer) -> int:
    types = "" if channel.is_general else ", ".join(kind.name for kind in channel.request_types)
    description = "" if channel.contacts else channel.description
    small = [types, *channel.languages[:1], *description.splitlines()]
    words = LINE * _lines(f"{channel.title} {channel.distinction}", LETTER)
    # The state, with when it opens below it.
    words += 2 * SMALL + sum(SMALL * _lines(each, SMALL_LETTER) for each in small)
    if any(kind_of(each.kind).takes_messages for each in channel.contacts):
        words += SMALL
    return BETWEEN + words + sum(map(_contact, channel.contacts))


def _contact(contact: ContactAnswer) -> int:
    kind, value = kind_of(contact.kind), contact.display
    # Beside its icon there is less room.
    label = SMALL * _lines(f"{kind.verb}: {contact.label}", SMALL_LETTER * 1.15)
    shown = NUMBER if kind.is_number else LINE * _lines(value, LETTER * 1.25)
    below = SMALL * _lines(contact.menu_options, SMALL_LETTER)
    below += 36 * ceil(len(contact.extensions) / 4)
    below += SMALL * _lines(contact.advice if isinstance(contact.advice, str) else "", SMALL_LETTER)
    below += 2 * SMALL if contact.changes else 0
    return max(label + shown, 46) + below + 6


def _lines(text: str, letter: float) -> int:
    """How many lines a text takes; none if it is empty."""
    return ceil(len(text) * letter / WIDTH)
