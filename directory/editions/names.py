"""How the channels and levels of a document are called, in the active language."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

import msgspec
from django.utils.translation import gettext as _

from directory.editions.document import (
    Holder,
    PublishedEscalation,
    PublishedLevel,
    PublishedStandIn,
    ServiceDocument,
)


class Named(Protocol):
    """A type of request, of a document or of an answer."""

    @property
    def name(self) -> str: ...


class PlaceKind(StrEnum):
    """Channels have titles that editors wrote, levels are called in the reader's language."""

    CHANNEL = "channel"
    LEVEL = "level"
    # Who stands in for others, by name; an absence by whose it is.
    STAND_IN = "standing_in"
    ABSENCE = "away"


class Place(msgspec.Struct, frozen=True):
    """What a change or an announcement is about, a channel, a level, a stand-in or an absence, by
    the name that readers know."""

    kind: PlaceKind
    name: str

    def __str__(self) -> str:
        return self.name


def place_of(holder: Holder, document: ServiceDocument) -> Place:
    """“Telefónico”, with the types of request where others have the same title; “Nivel 2”."""
    if isinstance(holder, PublishedLevel):
        return Place(PlaceKind.LEVEL, _("Level %d") % holder.level)
    if sum(each.title == holder.title for each in document.channels) <= 1:
        return Place(PlaceKind.CHANNEL, holder.title)
    return Place(PlaceKind.CHANNEL, title_with_types(holder.title, holder.request_types))


def name_of(contact: str, escalation: PublishedEscalation) -> str:
    """The person, else the group or role, with this code: of a level or who stands in."""
    answering: dict[str, PublishedLevel | PublishedStandIn] = {**escalation.stand_ins}
    answering |= {level.contact: level for level in escalation.levels}
    found = answering.get(contact)
    return (found.person or found.name) if found else contact


def title_with_types(title: str, request_types: Iterable[Named]) -> str:
    """“Telefónico (Incidentes, Quejas)”: a channel's title with its types of request."""
    return f"{title} ({', '.join(kind.name for kind in request_types)})"
