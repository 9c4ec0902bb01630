"""Channels and levels in words: what a change says of them."""

from collections.abc import Sequence

from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from directory.contacts import languages
from directory.editions.diff.contacts import in_a_line, in_full, kind_name
from directory.editions.diff.hours import hours_in_words
from directory.editions.diff.promises import times_in_words
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


def facts_of(holder: Holder, document: ServiceDocument) -> str:
    """A whole channel or level, a line for each fact: who, its contacts, what for, its hours, from
    when to when, after which time."""
    hours = document.hours(holder.schedule)
    is_level = isinstance(holder, PublishedLevel)
    lines = [answering(holder)] if isinstance(holder, PublishedLevel) else []
    lines += [f"{kind_name(contact)} · {in_full(contact)}" for contact in holder.contacts]
    labelled = (
        (_("Request types"), ", ".join(kind.name for kind in holder.request_types)),
        (_("Hours"), hours_in_words(hours) if hours.is_stated or not is_level else ""),
        (_("Languages"), languages.in_words(getattr(holder, "languages", ()))),
        (_("Validity"), dates_of(holder)),
        (_("Description"), getattr(holder, "description", "")),
    )
    lines += [f"{label}: {words}" for label, words in labelled if words]
    if isinstance(holder, PublishedLevel):
        lines += times_in_words(holder)
    return "\n".join(lines)


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
