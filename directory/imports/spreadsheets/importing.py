"""A whole file in, or nothing of it: checked, saved, published and logged in one transaction."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

import tablib
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from directory.contacts.text import fold
from directory.editions import dry_run
from directory.editions.publish import publish, take_publishing_turn
from directory.imports.spreadsheets.columns import DayWidget
from directory.imports.spreadsheets.sheets import ListChange, RowChange, Sheet
from directory.imports.spreadsheets.tables import FileRefused, Problem, Table
from directory.models import Edition, Service


@dataclass(frozen=True)
class Records:
    """A table for `sheet`: `rows` are (number in the file, texts by column name)."""

    sheet: Sheet
    rows: list[tuple[int, dict[str, str]]]
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Outcome:
    """What an import did, or would do. With problems, or stale, it did nothing."""

    problems: list[Problem] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    unchanged: int = 0
    effect: dry_run.Effect = field(default_factory=dry_run.Effect)
    warnings: list[str] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    is_stale: bool = False

    @property
    def added(self) -> int:
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        return len(self.changes) - self.added

    @property
    def taken_away(self) -> int:
        """How many entries of lists, such as the contact points of a channel."""
        cells = [cell for change in self.changes for cell in change.cells]
        return sum(len(cell.removed) for cell in cells if isinstance(cell, ListChange))

    @property
    def fingerprint(self) -> str:
        """The same for two imports that change the same cells from and to the same texts."""
        seen = [(change.number, change.cells) for change in self.changes]
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def match(sheet: Sheet, table: Table) -> Records:
    """Find the sheet's columns by the table's headings. Raises FileRefused, naming the column."""
    names = _names(sheet, table)
    problems, seen, rows = [*table.problems, *_dates_out_of_place(sheet, table, names)], {}, []
    flawed = {problem.row for problem in problems}
    for number, cells in table.rows:
        if any(cells[len(names) :]):
            problems.append(Problem(number, "", _("There are more cells here than headings.")))
        padded = [*cells, *[""] * (len(names) - len(cells))]
        row = dict(zip(names, padded, strict=False))
        missing = [c for c in sheet.identifying if not row[c.column_name]]
        problems += [Problem(number, c.heading, _("Fill this in.")) for c in missing]
        first = seen.setdefault(sheet.key(row), number)
        if first != number and not missing:
            heading = sheet.identifying[-1].heading
            text = _("Row %(first)d is about the same. Leave one of the two.") % {"first": first}
            problems.append(Problem(number, heading, text))
        if number not in flawed and not missing and first == number:
            rows.append((number, row))
    return Records(sheet, rows, problems)


def preview(parts: list[Records]) -> Outcome:
    """What `bring_in` would do now. Nothing is kept."""
    with dry_run.undone():
        outcome = _import_all(parts)
        if not outcome.problems:
            outcome.effect = dry_run.effect(_concerned(parts))
            for part in parts:
                outcome.warnings += part.sheet.warnings(_keys(part.sheet))
    return outcome


def bring_in(parts: list[Records], by, file_name: str, seen: str = "") -> Outcome:
    """Import, log in the history of each row and publish once. With problems nothing is kept, nor
    if it would change something else than the preview with the fingerprint `seen`.

    What a part refers to must stand in the database, in the part itself or in one before it."""
    with transaction.atomic():
        # Before anything is read: what somebody saves just now is not overwritten.
        take_publishing_turn()
        outcome = _import_all(parts)
        outcome.is_stale = bool(seen) and seen != outcome.fingerprint
        if outcome.problems or outcome.is_stale:
            transaction.set_rollback(True)
        else:
            _log(outcome.changes, by, file_name)
            outcome.editions = publish(_concerned(parts), by=by)
    return outcome


def _dates_out_of_place(sheet, table, names):
    """Excel takes 2-4 and 11-07 for days, and nobody can tell what was written."""
    days = {c.column_name for c in sheet.columns if isinstance(c.widget, DayWidget)}
    message = _(
        "Excel turned this into a date. Give the cell the format “Text” and write it again."
    )
    for number, index in sorted(table.dates):
        if index < len(names) and names[index] not in days:
            yield Problem(number, table.heading(index), message)


def _names(sheet, table):
    """The names of the columns, in the order of the file."""
    known = {name: column for column in sheet.columns for name in column.headings()}
    names, unknown, repeated = [], [], []
    for index, heading in enumerate(table.headings):
        column = known.get(fold(heading))
        if column is None:
            unknown.append(_unknown(heading or table.heading(index), sheet))
        elif column.column_name in names:
            repeated.append(heading)
        names.append(column.column_name if column else "")
    missing = [c.heading for c in sheet.identifying if c.column_name not in names]
    expected = _("This spreadsheet has the columns %s.") % ", ".join(sheet.headings())
    if unknown:
        raise FileRefused(_("Unknown column: %s.") % ", ".join(unknown) + f" {expected}")
    if repeated:
        raise FileRefused(_("This column stands there twice: %s.") % ", ".join(repeated))
    if missing:
        raise FileRefused(_("This column is missing: %s.") % ", ".join(missing) + f" {expected}")
    return names


def _unknown(heading, sheet):
    near = get_close_matches(heading, sheet.headings(), 1)
    hint = _("do you mean “%s”?") % near[0] if near else ""
    return f"“{heading[:60]}” ({hint})" if hint else f"“{heading[:60]}”"


def _import_all(parts):
    """The caller's transaction must be undone if there are problems."""
    outcome = Outcome()
    for part in parts:
        # What refers to a part with problems would only be told that its rows are not there.
        found = part.problems if outcome.problems else _import(part)
        title = part.sheet.title
        outcome.problems += sorted(
            (replace(problem, sheet=title) for problem in found), key=_place(part.sheet)
        )
        changes = part.sheet.changes
        outcome.changes += sorted(changes, key=lambda change: change.number)
        outcome.unchanged += len(part.rows) - len(changes)
    return outcome


