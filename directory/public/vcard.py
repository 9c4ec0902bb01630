"""A service's contacts as vCards that phones import: one for the service, one for each level.

vCard 3.0 (RFC 2426), which every phone and mail program reads; labels as Apple and Google write
them (`item1.X-ABLabel`).
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.utils.translation import gettext as _

from directory.answers.sentences import in_whose_place, planned_change
from directory.answers.structures import ChannelAnswer, ContactAnswer, Directory, LevelAnswer
from directory.contacts.kinds import kind_of
from directory.editions.names import in_a_line
from directory.public import content_lines
from directory.public.content_lines import UNPRINTED, escaped

# Channels or levels, each with what is particular about it.
Holders = Sequence[tuple[ChannelAnswer | LevelAnswer, str]]


def cards(directory: Directory, url: str, identity: str) -> str:
    """All cards of the directory whose page is at `url`, in the active language, CRLF-ended; the
    service is called `identity` for ever (`directory.editions.identity`)."""
    uid = f"{identity} card"
    channels = [_card(directory, url, uid, directory.name, _holders(directory.channels))]
    levels = [
        _card(directory, url, f"{uid}{suffix}", _level_name(directory, level), [(level, "")])
        for suffix, level in _with_suffixes(directory.escalation.levels)
    ]
    lines = [line for card in (*channels, *levels) for line in card]
    return content_lines.text(lines)


def _card(directory: Directory, url: str, uid: str, name: str, holders: Holders) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    # The same whatever is renamed or moved: importing it again updates the card that is there.
    yield f"UID:{uuid.uuid5(uuid.NAMESPACE_URL, uid).urn}"
    yield f"FN:{escaped(name)}"
    yield f"N:{escaped(name)};;;;"
    yield f"ORG:{escaped(settings.ORGANIZATION.name)}"
    seen: set[str] = set()
    items = 0
    for holder, label in holders:
        for contact in holder.contacts:
            for line, extension in _lines(contact):
                if line in seen:
                    continue
                seen.add(line)
                items += 1
                words = (label, contact.label, extension)
                yield f"item{items}.{line}"
                yield f"item{items}.X-ABLabel:{escaped(' · '.join(filter(None, words)))}"
    yield f"URL:{url}"
    yield f"NOTE:{escaped(_note(directory, holders))}"
    yield f"REV:{directory.edition.published_at:%Y-%m-%dT%H:%M:%S%z}"
    yield "END:VCARD"


def _holders(channels: Iterable[ChannelAnswer]) -> Holders:
    """The channels with what is particular about each: those for critical requests alone say so."""
    return [(channel, _types(channel) if channel.is_critical_only else "") for channel in channels]


def _types(holder: ChannelAnswer | LevelAnswer) -> str:
    return ", ".join(kind.name for kind in holder.request_types)


def _with_suffixes(levels: Iterable[LevelAnswer]) -> Iterator[tuple[str, LevelAnswer]]:
    """What tells the cards of the levels from each other: “-2”, of further contacts “-2-2”."""
    for number, answering in groupby(levels, key=attrgetter("level")):
        for place, level in enumerate(answering, 1):
            yield f"-{number}" if place == 1 else f"-{number}-{place}", level


def _level_name(directory: Directory, level: LevelAnswer) -> str:
    return in_a_line(directory.name, level.title, level.purpose, level.person or level.name)


def _lines(contact: ContactAnswer) -> Iterator[tuple[str, str]]:
    """The properties of a contact, with the words of the extension that each one dials.

    The comma before an extension is a pause. It is not escaped: phones read it as it stands, and
    what undoes escapes leaves it alone.
    """
    kind = kind_of(contact.kind)
    for name, value in kind.vcard(contact.value).items():
        if not value:
            continue
        line = f"{name}:{_written(name, value)}"
        yield line, ""
        for extension in contact.extensions if kind.has_extensions else ():
            yield f"{line},{extension}", _("ext. %(extension)s") % {"extension": extension}


def _written(name: str, value: str) -> str:
    """The value as the property has it. Of an address (3.2.1) all lines are the street: which of
    them is the city nobody has said."""
    if name.startswith("ADR"):
        return f";;{escaped(value)};;;;"
    return UNPRINTED.sub("", value) if name.startswith(("TEL", "URL")) else escaped(value)


def _note(directory: Directory, holders: Holders) -> str:
    lines: list[str] = []
    for holder, _label in holders:
        types = _types(holder)
        told = holder.title
        if isinstance(holder, LevelAnswer):
            told = ": ".join(filter(None, (told, holder.purpose, holder.name)))
        lines.append(f"{told} ({types})" if types else told)
        if isinstance(holder, LevelAnswer):
            lines += filter(None, [in_whose_place(holder)])
        elif not holder.contacts:
            lines += holder.description.splitlines()
        if holder.hours:
            zone = f" ({holder.hours.zone})" if holder.hours.zone else ""
            lines.append(f"{holder.hours.text}{zone}")
        if holder.note:
            lines.append(_noted(holder.note, holder.out_of_order))
        for contact in holder.contacts:
            if contact.note:
                lines.append(f"{contact.display}: {_noted(contact.note, contact.out_of_order)}")
            if contact.changes:
                lines.append(planned_change(contact, contact.changes))
            if contact.menu_options:
                lines.append(f"{contact.display}: {contact.menu_options}")
    stamp = _("Edition %(number)s of %(date)s") % {
        "number": directory.edition.number,
        "date": f"{directory.edition.published_at:%Y-%m-%d}",
    }
    return "\n".join([*lines, stamp])


def _noted(note: str, out_of_order: bool) -> str:
    """A notice, said to be an outage if it is one."""
    return f"{_('Out of order')}: {note}" if out_of_order else note
