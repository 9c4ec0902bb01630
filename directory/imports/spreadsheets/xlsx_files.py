"""XLSX: read without trusting it, written as plain text cells.

A workbook is a zip of XML. Its size is judged before anything is unpacked (`zipfile` never gives
out more than the size that it declares); openpyxl reads the XML through defusedxml.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from directory.contacts.text import visible
from directory.imports.spreadsheets.cells import (
    FORMULA,
    MADE_BY_EXCEL,
    Cell,
    FileRefused,
    Record,
    escape,
)

LARGEST_UNPACKED = 32 * 1024 * 1024
MOST_MEMBERS = 500
MOST_SHEETS = 20
MOST_COLUMNS = 40
# What Excel itself can hold. A row with a higher number is made by hand, to keep us busy.
LAST_ROW = 1_048_576
# Nor a longer name of a sheet.
LONGEST_TITLE = 31
TEXT_FORMAT = "@"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"')
SAVE_AS = gettext_lazy(
    "Save it in Excel as “Excel workbook (.xlsx)” or “CSV (.csv)” and try again."
)


def records(content: bytes) -> list[tuple[str, Iterator[Record]]]:
    """The title and the (row number, cells) of each sheet. Raises FileRefused, also while the rows
    are read."""
    with _damage_refused():
        _refuse_dangerous(zipfile.ZipFile(io.BytesIO(content)))
        workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        if len(workbook.worksheets) > MOST_SHEETS:
            raise FileRefused(_("The workbook has too many sheets. Leave one, delete the others."))
        return [(sheet.title, _rows(sheet)) for sheet in workbook.worksheets]


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
    except Exception as error:
        # A damaged or hand-made workbook makes zlib, expat and openpyxl raise nearly anything.
        raise FileRefused(_("The file is damaged or no Excel workbook."), SAVE_AS) from error


def _rows(sheet: Any) -> Iterator[Record]:
    # How many rows and columns there are is counted: the file may say anything.
    sheet.reset_dimensions()
    before = None
    with _damage_refused():
        # One column more than allowed, to notice that there are too many.
        rows = islice(sheet.iter_rows(max_col=MOST_COLUMNS + 1), LAST_ROW)
        for number, row in enumerate(rows, 1):
            # Rows that the file leaves out are one and the same; there may be a million of them.
            if row is not before and any(cell.value is not None for cell in row):
                yield number, [_cell(cell) for cell in row]
            before = row


def _refuse_dangerous(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_UNPACKED or len(members) > MOST_MEMBERS:
        raise FileRefused(_("Unpacked, this workbook is far too big. Split it into several."))
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(_("The file is protected with a password."), SAVE_AS)
    names = [member.filename.lower() for member in members]
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise FileRefused(_("The workbook has macros (programs); it is not accepted."), SAVE_AS)
    if "[content_types].xml" not in names:
        raise FileRefused(_("This is neither a CSV file nor an Excel workbook."), SAVE_AS)
    # Only the first of merged cells has the text: the others would be taken for empty.
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and (merged := MERGED.search(archive.read(name))):
            message = _("The cells %(cells)s are merged. Unmerge them and fill in each of them.")
            raise FileRefused(message % {"cells": merged[1].decode()})


def _cell(cell: Any) -> Cell:
    """The cell of a workbook as it looks in Excel. What Excel made of it and nobody wrote is a
    flaw."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return Cell()
    if kind == "f":
        return Cell(str(value), FORMULA % {"sign": "="})
    if kind == "e":
        return Cell(str(value), _("The cell shows an error of Excel: %s.") % value)
    if isinstance(value, date):
        return Cell(f"{value:%Y-%m-%d}", is_date=True)
    if isinstance(value, time | timedelta):
        return Cell(str(value), is_date=True)
    if isinstance(value, bool):
        return Cell(str(value), MADE_BY_EXCEL % {"what": _("TRUE or FALSE")})
    if isinstance(value, int | float):
        # Excel keeps fifteen digits; what looks like 100% is 1.
        if abs(value) >= 1e15 or value != int(value) or "%" in cell.number_format:
            return Cell(str(value), MADE_BY_EXCEL % {"what": _("a decimal number")})
        # A format such as 0000 shows zeros in front.
        zeros = re.fullmatch("0+", cell.number_format)
        return Cell.written(str(int(value)).zfill(len(zeros[0]) if zeros else 0))
    # Typed with an apostrophe in front, Excel keeps it as text and says so in the style.
    return Cell.written(str(value), is_text=bool(cell.style_array.quotePrefix))


def _text_cell(sheet: Any, text: str, is_heading: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, visible(escape(text)))
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in text)
    if is_heading:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="FFE8EEF4")
    return cell
