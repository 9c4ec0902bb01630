"""A whole file in, or nothing of it: checked, saved, published and logged in one transaction."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from directory.contacts.text import fold
from directory.editions import dry_run
from directory.editions.publish import publish, take_publishing_turn
from directory.imports.spreadsheets.columns import DayColumn
from directory.imports.spreadsheets.sheet import NumberedRow, Sheet
from directory.imports.spreadsheets.sheet_import import RowChange, SheetImport
from directory.imports.spreadsheets.tables import CellError, FileRefused, Table
from directory.models import Edition, Service
from directory.models.services import ServiceQuerySet


@dataclass
class Outcome:
    """What an import did, or would do. With errors, or stale, it did nothing."""

    errors: list[CellError] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    unchanged: int = 0
    effect: dry_run.PageChanges = field(default_factory=dry_run.PageChanges)
    warnings: list[str] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    is_stale: bool = False

    @property
    def added(self) -> int:
        """How many rows are new."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        """How many rows were there before."""
        return len(self.changes) - self.added

    @property
    def taken_away(self) -> int:
        """How many entries of lists, such as the contact points of a channel."""
        cells = [cell for change in self.changes for cell in change.cells]
        return sum(len(cell.removed) for cell in cells if cell.is_list)

    @property
    def fingerprint(self) -> str:
        """The same for two imports that change the same cells from and to the same texts."""
        seen = [(change.number, change.cells) for change in self.changes]
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def match(sheet: Sheet, table: Table) -> SheetImport:
    """Find the sheet's columns by the table's headings. Raises FileRefused, naming the column."""
    names = _column_names(sheet, table)
    days = {column.name for column in sheet.columns if isinstance(column, DayColumn)}
    flawed, errors = {error.row for error in table.errors}, list(table.errors)
    rows: list[NumberedRow] = []
    numbers: dict[tuple[str, ...], int] = {}

    def add_error(number: int, heading: str, message: str) -> None:
        errors.append(CellError(number, heading, message))

    for number, index in sorted(table.dates):
        # Excel takes 2-4 and 11-07 for days, and nobody can tell what was written.
        if index < len(names) and names[index] not in days:
            flawed.add(number)
            message = _(
                "Excel turned this into a date. Give the cell the format “Text” and write it again."
            )
            add_error(number, table.heading(index), message)
    for number, cells in table.rows:
        if any(cells[len(names) :]):
            add_error(number, "", _("There are more cells here than headings."))
        row = dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))
        missing = [column for column in sheet.key_columns if not row[column.name]]
        for column in missing:
            add_error(number, column.heading, _("Fill this in."))
        first = numbers.setdefault(sheet.key_of(row), number)
        if first != number and not missing:
            message = _("Row %(first)d is about the same. Leave one of the two.")
            add_error(number, sheet.key_columns[-1].heading, message % {"first": first})
        elif number not in flawed and not missing:
            rows.append((number, row))
    return SheetImport(sheet, rows, errors)


def preview(imports: list[SheetImport]) -> Outcome:
    """What `bring_in` would do now. Nothing is kept."""
    with dry_run.undone():
        outcome = _run(imports)
        if not outcome.errors:
            outcome.effect = dry_run.page_changes(_services(imports))
            for each in imports:
                outcome.warnings += each.sheet.warnings(each.keys)
    return outcome


def bring_in(
    imports: list[SheetImport], by: AbstractBaseUser, file_name: str, seen: str = ""
) -> Outcome:
    """Import, log in the history of each row and publish once. With errors nothing is kept, nor
    if it would change something else than the preview with the fingerprint `seen`.

    What an import refers to must stand in the database, in itself or in one before it."""
    with transaction.atomic():
        # Before anything is read: what somebody saves just now is not overwritten.
        take_publishing_turn()
        outcome = _run(imports)
        outcome.is_stale = bool(seen) and seen != outcome.fingerprint
        if outcome.errors or outcome.is_stale:
            transaction.set_rollback(True)
        else:
            _log(outcome.changes, by, file_name)
            outcome.editions = publish(_services(imports), by=by)
    return outcome


def _column_names(sheet: Sheet, table: Table) -> list[str]:
    """The names of the columns, in the order of the file."""
    by_heading = {heading: column.name for column in sheet.columns for heading in column.headings()}
    names = [by_heading.get(fold(heading), "") for heading in table.headings]
    unknown = [
        _unknown(table.heading(index), sheet) for index, name in enumerate(names) if not name
    ]
    repeated = [table.headings[index] for index, name in enumerate(names) if name in names[:index]]
    missing = [column.heading for column in sheet.key_columns if column.name not in names]
    expected = _("This spreadsheet has the columns %s.") % ", ".join(sheet.headings())
    if unknown:
        raise FileRefused(_("Unknown column: %s.") % ", ".join(unknown), expected)
    if repeated:
        raise FileRefused(_("This column stands there twice: %s.") % ", ".join(repeated))
    if missing:
        raise FileRefused(_("This column is missing: %s.") % ", ".join(missing), expected)
    return names


def _unknown(heading: str, sheet: Sheet) -> str:
    near = get_close_matches(heading, sheet.headings(), 1)
    hint = _("do you mean “%s”?") % near[0] if near else ""
    return f"“{heading[:60]}” ({hint})" if hint else f"“{heading[:60]}”"


def _run(imports: list[SheetImport]) -> Outcome:
    """Run one after the other. The caller's transaction must be undone if there are errors."""
    outcome = Outcome()
    for each in imports:
        # What refers to a sheet with errors would only be told that its rows are not there.
        if not outcome.errors:
            each.run()
        order = {heading: place for place, heading in enumerate(each.sheet.headings())}
        errors = [(error.row, order.get(error.column, -1), error) for error in each.errors]
        outcome.errors += [
            replace(error, sheet=each.sheet.title)
            for _row, _place, error in sorted(errors, key=lambda placed: placed[:2])
        ]
        outcome.changes += sorted(each.changes, key=lambda change: change.number)
        outcome.unchanged += len(each.rows) - len(each.changes)
    return outcome


def _services(imports: list[SheetImport]) -> ServiceQuerySet:
    keys: set[int] = set()
    for each in imports:
        if each.changes:
            keys |= set(each.sheet.services(each.keys).values_list("pk", flat=True))
    return Service.objects.filter(pk__in=keys)


def _log(changes: Iterable[RowChange], by: AbstractBaseUser, file_name: str) -> None:
    entries = [
        LogEntry(
            user_id=by.pk,
            content_type=ContentType.objects.get_for_model(change.subject),
            object_id=str(change.subject.pk),
            object_repr=str(change.subject)[:200],
            action_flag=ADDITION if change.is_new and change.subject is change.instance else CHANGE,
            change_message=_log_message(change, file_name),
        )
        for change in changes
    ]
    LogEntry.objects.bulk_create(entries, batch_size=500)


def _log_message(change: RowChange, file_name: str) -> str:
    cells = "; ".join(
        f"{cell.heading}: {cell.before} → {cell.after}"
        if cell.before
        else f"{cell.heading}: {cell.after}"
        for cell in change.cells
    )
    return _("Imported from “%(file)s”, row %(row)d. %(cells)s") % {
        "file": file_name,
        "row": change.number,
        "cells": cells,
    }
