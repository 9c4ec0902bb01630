"""Which row a line without a code is: one that is there and says the same, or a new one.

So a document whose author knows no codes can be brought in, changed and brought in again. A new row
gets a code of its name; it is found again by the facts of its sheet.
"""

from collections import defaultdict
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.contacts.text import fold
from directory.imports.spreadsheets.columns import refusal
from directory.imports.spreadsheets.references import by_natural_key
from directory.imports.spreadsheets.sheet import NumberedRow, Sheet

NAMED_AT_MOST = 20

Facts = tuple[str, ...]
Key = tuple[str, ...]


class Identities:
    """Fills in the codes that lines of a sheet lack.

    `matched` has the numbers of those that are rows of the database, with their codes; `errors` the
    numbers of those that may be several, with the error of the cell.
    """

    def __init__(self, sheet: Sheet, rows: list[NumberedRow]) -> None:
        self.sheet = sheet
        self.matched: dict[int, str] = {}
        self.errors: list[tuple[int, ValidationError]] = []
        self._code = sheet.key[-1]
        nameless = [(number, row) for number, row in rows if not row[self._code]]
        if not nameless:
            return
        self._given = {sheet.key_of(row) for _number, row in rows if row[self._code]}
        stored = dict(sheet.stored_facts(nameless))
        self._taken = self._given | set(stored)
        candidates: dict[Facts, list[Key]] = defaultdict(list)
        for key, facts in stored.items():
            if key not in self._given:
                candidates[facts].append(key)
        given = {
            facts: number
            for number, row in rows
            if row[self._code] and (facts := sheet.facts_of(row))
        }
        groups: dict[Facts, list[NumberedRow]] = defaultdict(list)
        for number, row in nameless:
            if facts := sheet.facts_of(row):
                groups[facts].append((number, row))
            else:
                self._make_code(row)
        instances = self._ambiguous(groups, candidates)
        for facts, lines in groups.items():
            if not sheet.further_facts and facts in given:
                lines[0:0] = [next(each for each in rows if each[0] == given[facts])]
            self._resolve(lines, candidates[facts], instances)

    def _ambiguous(
        self, groups: dict[Facts, list[NumberedRow]], candidates: dict[Facts, list[Key]]
    ) -> dict[Key, Any]:
        """The rows of the database that only further facts tell apart, by their keys."""
        keys = [
            key
            for facts, lines in groups.items()
            if len(candidates[facts]) + len(lines) > 2
            for key in candidates[facts]
        ]
        return by_natural_key(self.sheet.queryset(), keys) if self.sheet.further_facts else {}

    def _resolve(
        self, lines: list[NumberedRow], candidates: list[Key], instances: dict[Key, Any]
    ) -> None:
        """Lines of the same facts, and the rows of the database that have these."""
        lines = self._without_repeated(lines)
        open_lines, open_rows = [], list(candidates)
        for number, row in lines:
            same = next((key for key in open_rows if self._is_same(instances.get(key), row)), None)
            if same:
                open_rows.remove(same)
                self._match(number, row, same)
            else:
                open_lines.append((number, row))
        if len(open_lines) == len(open_rows) == 1:
            self._match(*open_lines[0], open_rows[0])
            return
        for number, row in open_lines:
            if open_rows:
                self.errors.append((number, self._several(open_rows)))
            else:
                self._make_code(row)

    def _without_repeated(self, lines: list[NumberedRow]) -> list[NumberedRow]:
        kept: dict[Facts, NumberedRow] = {}
        for number, row in lines:
            further = tuple(fold(row.get(name, "")) for name in self.sheet.further_facts)
            first, _row = kept.setdefault(further, (number, row))
            if first != number:
                self.errors.append((number, about_the_same(first)))
        return [(number, row) for number, row in kept.values() if not row[self._code]]

    def _is_same(self, instance: Any, row: dict[str, str]) -> bool:
        if instance is None:
            return False
        columns = [each for each in self.sheet.columns if each.name in self.sheet.further_facts]
        return not any(column.differs(instance, row) for column in columns)

    def _match(self, number: int, row: dict[str, str], key: Key) -> None:
        row[self._code] = self.matched[number] = key[-1]

    def _several(self, keys: list[Key]) -> ValidationError:
        message = _("Several rows are called so: %(codes)s. Write here which one this is.")
        return refusal(message, codes=", ".join(key[-1] for key in keys[:NAMED_AT_MOST]))

    def _make_code(self, row: dict[str, str]) -> None:
        """Give a new row a code of its name, which no other row of its owner has."""
        meta: Any = self.sheet.model._meta
        text = " ".join(row.get(name, "") for name in self.sheet.code_from)
        name = slugify(text)[: meta.get_field(self._code).max_length - 5].strip("-")
        # A name in another script than the Latin one gives the code of what it names.
        name = name or slugify(str(meta.verbose_name))
        within = self.sheet.key_of(row)[:-1]
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        row[self._code] = next(each for each in names if (*within, each) not in self._taken)
        self._taken.add((*within, row[self._code]))


def about_the_same(first: int) -> ValidationError:
    """The error of a line about what the line `first` is about already."""
    message = _("%(first)s is about the same. Leave one of the two.")
    return refusal(message, first=first)
