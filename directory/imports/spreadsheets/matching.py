"""From the records of a file to the rows of a sheet: which cell belongs into which column."""

from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from directory.contacts.text import fold
from directory.imports.spreadsheets.cells import MADE_BY_EXCEL, Cell, FileRefused, Record
from directory.imports.spreadsheets.columns import Column, DayColumn
from directory.imports.spreadsheets.sheet import Sheet
from directory.imports.spreadsheets.sheet_import import SheetImport


def match(sheet: Sheet, records: list[Record]) -> SheetImport:
    """The import of records, the headings first: its rows, and the errors of those that cannot be
    taken. Raises FileRefused, naming the column, where the headings are not those of the sheet."""
    (_number, headings), *records = records
    columns = _columns(sheet, [cell.text for cell in headings])
    found = SheetImport(sheet)
    first_numbers: dict[tuple[str, ...], int] = {}
    for number, cells in records:
        errors = list(_flaws(columns, cells))
        row = {column.name: "" for column in columns}
        row |= {column.name: cell.text for column, cell in zip(columns, cells, strict=False)}
        missing = [column for column in sheet.key_columns if not row[column.name]]
        errors += [(column.heading, _("Fill this in.")) for column in missing]
        first = first_numbers.setdefault(sheet.key_of(row), number)
        if first != number and not missing:
            message = _("Row %(first)d is about the same. Leave one of the two.")
            errors.append((sheet.key_columns[-1].heading, message % {"first": first}))
        for heading, message in errors:
            found.add_error(number, heading, message)
        if not errors:
            found.rows.append((number, row))
    return found


def _flaws(columns: list[Column], cells: list[Cell]) -> Iterator[tuple[str, str]]:
    """The heading and the error of each cell of a row that cannot be taken."""
    for column, cell in zip(columns, cells, strict=False):
        # Excel takes 2-4 and 11-07 for days, and nobody can tell what was written.
        if cell.is_date and not isinstance(column, DayColumn):
            yield column.heading, MADE_BY_EXCEL % {"what": _("a date")}
        elif cell.flaw:
            yield column.heading, cell.flaw
    if any(cell.text or cell.flaw for cell in cells[len(columns) :]):
        yield "", _("There are more cells here than headings.")


def _columns(sheet: Sheet, headings: list[str]) -> list[Column]:
    """The columns of the sheet, in the order of the file."""
    by_heading = {heading: column for column in sheet.columns for heading in column.headings()}
    found = [by_heading.get(fold(heading)) for heading in headings]
    unknown = [
        _named(heading or get_column_letter(index), sheet)
        for index, (heading, column) in enumerate(zip(headings, found, strict=True), 1)
        if not column
    ]
    expected = _("This spreadsheet has the columns %s.") % ", ".join(sheet.headings())
    if unknown:
        raise FileRefused(_("Unknown column: %s.") % ", ".join(unknown), expected)
    columns = [column for column in found if column]
    repeated = [headings[index] for index, each in enumerate(columns) if each in columns[:index]]
    if repeated:
        raise FileRefused(_("This column stands there twice: %s.") % ", ".join(repeated))
    if missing := [each.heading for each in sheet.key_columns if each not in columns]:
        raise FileRefused(_("This column is missing: %s.") % ", ".join(missing), expected)
    return columns


def _named(heading: str, sheet: Sheet) -> str:
    """An unknown heading, and the one that was perhaps meant."""
    near = get_close_matches(heading, sheet.headings(), 1)
    hint = " ({})".format(_("do you mean “%s”?") % near[0]) if near else ""
    return _("“%s”") % heading[:60] + hint
