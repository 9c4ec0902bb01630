"""From the records of a file to the rows of a sheet: which cell belongs into which column."""

from collections.abc import Iterator
from difflib import get_close_matches

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from directory.contacts.text import fold
from directory.imports.spreadsheets.cells import MADE, MADE_BY_EXCEL, Cell, Record
from directory.imports.spreadsheets.columns import Column
from directory.imports.spreadsheets.sheet import Sheet
from directory.imports.spreadsheets.sheet_import import SheetImport

# A line that begins so is a note to people, such as an example.
NOTE = "#"


def match(sheet: Sheet, records: list[Record]) -> SheetImport:
    """The import of records, the headings first: its rows, and the errors of the headings and cells
    that cannot be taken."""
    (first, headings), *records = records
    found = SheetImport(sheet)
    texts = [cell.text for cell in headings]
    filled = {index for _number, cells in records for index, cell in enumerate(cells) if cell.text}
    columns = list(_columns(found, first, texts, filled))
    found.letters = {
        column.name: get_column_letter(index) for index, column in enumerate(columns, 1) if column
    }
    if missing := _missing(sheet, [column.name for column in columns if column]):
        expected = _("This spreadsheet has the columns %s.") % ", ".join(sheet.headings())
        message = _("This column is missing: %s.") % ", ".join(missing)
        found.add_error(first, "", f"{message} {expected}")
        return found
    for number, cells in records:
        if cells[0].text.startswith(NOTE):
            found.notes += 1
            continue
        errors = list(_flaws(columns, cells))
        row = dict.fromkeys([*sheet.key, *(column.name for column in columns if column)], "")
        row |= {
            column.name: cell.text for column, cell in zip(columns, cells, strict=False) if column
        }
        empty = [column for column in sheet.required_columns if not row[column.name]]
        wrong = {heading for heading, _message in errors}
        errors += [
            (each.heading, _("Fill this in.")) for each in empty if each.heading not in wrong
        ]
        for heading, message in errors:
            found.add_error(number, heading, message)
        if errors:
            found.refused_rows.append(row)
        else:
            found.rows.append((number, row))
    return found


def _flaws(columns: list[Column | None], cells: list[Cell]) -> Iterator[tuple[str, str]]:
    """The heading and the error of each cell of a row that cannot be taken."""
    for column, cell in zip(columns, cells, strict=False):
        if column is None:
            continue
        # Excel takes 2-4 and 11-07 for days, and nobody can tell what was written.
        if cell.made and cell.made not in column.takes:
            yield column.heading, MADE_BY_EXCEL % {"what": MADE[cell.made]}
        elif cell.flaw:
            yield column.heading, cell.flaw
        elif len(cell.text) > column.longest:
            message = _("This text is too long: at most %(limit)d characters.")
            yield column.heading, message % {"limit": column.longest}
    for index, cell in enumerate(cells[len(columns) :], len(columns) + 1):
        if cell.text or cell.flaw:
            message = _("There are more cells here than headings: column %s has none.")
            yield "", message % get_column_letter(index)
            return


def _columns(
    found: SheetImport, number: int, headings: list[str], filled: set[int]
) -> Iterator[Column | None]:
    """The columns of the sheet in the order of the file, None for each that is told as wrong, and
    for those without a heading in which nothing is `filled` in."""
    sheet = found.sheet
    by_heading = {heading: column for column in sheet.columns for heading in column.headings()}
    seen: set[str] = set()
    expected = _("This spreadsheet has the columns %s.") % ", ".join(sheet.headings())
    for index, heading in enumerate(headings, 1):
        column, letter = by_heading.get(fold(heading)), get_column_letter(index)
        if column is None and (heading or index - 1 in filled):
            message = _("Unknown column: %s.") % _named(heading or letter, sheet)
            # Said once: it is long.
            found.add_error(number, heading, f"{message} {expected}".strip(), letter)
            expected = ""
        elif column is None:
            pass
        elif column.name in seen:
            message = _("This column stands there twice: %s.") % heading
            found.add_error(number, heading, message, letter)
            column = None
        else:
            seen.add(column.name)
        yield column


def _missing(sheet: Sheet, names: list[str]) -> list[str]:
    """The headings of the columns without which nobody can tell which row a line is."""
    missing = [column.heading for column in sheet.required_columns if column.name not in names]
    code = sheet.key[-1]
    if sheet.code_from and code not in names and not {*sheet.facts} <= {*names}:
        missing += [column.heading for column in sheet.key_columns if column.name == code]
    return missing


def _named(heading: str, sheet: Sheet) -> str:
    """An unknown heading, and the one that was perhaps meant."""
    near = get_close_matches(heading, sheet.headings(), 1)
    hint = " ({})".format(_("do you mean “%s”?") % near[0]) if near else ""
    return _("“%s”") % heading[:60] + hint
