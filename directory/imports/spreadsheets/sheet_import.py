"""The rows of a file become rows of the database, for one sheet."""

import logging
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from directory.contacts.text import fold
from directory.imports.spreadsheets.columns import Column, Row
from directory.imports.spreadsheets.identities import Identities, about_the_same
from directory.imports.spreadsheets.references import (
    DependsOnRefused,
    ListColumn,
    ReferenceColumn,
)
from directory.imports.spreadsheets.sheet import NumberedRow, SameFile, Sheet
from directory.models.recording import watch

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CellError:
    """What is wrong at one place. `row` as the spreadsheet counts, 0 for the whole file; `column`
    is a heading, empty for the whole row, and `letter` what the spreadsheet calls it; `sheet` is a
    title."""

    row: int
    column: str
    message: str
    sheet: str = ""
    letter: str = ""

    @property
    def cell(self) -> str:
        """“D7”; the number of the row alone where it is about a whole row."""
        return f"{self.letter}{self.row or ''}"


class CellChange(NamedTuple):
    """What a cell says of the row before and after, as texts; of a list, codes with commas."""

    heading: str
    before: str
    after: str
    is_list: bool = False

    def __str__(self) -> str:
        change = f"{self.before} → {self.after}" if self.before else self.after
        return f"{self.heading}: {change}"

    @property
    def removed(self) -> list[str]:
        """The codes that go from a list."""
        return _without(self.before, self.after)

    @property
    def added(self) -> list[str]:
        """The codes that come into a list."""
        return _without(self.after, self.before)


@dataclass(frozen=True)
class RowChange:
    """What one line of the file does to `instance`, which is called `name`."""

    sheet: Sheet
    number: int
    name: str
    instance: Any
    is_new: bool
    cells: tuple[CellChange, ...]


