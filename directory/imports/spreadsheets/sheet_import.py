"""The rows of a file become rows of the database, for one sheet."""

import logging
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from directory.imports.spreadsheets.columns import ListColumn, Row, by_natural_key
from directory.imports.spreadsheets.sheet import NumberedRow, Sheet
from directory.models.recording import watch

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CellError:
    """What is wrong at one place. `row` as the spreadsheet counts, 0 for the whole file; `column`
    is a heading, empty for the whole row; `sheet` is a title."""

    row: int
    column: str
    message: str
    sheet: str = ""


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

    def __init__(self, sheet: Sheet, rows: list[NumberedRow] | None = None) -> None:
        self.sheet, self.rows = sheet, rows or []
        self.errors: list[CellError] = []
        self.changes: list[RowChange] = []

    @property
    def keys(self) -> list[int]:
        """The primary keys of the rows that are changed or new."""
        return [change.instance.pk for change in self.changes]

    @property
    def changing_rows(self) -> list[NumberedRow]:
        """The rows of the file that change something."""
        numbers = {change.number for change in self.changes}
        return [(number, row) for number, row in self.rows if number in numbers]

    def add_error(self, number: int, heading: str, message: str) -> None:
        """Note what is wrong in a row, or in its column of this heading."""
        self.errors.append(CellError(number, heading, message, self.sheet.title))

    def run(self) -> None:
        """Check and save every row. What is wrong in a row keeps no other from being checked."""
        sheet, rows = self.sheet, [row for _number, row in self.rows]
        for column in sheet.columns:
            column.prepare(rows)
        found = by_natural_key(sheet.queryset(), map(sheet.key_of, rows))
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
                self._add_errors(number, error)
            except (IntegrityError, DataError) as error:
                logger.warning("A row could not be imported: %s", error)
                message = _("This row contradicts another one and cannot be saved.")
                self.add_error(number, "", message)
        self.changes.sort(key=lambda change: change.number)

    def _bring_in(self, number: int, row: Row, instance: Any, must_save: bool) -> None:
        sheet, is_new = self.sheet, instance.pk is None
        before = {} if is_new else sheet.cells(instance)
        errors = self._fill(instance, row)
        if not (is_new or must_save or errors or self._cell_changes(before, instance, row)):
            return
        self._validate(instance, errors)
        self._save(instance, row)
        # Again, for the model may have tidied what the cells said.
        cells = self._cell_changes(before, instance, row)
        if cells or is_new:
            name = " · ".join(sheet.key_of(row))
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
            instance.full_clean(exclude=errors, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            found = error.update_error_dict({})
        if found or errors:
            # A cell that cannot be read is not missing too.
            raise ValidationError(errors | found | errors)

    def _save(self, instance: Any, row: Row) -> None:
        try:
            with transaction.atomic():
                instance.save()
                for column in self.sheet.columns:
                    column.save(instance, row)
        except IntegrityError:
            self._refuse_twin(instance, row)
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
        """Note the errors of one row, of each column only what was found first."""
        errors = error.update_error_dict({})
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


def _without(text: str, other: str) -> list[str]:
    """The codes of a list that another does not have."""
    others = other.split(", ")
    return [code for code in text.split(", ") if code and code not in others]
