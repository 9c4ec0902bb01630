"""Documents without the names of persons: for words that leave the site and stay elsewhere, as in
feeds and calendars."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from msgspec.structs import replace

from directory.editions.diff.differences import Change, ChangeKind, Difference
from directory.editions.diff.documents import changes
from directory.editions.document import ServiceDocument
from directory.editions.names import place_of


def nameless(document: ServiceDocument) -> ServiceDocument:
    """The document with the groups and roles alone of who answers."""
    escalation = document.escalation
    return replace(
        document,
        escalation=replace(
            escalation,
            levels=tuple(replace(each, person="") for each in escalation.levels),
            stand_ins={
                code: replace(each, person="") for code, each in escalation.stand_ins.items()
            },
        ),
    )


def nameless_changes(before: ServiceDocument | None, after: ServiceDocument) -> list[Change]:
    """As `changes`; of another person it is said that somebody else answers, and not who."""
    if before is None:
        return changes(None, nameless(after))
    found = changes(nameless(before), nameless(after))
    others = [each for each in found if not each.before or each.before != each.after]
    return list(dict.fromkeys([*others, *_other_persons(before, after)]))


def _other_persons(before: ServiceDocument, after: ServiceDocument) -> Iterator[Change]:
    said = {(each.level, each.name): each for each in before.escalation.levels}
    for level in after.escalation.levels:
        old = said.get((level.level, level.name))
        if old and (old.contact, old.person) != (level.contact, level.person):
            yield Difference(
                kind=ChangeKind.CHANGED,
                what=_("Who answers"),
                core=_("another person answers"),
                place_leads=True,
            ).at([place_of(replace(level, person=""), nameless(after))])
    stood_in = before.escalation.stand_ins
    for code, new in after.escalation.stand_ins.items():
        if code in stood_in and stood_in[code].person != new.person:
            core = _("Another person stands in")
            yield Difference(kind=ChangeKind.CHANGED, what=core, core=core).at([])
