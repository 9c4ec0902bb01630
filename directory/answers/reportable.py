"""The contacts of a service's page that a customer can report, and what to try instead of one."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _
from msgspec.structs import replace

from directory.answers.structures import ChannelAnswer, ContactAnswer, Directory, LevelAnswer
from directory.answers.whom_to_contact import channels_for
from directory.contacts.kinds import kind_of
from directory.hours.schedule import Status

# The parameter of addresses that names a contact by its key.
REPORTED = "key"
LONGEST_KEY = 150
CHANNELS_AT_MOST = 3


@dataclass(frozen=True, kw_only=True)
class Reportable:
    """A contact with the channel or level that gives it. `key` names it in addresses."""

    key: str
    contact: ContactAnswer
    holder: ChannelAnswer | LevelAnswer

    @property
    def place(self) -> str:
        """Where it stands on the page: “Telefónico”, “Nivel 2 · Supervisor”."""
        if isinstance(self.holder, ChannelAnswer):
            return self.holder.title
        return f"{self.holder.title} · {self.holder.name}"

    @property
    def words(self) -> str:
        """“601 744 2727 ext. 1107, opción 2 · Línea Bogotá”; “WhatsApp 318 717 4937”."""
        dialled = ", ".join(filter(None, [self.number, self.contact.menu_options]))
        return " · ".join(filter(None, [dialled, self.contact.label]))

    @property
    def number(self) -> str:
        """“601 744 2727 ext. 1107”; “WhatsApp 318 717 4937”: of it, what nobody wrote in words."""
        contact, kind = self.contact, kind_of(self.contact.kind)
        number = " ".join(contact.display.split())
        if not (kind.is_self_evident or kind.code == "phone"):
            # The same number may be called, too.
            number = f"{kind.label} {number}"
        if contact.extensions:
            number = _("%(number)s ext. %(extensions)s") % {
                "number": number,
                "extensions": ", ".join(contact.extensions),
            }
        return number


@dataclass(frozen=True, kw_only=True)
class Alternatives:
    """What to try instead of a contact: `channels` that answer now, or may; where there are none
    (`is_closed`), those that open next; `level` has all who answer on the level to escalate to."""

    channels: tuple[ChannelAnswer, ...]
    is_closed: bool
    level: tuple[LevelAnswer, ...]


def key_of(contact: ContactAnswer) -> str:
    """What tells a contact from the others of its page in an address: the code of its contact
    point, and where a channel or level adds them, its extensions and menu options."""
    added = filter(None, (*contact.extensions, contact.menu_options))
    return ".".join(filter(None, (contact.code, *map(slugify, added))))[:LONGEST_KEY]


def reportable(directory: Directory) -> dict[str, Reportable]:
    """The contacts of a page by their keys, in its order, each once."""
    found: dict[str, Reportable] = {}
    for holder in directory.holders:
        for contact in holder.contacts:
            key = key_of(contact)
            found.setdefault(key, Reportable(key=key, contact=contact, holder=holder))
    return found


def alternatives(directory: Directory, reported: Reportable | None) -> Alternatives:
    """What to try instead of the contact that did not work; None: of one that is not known."""
    code = reported.contact.code if reported else ""
    others = [
        replace(channel, contacts=contacts)
        for channel in channels_for(directory)
        if (contacts := _others(channel, code)) and not channel.out_of_order
    ]
    answering = [each for each in others if each.state in (Status.OPEN, Status.UNKNOWN)]
    answering.sort(key=lambda each: (each.state != Status.OPEN, _is_critical(each)))
    opening = [each for each in others if each.next_open]
    opening.sort(key=lambda each: each.next_open or directory.at)
    return Alternatives(
        channels=tuple((answering or opening)[:CHANNELS_AT_MOST]),
        is_closed=not answering,
        level=_next_level(directory, reported, code),
    )


def _is_critical(channel: ChannelAnswer) -> bool:
    return any(kind.is_critical for kind in channel.request_types)


def _others(holder: ChannelAnswer | LevelAnswer, code: str) -> tuple[ContactAnswer, ...]:
    return tuple(each for each in holder.contacts if each.code != code and not each.out_of_order)


def _next_level(
    directory: Directory, reported: Reportable | None, code: str
) -> tuple[LevelAnswer, ...]:
    """All who answer on the first level above the one that did; without what did not work."""
    holder = reported.holder if reported else None
    below = holder.level if isinstance(holder, LevelAnswer) else 0
    above = [
        replace(level, contacts=contacts)
        for level in directory.escalation.levels
        if level.level > below and (contacts := _others(level, code))
    ]
    return tuple(each for each in above if each.level == above[0].level)
