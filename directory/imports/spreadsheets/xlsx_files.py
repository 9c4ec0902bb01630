"""XLSX: read without trusting it, written as plain text cells.

What is read comes from anybody, so `workbook_parts` reads it, with an account of what that may cost
(`zipfile` never gives out more than the size that a member declares); openpyxl writes.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from directory.contacts.text import visible
from directory.imports.spreadsheets.cells import (
    FORMULA,
    MADE_BY_EXCEL,
    Cell,
    FileRefused,
    Record,
    escape,
)
from directory.imports.spreadsheets.workbook_parts import SAVE_AS
from directory.imports.spreadsheets.workbooks import (
    MergedCells,
    StoredCell,
    StoredSheet,
    StoredWorkbook,
)

MOST_SHEETS = 20
# Excel itself takes no longer name of a sheet.
LONGEST_TITLE = 31
TEXT_FORMAT = "@"
NOTHING = Cell()


def records(content: bytes) -> list[tuple[str, Iterator[Record]]]:
    """The title and the (row number, cells) of each sheet. Raises FileRefused, also while the rows
    are read."""
    with _damage_refused():
        workbook = StoredWorkbook(zipfile.ZipFile(io.BytesIO(content)))
        if len(workbook.sheets) > MOST_SHEETS:
            raise FileRefused(_("The workbook has too many sheets. Leave one, delete the others."))
        return [(sheet.title, _rows(workbook, sheet)) for sheet in workbook.sheets]


def write(sheets: list[tuple[str, list[str], list[list[str]]]]) -> bytes:
    """A workbook of sheets: title, headings and rows of each. Every cell is text, so Excel changes
    no number and no zero."""
    workbook = Workbook(write_only=True)
    for title, headings, rows in sheets:
        sheet = workbook.create_sheet(title[:LONGEST_TITLE])
        sheet.freeze_panes = "A2"
        for index, heading in enumerate(headings, 1):
            longest = max([len(heading), *(len(row[index - 1]) for row in rows[:200])])
            sheet.column_dimensions[get_column_letter(index)].width = min(60, longest + 3)
        sheet.append([_text_cell(sheet, heading, is_heading=True) for heading in headings])
        for row in rows:
            sheet.append([_text_cell(sheet, text) for text in row])
        if rows:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except FileRefused:
        raise
    except MergedCells as merged:
        # Only the first of them has the text: the others would be taken for empty.
        message = _("The cells %(cells)s are merged. Unmerge them and fill in each of them.")
        raise FileRefused(message % {"cells": merged}) from merged
    except Exception as error:
        # A damaged or hand-made workbook makes zlib and expat raise nearly anything.
        raise FileRefused(_("The file is damaged or no Excel workbook."), SAVE_AS) from error


def _rows(workbook: StoredWorkbook, sheet: StoredSheet) -> Iterator[Record]:
    with _damage_refused():
        for number, stored in workbook.rows(sheet):
            columns = range(max(stored) + 1)
            yield (
                number,
                [
                    _cell(stored[each], workbook.epoch) if each in stored else NOTHING
                    for each in columns
                ],
            )


def _cell(stored: StoredCell, epoch: datetime) -> Cell:
    """The cell of a workbook as it looks in Excel. What Excel made of it and nobody wrote is a
    flaw."""
    kind, text, shown = stored.kind, stored.text, stored.format
    if stored.has_formula:
        return Cell(text, FORMULA % {"sign": "="})
    if kind == "e":
        return Cell(text, _("The cell shows an error of Excel: %s.") % text)
    if kind == "b":
        return Cell(text, MADE_BY_EXCEL % {"what": _("TRUE or FALSE")})
    if kind == "d" or (kind == "n" and is_date_format(shown.number_format)):
        return _date_cell(text, shown.number_format, epoch)
    if kind == "n":
        value = float(text)
        # Excel keeps fifteen digits; what looks like 100% is 1.
        if abs(value) >= 1e15 or value != int(value) or "%" in shown.number_format:
            return Cell(text, MADE_BY_EXCEL % {"what": _("a decimal number")})
        # A format such as 0000 shows zeros in front.
        zeros = re.fullmatch("0+", shown.number_format)
        return Cell.written(str(int(value)).zfill(len(zeros[0]) if zeros else 0))
    # How Excel writes what looks like one of its escapes.
    text = text.replace("x005F_", "")
    # Typed with an apostrophe in front, Excel keeps it as text and says so in the style.
    return Cell.written(text, is_text=shown.is_quoted)


def _date_cell(text: str, number_format: str, epoch: datetime) -> Cell:
    """A date is told as ISO writes it, without its time; a time by itself as 7:30:00."""
    value = text.partition("T")[0]
    with suppress(ValueError, OverflowError):
        is_duration = is_timedelta_format(number_format)
        value = from_excel(float(text), epoch, timedelta=is_duration)
    return Cell(f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value), is_date=True)


def _text_cell(sheet: Any, text: str, is_heading: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, visible(escape(text)))
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in text)
    if is_heading:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="FFE8EEF4")
    return cell
