"""What has changed about who is away, and who answers instead."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directory.editions.diff.differences import (
    LONGEST_EXCERPT,
    Difference,
    added,
    pairs,
    removed,
    value,
)
from directory.editions.document import PublishedAbsence, PublishedEscalation, PublishedStandIn
from directory.editions.names import Place, PlaceKind, name_of
from directory.hours.words import describe_validity


def paired_absences(
    before: PublishedEscalation, after: PublishedEscalation
) -> tuple[list[tuple[PublishedAbsence, PublishedAbsence]], list, list]:
    """The absences matched as `pairs` does: those of the same contact, by their days."""
    return pairs(
        before.absences,
        after.absences,
        lambda absence: (absence.contact, absence.first_day),
        lambda absence: (absence.contact, absence.last_day),
        lambda absence: absence.contact,
    )


def absence_changes(
    before: PublishedEscalation, after: PublishedEscalation
) -> Iterator[Difference]:
    """The differences of the absences, their contacts excepted where they stay."""
    matched, only_before, only_after = paired_absences(before, after)
    what = _("Absence")
    for old in only_before:
        text = f"{_of(old, before)} {_in_words(old, before)}"
        yield removed(what, text, _("absence removed (%s)") % text)
    for new in only_after:
        text = f"{_of(new, after)} {_in_words(new, after)}"
        yield added(what, text, text)
    for old, new in matched:
        found = list(value(_of(new, after), _in_words(old, before), _in_words(new, after)))
        yield from found or value(_("Internal code"), old.stand_in, new.stand_in)


def absence_places(
    before: PublishedEscalation, after: PublishedEscalation
) -> Iterator[tuple[Place, PublishedAbsence, PublishedAbsence]]:
    """The absences that stay, as places where contacts are given."""
    for old, new in paired_absences(before, after)[0]:
        yield Place(PlaceKind.ABSENCE, _of(new, after)), old, new


def stand_in_places(
    before: PublishedEscalation, after: PublishedEscalation
) -> Iterator[tuple[Place, PublishedStandIn, PublishedStandIn]]:
    """Who stands in before and after, as places. Who came or went did so with an absence."""
    for code, new in after.stand_ins.items():
        if old := before.stand_ins.get(code):
            name = Truncator(new.person or new.name).chars(LONGEST_EXCERPT)
            yield Place(PlaceKind.STAND_IN, name), old, new


def _of(absence: PublishedAbsence, escalation: PublishedEscalation) -> str:
    return _("Absence of %(who)s") % {"who": name_of(absence.contact, escalation)}


def _in_words(absence: PublishedAbsence, escalation: PublishedEscalation) -> str:
    """“desde el 1 de diciembre de 2026 hasta el …: responde Orlando”."""
    who = _("nobody stands in")
    if absence.stand_in:
        who = _("%(who)s answers") % {"who": name_of(absence.stand_in, escalation)}
    elif absence.contacts:
        who = _("other contacts")
    return f"{describe_validity(absence.first_day, absence.last_day)}: {who}"