class SheetImport:
    """Brings rows of a file in, numbered as the file counts; `changes` and `errors` tell what came
    of it. The caller's transaction must be undone if there are errors."""

    def __init__(
        self,
        sheet: Sheet,
        rows: list[NumberedRow] | None = None,
        letters: dict[str, str] | None = None,
    ) -> None:
        self.sheet, self.rows = sheet, rows or []
        # By the name of each column of the file, what the spreadsheet calls it.
        self.letters = letters or {}
        self.errors: list[CellError] = []
        self.changes: list[RowChange] = []
        # The primary keys of services whose pages showed changed rows before.
        self.services_before: set[int] = set()
        # Lines without a code: their numbers, with the codes of the rows that they are.
        self.matched: dict[int, str] = {}
        # Lines that cannot be read, and how many are notes to people.
        self.refused_rows: list[Row] = []
        self._refused_owners: set[str] = set()
        self.notes = 0

    @property
    def keys(self) -> list[int]:
        """The primary keys of the rows that are changed or new."""
        return [change.instance.pk for change in self.changes]

    @property
    def rows_to_confirm(self) -> list[NumberedRow]:
        """The rows of the file that change something, and those on which that depends."""
        if self.changes and self.sheet.is_read_whole:
            return self.rows
        numbers = {change.number for change in self.changes}
        return [(number, row) for number, row in self.rows if number in numbers]

    def add_error(self, number: int, heading: str, message: str, letter: str = "") -> None:
        """Note what is wrong in a row, or in its column of this heading."""
        if not letter and heading:
            names = (each.name for each in self.sheet.columns if each.heading == heading)
            letter = next((self.letters[name] for name in names if name in self.letters), "")
        self.errors.append(CellError(number, heading, message, self.sheet.title, letter))

    def run(self, also: SameFile | None = None) -> None:
        """Check and save every row. What is wrong in a row keeps no other from being checked.

        `also` is what sheets of the same file before this one did; this one adds to it.
        """
        sheet = self.sheet
        sheet.also = also or sheet.also
        for each in self.refused_rows:
            self._note_refused(each)
        self._identify()
        rows = [row for _number, row in self.rows]
        found = sheet.stored(rows)
        stored = [(found[key], row) for row in rows if (key := sheet.key_of(row)) in found]
        rows_in_file = [instance for instance, _row in stored]
        # In batches, not one by one when each is saved.
        watch(rows_in_file)
        watch(part for instance in rows_in_file for part in sheet.parts(instance))
        aside = sheet.set_aside(stored)
        self._numbers = {sheet.key_of(row): number for number, row in self.rows}
        for number, row in sheet.in_order(self.rows):
            instance = found.get(sheet.key_of(row)) or sheet.model()
            try:
                self._bring_in(number, row, instance, must_save=instance.pk in aside)
            except ValidationError as error:
                self._note_refused(row)
                self._add_errors(number, error)
            except (IntegrityError, DataError) as error:
                logger.warning("A row could not be imported: %s", error)
                self._note_refused(row)
                message = _("This row contradicts another one and cannot be saved.")
                self.add_error(number, "", message)
        self._validate_wholes()
        sheet.also.changed[sheet.model].update(self.keys)
        self.changes.sort(key=lambda change: change.number)

    def _validate_wholes(self) -> None:
        """Tell which rows do not go with what belongs to them, once all rows are in."""
        owners = self._refused_owners
        lines = dict(self.rows)
        for change in self.changes:
            whole = self.sheet.whole(change.instance)
            # What is wrong in one part of an owner is not told of the others too.
            if whole is None or lines[change.number][self.sheet.key[0]] in owners:
                continue
            try:
                whole.validate_whole()
            except ValidationError as error:
                self._add_errors(change.number, error)

    def _identify(self) -> None:
        """Put codes in the place of names and of nothing, and leave out lines about the same."""
        sheet, lines = self.sheet, self.rows
        rows = [row for _number, row in lines]
        own = [each for each in sheet.columns if _names_own_sheet(each)]
        for column in sheet.columns:
            if column not in own:
                column.prepare(rows)
        wrong: dict[int, ValidationError] = {}
        if sheet.code_from:
            identities = Identities(sheet, lines)
            self.matched, wrong = identities.matched, dict(identities.errors)
        for column in own:
            column.prepare(rows)
        first_numbers: dict[tuple[str, ...], int] = {}
        for number, row in lines:
            first = first_numbers.setdefault(sheet.key_of(row), number)
            if first != number and number not in wrong:
                wrong[number] = about_the_same(first)
        code = sheet.key_columns[-1]
        heading, letter = code.heading, self.letters.get(code.name, "")
        for number, error in wrong.items():
            if error.params and "first" in error.params and letter:
                error.params["first"] = f"{letter}{error.params['first']}"
            self.add_error(number, heading, error.messages[0])
        for number, row in lines:
            if number in wrong:
                self._note_refused(row)
        self.rows = [(number, row) for number, row in lines if number not in wrong]

    def _note_refused(self, row: Row) -> None:
        """Remember what a refused line is called: what names it is not told as unknown too."""
        sheet = self.sheet
        self._refused_owners.add(row[sheet.key[0]])
        fields = {*sheet.model.called_by, sheet.key[-1]}
        columns = [column for column in sheet.columns if column.errors_of & fields]
        texts = (fold(row.get(column.name, "")) for column in columns)
        sheet.also.refused[sheet.model].update(filter(None, texts))

    def _bring_in(self, number: int, row: Row, instance: Any, must_save: bool) -> None:
        sheet, is_new = self.sheet, instance.pk is None
        before = {} if is_new else sheet.cells(instance)
        errors = self._fill(instance, row)
        if not (is_new or must_save or errors or self._cell_changes(before, instance, row)):
            return
        if not (is_new or must_save):
            sheet.refuse_change(instance)
        if not sheet.may_import():
            raise ValidationError(
                _("You may not change these in bulk. Leave the row as it is, or leave it out."),
                code="may_not_import",
            )
        self._validate(instance, errors)
        if sheet.may_leave_pages and not is_new:
            self.services_before.update(sheet.services([instance.pk]).values_list("pk", flat=True))
        self._save(instance, row)
        # Again, for the model may have tidied what the cells said.
        cells = self._cell_changes(before, instance, row)
        if cells or is_new:
            name = " · ".join(filter(None, sheet.key_of(row)))
            self.changes.append(RowChange(sheet, number, name, instance, is_new, cells))

    def _fill(self, instance: Any, row: Row) -> dict[str, list[ValidationError]]:
        """Put the cells into `instance`. Returns the errors of those that cannot be read."""
        errors: dict[str, list[ValidationError]] = {}
        for column in self.sheet.columns:
            try:
                column.fill(instance, row)
            except ValidationError as error:
                errors[column.attribute] = [error]
        return errors

    def _validate(self, instance: Any, errors: dict[str, list[ValidationError]]) -> None:
        """Raise ValidationError with `errors` and with what the model finds wrong elsewhere."""
        if instance.pk is None and not self.sheet.may("add", self.sheet.model):
            raise ValidationError(
                _("It does not exist yet, and you may not add new ones. Check its code."),
                code="may_not_add",
            )
        found: dict[str, Any] = {}
        try:
            # Uniqueness and constraints cost a query each; the database checks them when it saves.
            # What columns refer to was read from there.
            exclude = {*errors, *(each.name for each in _foreign_keys(instance))}
            instance.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            found = error.update_error_dict({})
        if found or errors:
            # A cell that cannot be read is not missing too.
            raise ValidationError(errors | found | errors)

    def _save(self, instance: Any, row: Row) -> None:
        is_new = instance.pk is None
        try:
            with transaction.atomic():
                instance.save()
                for column in self.sheet.columns:
                    write = column.save_new if is_new else column.save
                    write(instance, row)
        except IntegrityError:
            self._refuse_twin(instance, row)
            if hasattr(instance, "neighbours"):
                if row[self.sheet.key[0]] in self._refused_owners:
                    raise DependsOnRefused("") from None
                instance.validate_among(instance.neighbours())
            # Now the model says in words which rule of the database it was.
            instance.full_clean()
            raise

    def _refuse_twin(self, instance: Any, row: Row) -> None:
        """Raise ValidationError if another row of the file holds the same, and tell it there."""
        twin = self.sheet.twin(instance)
        first = twin and self._numbers.get(twin.natural_key())
        if not first:
            return
        message = _(
            "Row %(other)d says the same here, and it is kept only once. Change one of them."
        )
        other = self._numbers[self.sheet.key_of(row)]
        self._add_errors(first, ValidationError(message, params={"other": other}))
        raise ValidationError(message, code="unique", params={"other": first})

    def _add_errors(self, number: int, error: ValidationError) -> None:
        """Note the errors of one row, of each column only what was found first. What only follows
        from the error of another row is told there."""
        errors = {
            field: found
            for field, found in error.update_error_dict({}).items()
            if not any(isinstance(each, DependsOnRefused) for each in found)
        }
        places = [(column.heading, column.errors_of) for column in self.sheet.columns]
        elsewhere = set(errors).difference(*(fields for _heading, fields in places))
        for heading, fields in [("", elsewhere), *places]:
            found = [errors[field] for field in errors if field in fields]
            for message in ValidationError(found[:1] if heading else found).messages:
                self.add_error(number, heading, message)

    def _cell_changes(self, before: Row, instance: Any, row: Row) -> tuple[CellChange, ...]:
        """What changes in an existing row, which was `before`, or stands in a new one."""
        texts = [
            (column, text := before.get(column.name, ""), column.text_after(text, instance, row))
            for column in self.sheet.columns
        ]
        return tuple(
            CellChange(column.heading, text, after, isinstance(column, ListColumn))
            for column, text, after in texts
            if after != text
        )


def _foreign_keys(instance: Any) -> list[Any]:
    """The fields of a row that refer to another one."""
    fields = instance._meta.concrete_fields
    return [each for each in fields if each.is_relation and getattr(instance, each.attname)]


def _names_own_sheet(column: Column) -> bool:
    return isinstance(column, ReferenceColumn) and column.is_of_own_sheet


def _without(text: str, other: str) -> list[str]:
    """The codes of a list that another does not have."""
    others = other.split(", ")
    return [code for code in text.split(", ") if code and code not in others]
