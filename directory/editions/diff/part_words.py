"""Channels and levels in words: what a change says of them."""

from collections.abc import Sequence

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from directory.editions.diff.contacts import in_a_line
from directory.editions.diff.hours import hours_in_words
from directory.editions.document import Holder, PublishedChannel, PublishedLevel, ServiceDocument
from directory.editions.names import who_answers
from directory.hours.words import describe_validity
from directory.models import Channel

# In characters, with what a new channel or level says.
LONGEST_SENTENCE = 320
SHORTEST_DETAILS = 40


def answering(level: PublishedLevel) -> str:
    """“Redes: Supervisor · Ana Ruiz”: what for, and who answers."""
    return ": ".join(filter(None, (level.purpose, who_answers(level))))


def summary_of(holder: Holder, document: ServiceDocument, who: bool = True) -> str:
    """A whole channel or level in a line: who, its contacts, what for, its hours."""
    words = [answering(holder)] if who and isinstance(holder, PublishedLevel) else []
    words += [in_a_line(contact) for contact in holder.contacts]
    words.append(", ".join(kind.name for kind in holder.request_types))
    hours = document.hours(holder.schedule)
    if hours.is_stated:
        words.append(hours_in_words(hours))
    return " · ".join(filter(None, words))


def detailed(core: str, *details: str) -> str:
    """A sentence with what is to be known of its subject: “Canal «Chat» agregado: desde …”."""
    told = " · ".join(filter(None, details))
    room = LONGEST_SENTENCE - len(core)
    if not told or room < SHORTEST_DETAILS:
        return core
    mark = " · " if ": " in core else ": "
    return f"{core}{mark}{Truncator(told).chars(room)}"


def dates_of(holder: Holder) -> str:
    """“desde el 1 de diciembre de 2026”; empty for what has no dates."""
    is_dated = holder.valid_from or holder.valid_until
    return describe_validity(holder.valid_from, holder.valid_until) if is_dated else ""


def position_of(new: PublishedChannel, channels: Sequence[PublishedChannel]) -> str:
    """“número 1 de 3”: where a new one stands, if it is not the last."""
    number = channels.index(new) + 1
    if number == len(channels):
        return ""
    return _("number %(number)d of %(count)d") % {"number": number, "count": len(channels)}


def medium_of(channel: PublishedChannel) -> str:
    """The name of its medium."""
    return str(dict(Channel.Medium.choices).get(channel.medium, channel.medium))


def validity_of(part: Holder) -> str:
    """“Desde el 1 de diciembre de 2026”; also of what has no dates."""
    return capfirst(describe_validity(part.valid_from, part.valid_until))
