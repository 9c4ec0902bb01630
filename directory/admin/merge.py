"""Two people's edits of the same rows, side by side. Pure: it knows no form and no database.

Rows are named by the pair of formset prefix and primary key, the edited object itself by `OBJECT`.
Values are lists of texts by field, as a browser would post them. Three states are compared: `base`,
what the form showed; `mine`, what was typed into it; `theirs`, what is stored meanwhile.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Row = tuple[str, str]
Values = dict[str, list[str]]
Rows = dict[Row, Values]

OBJECT: Row = ("", "")
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Difference:
    """Something that others changed and that the form does not say likewise.

    With a `field`: its values. Without one: the whole row, None where it is not there (any more).
    """

    row: Row
    field: str
    before: list[str] | Values | None
    mine: list[str] | Values | None
    theirs: list[str] | Values | None

    @property
    def key(self) -> str:
        """Names the decision about it in a form."""
        return "|".join([*self.row, self.field])

    @property
    def is_contested(self) -> bool:
        """Whether both sides changed it; otherwise only others did."""
        return self.mine != self.before


def differences(
    base: Rows, mine: Rows, theirs: Rows, below: Collection[Row] = ()
) -> list[Difference]:
    """What others changed since `base`, and `mine` does not say likewise, in the form's order.

    `below` are rows of which others changed what belongs to them and is not in the form: that
    matters only where `mine` removes them.
    """
    found = []
    for row in dict.fromkeys([*base, *theirs]):
        before, my, their = base.get(row), mine.get(row), theirs.get(row)
        would_go_unseen = row in below and my is None
        if (before == their or my == their) and not would_go_unseen:
            continue
        if None in (before, my, their):
            found.append(Difference(row, "", before, my, their))
            continue
        found += [
            Difference(row, field, before.get(field), my.get(field, before.get(field)), value)
            for field, value in their.items()
            if value not in (before.get(field), my.get(field, before.get(field)))
        ]
    return found


def merge(
    base: Rows,
    mine: Rows,
    theirs: Rows,
    decisions: Mapping[str, str],
    below: Collection[Row] = (),
) -> tuple[dict[Row, Values | None], list[tuple[str, Values]]]:
    """Both edits in one: what only one side changed is kept, the rest is as `decisions` say.

    `decisions` maps each `Difference.key` to MINE or THEIRS. Returns the rows of `theirs` with
    their values, None for one to delete, and, with their prefix, the rows of `mine` to add again.
    """
    contested = {(each.row, each.field): each for each in differences(base, mine, theirs, below)}
    chosen = {place for place, each in contested.items() if decisions[each.key] == MINE}
    kept = {}
    for row, their in theirs.items():
        before, my = base.get(row), mine.get(row)
        if (row, "") in contested:
            kept[row] = my if (row, "") in chosen else their
        elif my is None or before is None:
            kept[row] = my
        else:
            kept[row] = {}
            for field, value in their.items():
                is_mine = (row, field) in chosen or value == before.get(field)
                kept[row][field] = my.get(field, value) if is_mine else value
    again = [
        (row[0], each.mine)
        for (row, field), each in contested.items()
        if (row, field) in chosen and not field and each.theirs is None and each.mine is not None
    ]
    return kept, again
