"""The rows of a file become rows of the database, for one sheet."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from directory.imports.spreadsheets.columns import ListColumn, Row, refusal
from directory.imports.spreadsheets.sheet import NumberedRow, Sheet
from directory.imports.spreadsheets.tables import CellError

logger = logging.getLogger(__name__)


class CellChange(NamedTuple):
    """What a cell says of the row before and after, as texts; of a list, codes with commas."""

    heading: str
    before: str
    after: str
    is_list: bool = False

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
    """What one line of the file does to `instance`; `subject` is the row in whose history it is
    noted. `sheet` is the title of the sheet."""

    number: int
    is_new: bool
    name: str
    instance: Any
    subject: Model
    cells: tuple[CellChange, ...]
    sheet: str


class SheetImport:
    """Brings `rows` of a file in, numbered as the file counts; `changes` and `errors` tell what
    came of it. `errors` are also those that the cells had before. The caller's transaction must be
    undone if there are any."""

    def __init__(
        self, sheet: Sheet, rows: list[NumberedRow], errors: Iterable[CellError] = ()
    ) -> None:
        self.sheet, self.rows, self.errors = sheet, rows, list(errors)
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

    def run(self) -> None:
        """Check and save every row. What is wrong in a row keeps no other from being checked."""
        sheet, rows = self.sheet, [row for _number, row in self.rows]
        for column in sheet.columns:
            column.prepare(rows)
        self._numbers = {sheet.key_of(row): number for number, row in self.rows}
        fields = zip(sheet.model.natural_key_fields, sheet.key, strict=True)
        named = {f"{field}__in": {row[name] for row in rows} for field, name in fields}
        self._found = {each.natural_key(): each for each in sheet.queryset().filter(**named)}
        self._aside: set[int] = set()
        sheet.set_aside(self._changing)
        for number, row in sheet.in_order(self.rows):
            try:
                self._bring_in(number, row)
            except ValidationError as error:
                self.errors += self._cell_errors(number, error)
            except (IntegrityError, DataError) as error:
                logger.warning("A row could not be imported: %s", error)
                message = _("This row contradicts another one and cannot be saved.")
                self.errors.append(CellError(number, "", message))

    def _changing(self, *names: str) -> set[int]:
        columns = [column for column in self.sheet.columns if column.name in names]
        found = ((self._found.get(self.sheet.key_of(row)), row) for _number, row in self.rows)
        keys = {
            instance.pk
            for instance, row in found
            if instance and any(column.differs(instance, row) for column in columns)
        }
        self._aside |= keys
        return keys

    def _bring_in(self, number: int, row: Row) -> None:
        sheet, key = self.sheet, self.sheet.key_of(row)
        instance = self._found.get(key) or sheet.model()
        is_new = instance.pk is None
        before = {} if is_new else sheet.cells(instance)
        errors = self._fill(instance, row)
        may_skip = not (is_new or errors or instance.pk in self._aside)
        if may_skip and not self._cell_changes(before, instance, row):
            return
        self._validate(instance, errors)
        self._save(instance, row)
        for column in sheet.columns:
            column.remember(instance)
        cells = self._cell_changes(before, instance, row)
        if cells or is_new:
            subject, name = sheet.subject(instance), " · ".join(key)
            self.changes.append(
                RowChange(number, is_new, name, instance, subject, cells, sheet.title)
            )

    def _fill(self, instance: Any, row: Row) -> dict[str, list[ValidationError]]:
        """Put the cells into `instance`. Returns the errors of those that cannot be read."""
        errors: dict[str, list[ValidationError]] = {}
        for column in self.sheet.columns:
            try:
                column.fill(instance, row)
                if column.writes and column.differs(instance, row):
                    self._check_may_write(column.writes)
            except ValidationError as error:
                errors[column.attribute] = [error]
        return errors

    def _check_may_write(self, model: type[Model]) -> None:
        if not all(self.sheet.may(each, model) for each in ("add", "change", "delete")):
            raise refusal(_("You may not change this list. Leave it as it is."))

    def _validate(self, instance: Any, errors: dict[str, list[ValidationError]]) -> None:
        """Raise ValidationError with `errors` and with what the model finds wrong."""
        if instance.pk is None and not self.sheet.may("add", self.sheet.model):
            raise ValidationError(
                _("It does not exist yet, and you may not add new ones. Check its code."),
                code="may_not_add",
            )
        try:
            # Uniqueness and constraints cost a query each; the database checks them when it saves.
            instance.full_clean(exclude=errors, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

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
        error = ValidationError(message, params={"other": self._numbers[self.sheet.key_of(row)]})
        self.errors += self._cell_errors(first, error)
        raise ValidationError(message, code="unique", params={"other": first})

    def _cell_errors(self, number: int, error: ValidationError) -> Iterator[CellError]:
        """The errors of one row, at their columns. A text that cannot be read is not missing too:
        of each column only what was found first."""
        headings: set[str] = set()
        for field, errors in error.update_error_dict({}).items():
            columns = (column for column in self.sheet.columns if field in column.errors_of)
            heading = next((column.heading for column in columns), "")
            if heading in headings:
                continue
            headings |= {heading} - {""}
            for message in ValidationError(errors).messages:
                yield CellError(number, heading, message)

    def _cell_changes(
        self, before: dict[str, str], instance: Any, row: Row
    ) -> tuple[CellChange, ...]:
        """What changes in an existing row, which was `before`, or stands in a new one."""
        changes = []
        for column in self.sheet.columns:
            text_before = before.get(column.name, "")
            if (text := column.text_after(text_before, instance, row)) != text_before:
                changes.append(
                    CellChange(column.heading, text_before, text, isinstance(column, ListColumn))
                )
        return tuple(changes)


def _without(text: str, other: str) -> list[str]:
    """The codes of a list that another does not have."""
    others = other.split(", ")
    return [code for code in text.split(", ") if code and code not in others]
