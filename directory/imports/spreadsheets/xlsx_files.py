"""XLSX: read without trusting it, written as plain text cells.

A workbook is a zip of XML. Its size is judged before anything is unpacked (`zipfile` never gives
out more than the size that it declares); openpyxl reads the XML through defusedxml.
"""

import io
import re
import zipfile
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import count

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from directory.contacts.text import visible
from directory.imports.spreadsheets import cells
from directory.imports.spreadsheets.tables import (
    FORMULA,
    LARGEST_UNPACKED,
    MOST_COLUMNS,
    SAVE_AS,
    Cell,
    FileRefused,
    letter,
)

MOST_MEMBERS = 500
MOST_SHEETS = 20
# What Excel itself can hold. A row with a higher number is made by hand, to keep us busy.
LAST_ROW = 1_048_576
# Nor a longer name of a sheet.
LONGEST_TITLE = 31
TEXT_FORMAT = "@"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"')


def records(content: bytes):
    """Yield (row number, cells) of the one sheet. Raises FileRefused."""
    sheets = _sheets(content)
    if len(sheets) > 1:
        raise FileRefused(
            _(
                "The workbook has several sheets: %(names)s. Leave one and delete the others, or "
                "choose the file under “All in one workbook”."
            )
            % {"names": ", ".join(sheet.title for sheet in sheets)}
        )
    for sheet in sheets:
        yield from _rows(sheet)


def records_by_sheet(content: bytes):
    """Yield the title and the `records` of each sheet that is not empty. Raises FileRefused."""
    for sheet in _sheets(content):
        yield sheet.title, _rows(sheet)


def write(title: str, headings: list[str], rows: list[list[str]]) -> bytes:
    """A workbook with one sheet. Every cell is text, so Excel changes no number and no zero."""
    return write_sheets([(title, headings, rows)])


def write_sheets(sheets: list[tuple[str, list[str], list[list[str]]]]) -> bytes:
    """A workbook with several sheets: title, headings and rows of each."""
    workbook = Workbook(write_only=True)
    for title, headings, rows in sheets:
        _write_sheet(workbook.create_sheet(title[:LONGEST_TITLE]), headings, rows)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write_sheet(sheet, headings, rows):
    sheet.freeze_panes = "A2"
    for index, heading in enumerate(headings):
        longest = max([len(heading), *(len(row[index]) for row in rows[:200])])
        sheet.column_dimensions[letter(index)].width = min(60, longest + 3)
    sheet.append([_text_cell(sheet, heading, is_heading=True) for heading in headings])
    for row in rows:
        sheet.append([_text_cell(sheet, text) for text in row])
    if rows:
        sheet.auto_filter.ref = f"A1:{letter(len(headings) - 1)}{len(rows) + 1}"


@contextmanager
def _refusing_what_is_damaged():
    try:
        yield
    except FileRefused:
        raise
    except Exception as error:
        # A damaged or hand-made workbook makes zlib, expat and openpyxl raise nearly anything.
        raise FileRefused(_("The file is damaged or no Excel workbook.") + f" {SAVE_AS}") from error


@_refusing_what_is_damaged()
def _sheets(content):
    _refuse_dangerous(content)
    workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if len(workbook.worksheets) > MOST_SHEETS:
        raise FileRefused(_("The workbook has too many sheets. Leave one, delete the others."))
    return [sheet for sheet in workbook.worksheets if _has_cells(sheet)]


def _rows(sheet):
    # One column more than allowed, to notice that there are too many.
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS + 1)
    for number in count(1):
        if (cells := _next(rows)) is None:
            return
        yield number, cells


@_refusing_what_is_damaged()
def _next(rows):
    row = next(rows, None)
    return None if row is None else [_cell(cell) for cell in row]


def _refuse_dangerous(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_UNPACKED or len(members) > MOST_MEMBERS:
        raise FileRefused(_("Unpacked, this workbook is far too big. Split it into several."))
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(_("The file is protected with a password.") + f" {SAVE_AS}")
    names = [member.filename.lower() for member in members]
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        reason = _("The workbook has macros (programs); it is not accepted.")
        raise FileRefused(f"{reason} {SAVE_AS}")
    if "[content_types].xml" not in names:
        raise FileRefused(_("This is neither a CSV file nor an Excel workbook.") + f" {SAVE_AS}")
    # Only the first of merged cells has the text: the others would be taken for empty.
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and (merged := MERGED.search(archive.read(name))):
            raise FileRefused(
                _("The cells %(cells)s are merged. Unmerge them and fill in each of them.")
                % {"cells": merged[1].decode()}
            )


def _has_cells(sheet):
    return any(cell.value is not None for row in sheet.iter_rows(max_row=LAST_ROW) for cell in row)


def _cell(cell):
    value, kind = cell.value, cell.data_type
    if value is None:
        return Cell("")
    if kind == "f":
        return Cell(str(value), flaw=FORMULA % {"sign": "="})
    if kind == "e":
        return Cell(str(value), flaw=_("The cell shows an error of Excel: %s.") % value)
    if isinstance(value, bool):
        return Cell(str(value))
    if isinstance(value, datetime | date):
        return Cell(value.strftime("%Y-%m-%d"), is_text=True, is_date=True)
    if isinstance(value, time | timedelta):
        return Cell(str(value), is_date=True)
    if isinstance(value, int):
        return Cell(str(value))
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return Cell(str(int(value)))
        flaw = _(
            "Excel turned this into a decimal number. Give the cell the format “Text” and write it "
            "again."
        )
        return Cell(str(value), flaw=flaw)
    # Typed with an apostrophe in front, Excel keeps it as text and says so in the style.
    return Cell(str(value), is_text=bool(cell.style_array.quotePrefix))


def _text_cell(sheet, text, is_heading=False):
    cell = WriteOnlyCell(sheet, visible(cells.escape(text)))
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in text)
    if is_heading:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="FFE8EEF4")
    return cell
