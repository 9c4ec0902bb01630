"""Merges the uses of contact points that become one: a holder of several keeps one use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from directory.models.contact_point_uses import ContactPointUse

BOTH_GIVEN = _(
    "%(holder)s gives both, each with a label, menu options or extensions of its own, and can give "
    "one number or address only once. Make them the same there first, or take one of the two out."
)


@dataclass
class MergedUses:
    """What becomes of uses: `moved` stay as they are and give the new contact point, `absorbed` are
    part of the one that their holder has already, `refused` say what that one does not."""

    by_holder: dict[tuple[type, int], ContactPointUse]
    moved: list[ContactPointUse] = field(default_factory=list)
    absorbed: list[ContactPointUse] = field(default_factory=list)
    refused: list[ContactPointUse] = field(default_factory=list)

    @property
    def enlarged(self) -> list[ContactPointUse]:
        """The uses that now say also what others said, each once."""
        keys = dict.fromkeys(use.holder_key for use in self.absorbed)
        return [self.by_holder[key] for key in keys]

    @property
    def changed(self) -> list[ContactPointUse]:
        """The uses that give another contact point or say more, each once."""
        keys = dict.fromkeys(use.holder_key for use in [*self.moved, *self.absorbed])
        return [self.by_holder[key] for key in keys]


def merge(uses: Iterable[ContactPointUse], target: int | None = None) -> MergedUses:
    """Merge `uses` as if all of them gave one contact point. Those that give `target`, a primary
    key, give it already, and absorb the others of their holder. Nothing is saved."""
    uses = list(uses)
    merged = MergedUses({use.holder_key: use for use in uses if use.contact_point_id == target})
    for use in uses:
        one = merged.by_holder.setdefault(use.holder_key, use)
        if use.contact_point_id == target:
            continue
        if one is use:
            merged.moved.append(use)
        elif one.absorb(use):
            merged.absorbed.append(use)
        else:
            merged.refused.append(use)
    return merged
