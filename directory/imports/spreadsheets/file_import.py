"""A whole file in, or nothing of it: checked, saved, published and logged in one transaction."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from directory.editions import dry_run
from directory.editions.new_editions import NewEditions
from directory.editions.publish import publish
from directory.editions.turn import publishing_turn
from directory.imports.spreadsheets.sheet import SameFile
from directory.imports.spreadsheets.sheet_import import CellError, RowChange, SheetImport
from directory.models import Revision, Service
from directory.models.recording import log_entries, record
from directory.models.services import ServiceQuerySet


@dataclass
class Outcome:
    """What an import did, or would do. With errors, or stale, it did nothing."""

    errors: list[CellError] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    unchanged: int = 0
    effect: dry_run.PageChanges = field(default_factory=dry_run.PageChanges)
    warnings: list[str] = field(default_factory=list)
    editions: NewEditions = field(default_factory=NewEditions)
    is_stale: bool = False
    # What was recorded of it; None where nothing changed.
    revision: Revision | None = None
    # Lines without a code that are rows of the database: title of the sheet, number, code.
    matched: list[tuple[str, int, str]] = field(default_factory=list)
    # How many lines are notes to people, such as examples.
    notes: int = 0

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
        seen = [(change.number, change.is_new, change.cells) for change in self.changes]
        return hashlib.sha256(repr(seen).encode()).hexdigest()


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
    # Before anything is read: what somebody saves just now is not overwritten.
    with publishing_turn(), record(by, Revision.Action.IMPORTED) as recording:
        outcome = _run(imports)
        outcome.is_stale = bool(seen) and seen != outcome.fingerprint
        if outcome.errors or outcome.is_stale:
            transaction.set_rollback(True)
        else:
            _log(outcome.changes, by, file_name)
            outcome.editions = publish(_services(imports), by=by)
    outcome.revision = recording.revision
    return outcome


def _run(imports: list[SheetImport]) -> Outcome:
    """Run one after the other. The caller's transaction must be undone if there are errors."""
    outcome = Outcome()
    also = SameFile()
    for each in imports:
        each.run(also)
        outcome.matched += [(each.sheet.title, *line) for line in sorted(each.matched.items())]
        outcome.notes += each.notes
        outcome.errors += sorted(each.errors, key=lambda error: error.row)
        outcome.changes += each.changes
        outcome.unchanged += len(each.rows) - len(each.changes)
    return outcome


def _services(imports: list[SheetImport]) -> ServiceQuerySet:
    keys: set[int] = set()
    for each in imports:
        keys |= each.services_before
        if each.changes:
            keys |= set(each.sheet.services(each.keys).values_list("pk", flat=True))
    return Service.objects.filter(pk__in=keys)


def _log(changes: Iterable[RowChange], by: AbstractBaseUser, file_name: str) -> None:
    entries = []
    for change in changes:
        subject = change.sheet.subject(change.instance)
        message = _("Imported from “%(file)s”, row %(row)d. %(cells)s")
        cells = "; ".join(str(cell) for cell in change.cells)
        entries.append(
            LogEntry(
                user_id=by.pk,
                content_type=ContentType.objects.get_for_model(subject),
                object_id=str(subject.pk),
                object_repr=str(subject)[:200],
                action_flag=ADDITION if change.is_new and subject is change.instance else CHANGE,
                change_message=message % {"file": file_name, "row": change.number, "cells": cells},
            )
        )
    log_entries(entries)
