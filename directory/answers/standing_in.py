"""Who answers on an escalation level on a day: its contact, or who stands in for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace

from directory.contacts.stand_ins import Stretch, stretch_on, stretches
from directory.editions.document import (
    PublishedAbsence,
    PublishedEscalation,
    PublishedLevel,
)


class StandInKind(StrEnum):
    """What there is in the place of somebody who is away."""

    SOMEBODY_ELSE = "somebody_else"
    CONTACT_POINTS = "contact_points"  # other numbers or addresses
    NOBODY = "nobody"


class StandingIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who is `away` (the group or role, and the person) from the day `since` to the day `until`,
    both included, and whether somebody answers in this place: until the day `answers_until`, after
    which it may be somebody else."""

    away: str
    person: str
    since: date
    until: date
    answers_until: date
    kind: StandInKind


@dataclass(frozen=True, kw_only=True)
class Answering:
    """A level as it is on a day: with who answers, when and at which contacts; `standing_in` says
    in whose place."""

    level: PublishedLevel
    standing_in: StandingIn | None = None

    @property
    def is_nobody(self) -> bool:
        """Whether nobody answers: who is named is away."""
        return self.standing_in is not None and self.standing_in.kind is StandInKind.NOBODY

    @property
    def named(self) -> str:
        """The person, else the group or role."""
        return self.level.person or self.level.name


def who_answers(escalation: PublishedEscalation, level: PublishedLevel, day: date) -> Answering:
    """Who answers on a level on a day."""
    stretch = stretch_on(escalation.absences, level.contact, day)
    return _in_stretch(escalation, level, stretch) if stretch else Answering(level=level)


def stand_ins(
    escalation: PublishedEscalation, level: PublishedLevel, first: date, last: date
) -> Iterator[tuple[Stretch[PublishedAbsence], Answering]]:
    """Yield the stretches of days in which the contact of a level is away, from `first` to `last`,
    with who answers then."""
    for stretch in stretches(escalation.absences, level.contact, first, last):
        yield stretch, _in_stretch(escalation, level, stretch)


def _in_stretch(
    escalation: PublishedEscalation, level: PublishedLevel, stretch: Stretch[PublishedAbsence]
) -> Answering:
    away, last = stretch.absences[0], stretch.absences[-1]
    stand_in = escalation.stand_ins.get(stretch.stand_in)
    kind, changed = StandInKind.NOBODY, dict[str, Any](contacts=(), schedule="")
    if not (stand_in or last.stand_in) and last.contacts:
        # Who was to answer last does so elsewhere.
        stand_in = escalation.stand_ins.get(last.contact) if last is not away else None
        kind, changed = StandInKind.CONTACT_POINTS, {"contacts": last.contacts}
    if stand_in:
        kind, changed = (
            StandInKind.SOMEBODY_ELSE,
            {
                "name": stand_in.name,
                "person": stand_in.person,
                "schedule": stand_in.schedule,
                "contacts": last.contacts or stand_in.contacts,
            },
        )
    standing_in = StandingIn(
        away=level.name,
        person=level.person,
        since=away.first_day,
        until=away.last_day,
        answers_until=stretch.last_day,
        kind=kind,
    )
    return Answering(level=replace(level, **changed), standing_in=standing_in)