def _import(part):
    """The problems of one sheet; what it changes is in its `changes`."""
    sheet, rows = part.sheet, part.sheet.in_order(part.rows)
    if rows:
        names = list(rows[0][1])
        dataset = tablib.Dataset(headers=names)
        for _number, row in rows:
            dataset.append([row[name] for name in names])
        result = sheet.import_data(
            dataset,
            raise_errors=False,
            retain_instance_in_row_result=True,
            numbers=[number for number, _row in rows],
        )
        for error in result.base_errors:
            raise error.error
    return [*part.problems, *sheet.problems]


def _place(sheet):
    order = {heading: place for place, heading in enumerate(sheet.headings())}
    return lambda problem: (problem.row, order.get(problem.column, -1))


def _keys(sheet):
    return [change.key for change in sheet.changes]


def _concerned(parts):
    keys = set()
    for part in parts:
        if part.sheet.changes:
            keys |= set(part.sheet.services(_keys(part.sheet)).values_list("pk", flat=True))
    return Service.objects.filter(pk__in=keys)


def _log(changes: Iterable[RowChange], by, file_name):
    LogEntry.objects.bulk_create(
        [
            LogEntry(
                user_id=by.pk,
                content_type=ContentType.objects.get_for_model(change.subject),
                object_id=str(change.subject.pk),
                object_repr=str(change.subject)[:200],
                action_flag=ADDITION if change.is_addition else CHANGE,
                change_message=_message(change, file_name),
            )
            for change in changes
        ],
        batch_size=500,
    )


def _message(change, file_name):
    cells = "; ".join(
        f"{heading}: {before} → {after}" if before else f"{heading}: {after}"
        for heading, before, after in change.cells
    )
    return _("Imported from “%(file)s”, row %(row)d. %(cells)s") % {
        "file": file_name,
        "row": change.number,
        "cells": cells,
    }
