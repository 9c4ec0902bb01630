"""How the channels and levels of a document are called, in the active language."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from directory.editions.document import (
    Holder,
    PublishedEscalation,
    PublishedLevel,
    PublishedStandIn,
    ServiceDocument,
)
from directory.hours.validity import share_a_day

LEVEL_TITLES = (
    gettext_noop("First escalation"),
    gettext_noop("Second escalation"),
    gettext_noop("Third escalation"),
    gettext_noop("Fourth escalation"),
    gettext_noop("Fifth escalation"),
    gettext_noop("Sixth escalation"),
)


class Named(Protocol):
    """A type of request, of a document or of an answer."""

    @property
    def name(self) -> str: ...


class Answering(Named, Protocol):
    """Who answers on a level, of a document or of an answer."""

    @property
    def person(self) -> str: ...


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
    """“Telefónico”, with the types of request where others of the same title have other ones;
    “Nivel 2”, with its own title if it has one, and whose it is where several answer on it:
    “Nivel 2 · Tier 2 (Redes)”."""
    if isinstance(holder, PublishedLevel):
        name, levels = level_name(holder), document.escalation.levels
        if sum(each.level == holder.level and share_a_day(each, holder) for each in levels) > 1:
            name = f"{name} ({holder.purpose or holder.name})"
        return Place(PlaceKind.LEVEL, name)
    alike = [each for each in document.channels if each.title == holder.title]
    if all(each.request_types == holder.request_types for each in alike):
        return Place(PlaceKind.CHANNEL, holder.title)
    return Place(PlaceKind.CHANNEL, title_with_types(holder.title, holder.request_types))


def level_name(level: PublishedLevel) -> str:
    """“Nivel 2”, “Nivel 2 · Tier 2”."""
    return in_a_line(_("Level %d") % level.level, level.title)


def level_title(level: int) -> str:
    """“Primer escalamiento”: what a level without a title is called, as the documents do."""
    if level <= len(LEVEL_TITLES):
        return _(LEVEL_TITLES[level - 1])
    return _("Escalation %(n)d") % {"n": level}


def who_answers(person: Answering) -> str:
    """“Supervisor · Ana Ruiz”."""
    return in_a_line(person.name, person.person)


def in_a_line(*words: str) -> str:
    """“Tier 2 · Redes · Supervisor”: those that are not empty."""
    return " · ".join(filter(None, words))


def name_of(contact: str, escalation: PublishedEscalation) -> str:
    """The person, else the group or role, with this code: of a level or who stands in."""
    answering: dict[str, PublishedLevel | PublishedStandIn] = {**escalation.stand_ins}
    answering |= {level.contact: level for level in escalation.levels}
    found = answering.get(contact)
    return (found.person or found.name) if found else contact


def title_with_types(title: str, request_types: Iterable[Named]) -> str:
    """“Telefónico (Incidentes, Quejas)”: a channel's title with its types of request."""
    return f"{title} ({', '.join(kind.name for kind in request_types)})"
