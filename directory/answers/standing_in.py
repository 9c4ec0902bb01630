"""Who answers on an escalation level on a day: its contact, or who stands in for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from directory.contacts.stand_ins import Stretch, stretch_on, stretches
from directory.editions.document import (
    PublishedAbsence,
    PublishedContact,
    PublishedEscalation,
    PublishedLevel,
    PublishedStandIn,
)


class StandInKind(StrEnum):
    """What there is in the place of somebody who is away."""

    SOMEBODY_ELSE = "somebody_else"
    CONTACT_POINTS = "contact_points"  # other numbers or addresses
    NOBODY = "nobody"


class StandingIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who is `away` (the group or role, and the person) from the day `since` to the day `until`,
    both included, and whether somebody answers in this place."""

    away: str
    person: str
    since: date
    until: date
    kind: StandInKind


@dataclass(frozen=True, kw_only=True)
class Answering:
    """Who answers, when (a key of the document's schedules, empty where that is not stated) and at
    which contacts; `standing_in` says in whose place."""

    name: str
    person: str
    schedule: str
    contacts: tuple[PublishedContact, ...]
    standing_in: StandingIn | None = None

    @property
    def is_nobody(self) -> bool:
        """Whether nobody answers: who is named is away."""
        return self.standing_in is not None and self.standing_in.kind is StandInKind.NOBODY

    @property
    def named(self) -> str:
        """The person, else the group or role."""
        return self.person or self.name


def who_answers(escalation: PublishedEscalation, level: PublishedLevel, day: date) -> Answering:
    """Who answers on a level on a day."""
    stretch = stretch_on(escalation.absences, level.contact, day)
    return _in_stretch(escalation, level, stretch) if stretch else _themselves(level)


def stand_ins(
    escalation: PublishedEscalation, level: PublishedLevel, first: date, last: date
) -> Iterator[tuple[Stretch[PublishedAbsence], Answering]]:
    """Yield the stretches of days in which the contact of a level is away, from `first` to `last`,
    with who answers then."""
    for stretch in stretches(escalation.absences, level.contact, first, last):
        yield stretch, _in_stretch(escalation, level, stretch)


def _themselves(holder: PublishedLevel | PublishedStandIn) -> Answering:
    return Answering(
        name=holder.name,
        person=holder.person,
        schedule=holder.schedule,
        contacts=holder.contacts,
    )


def _in_stretch(
    escalation: PublishedEscalation, level: PublishedLevel, stretch: Stretch[PublishedAbsence]
) -> Answering:
    away, last = stretch.absences[0], stretch.absences[-1]
    stand_in = escalation.stand_ins.get(stretch.stand_in)
    answering = _themselves(level)
    if stand_in:
        answering, kind = _themselves(stand_in), StandInKind.SOMEBODY_ELSE
    elif last.contacts and not last.stand_in:
        # Who was to answer last does so elsewhere.
        itself = escalation.stand_ins.get(last.contact) if last is not away else None
        answering = _themselves(itself) if itself else answering
        kind = StandInKind.SOMEBODY_ELSE if itself else StandInKind.CONTACT_POINTS
    else:
        kind = StandInKind.NOBODY
    given: dict[str, Any] = {"contacts": last.contacts} if last.contacts else {}
    if kind is StandInKind.NOBODY:
        given = {"contacts": (), "schedule": ""}
    standing_in = StandingIn(
        away=level.name,
        person=level.person,
        since=away.first_day,
        until=away.last_day,
        kind=kind,
    )
    return replace(answering, standing_in=standing_in, **given)
