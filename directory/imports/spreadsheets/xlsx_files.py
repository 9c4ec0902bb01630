"""XLSX: read without trusting it, written as plain text cells.

What is read comes from anybody, so `workbook_parts` reads it, with an account of what that may cost
(`zipfile` never gives out more than the size that a member declares); openpyxl writes.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.datavalidation import DataValidation

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
    TRUE,
    Format,
    MergedCells,
    StoredCell,
    StoredSheet,
    StoredWorkbook,
)

MOST_SHEETS = 40
# Excel itself takes no longer name of a sheet.
LONGEST_TITLE = 31
TEXT_FORMAT = "@"
NOTHING = Cell()
# How many empty rows below the filled ones offer their choices too.
ROWS_TO_COME = 1_000
# Excel itself takes no more.
LONGEST_PROMPT_TITLE, LONGEST_PROMPT = 32, 255
HEADING = {
    "font": Font(bold=True),
    "fill": PatternFill("solid", start_color="FFE8EEF4"),
}
NOTE = {"font": Font(italic=True, color="FF6B6B6B")}


def records(content: bytes) -> list[tuple[str, Iterator[Record]]]:
    """The title and the (row number, cells) of each sheet. Raises FileRefused, also while the rows
    are read."""
    with _damage_refused():
        workbook = StoredWorkbook(zipfile.ZipFile(io.BytesIO(content)))
        if len(workbook.sheets) > MOST_SHEETS:
            raise FileRefused(_("The workbook has too many sheets. Leave one, delete the others."))
        return [(sheet.title, _rows(workbook, sheet)) for sheet in workbook.sheets]


class Table(NamedTuple):
    """A sheet to be written. `lists` are the formulas of what may be chosen in the cells of a
    column, by its number from 0 on, with whether nothing else may stand there; `helps` what is
    told at the headings. `notes` are lines that an import passes over. `is_prose`: long texts to
    read, not a table to fill in."""

    title: str
    headings: list[str]
    rows: list[list[str]]
    notes: list[list[str]] = []
    helps: list[str] = []
    lists: dict[int, tuple[str, bool]] = {}
    is_prose: bool = False
    is_hidden: bool = False

    @property
    def last_row(self) -> int:
        """The last row that is prepared for people to write into."""
        return 1 + len(self.notes) + len(self.rows) + ROWS_TO_COME


def write(tables: list[Table]) -> bytes:
    """A workbook of these sheets. Every cell is text, so Excel changes no number and no zero."""
    workbook = Workbook(write_only=True)
    for table in tables:
        _write_sheet(workbook.create_sheet(table.title[:LONGEST_TITLE]), table)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write_sheet(sheet: Any, table: Table) -> None:
    lines = [*table.notes, *table.rows]
    sheet.freeze_panes = "A2"
    if table.is_hidden:
        sheet.sheet_state = "hidden"
    for index, heading in enumerate(table.headings, 1):
        column = sheet.column_dimensions[get_column_letter(index)]
        longest = max([len(heading), *(len(line[index - 1]) for line in lines[:200])])
        column.width = min(90 if table.is_prose else 60, longest + 3)
        # What is typed below stays as it is typed, too.
        column.number_format = TEXT_FORMAT
    for number, (formula, is_strict) in table.lists.items():
        letter = get_column_letter(number + 1)
        choice = DataValidation("list", formula, allow_blank=True, showErrorMessage=is_strict)
        choice.add(f"{letter}2:{letter}{table.last_row}")
        sheet.data_validations.append(choice)
    for index, (heading, text) in enumerate(zip(table.headings, table.helps, strict=False), 1):
        if text:
            hint = DataValidation(None, showInputMessage=True)
            hint.promptTitle, hint.prompt = heading[:LONGEST_PROMPT_TITLE], text[:LONGEST_PROMPT]
            hint.add(f"{get_column_letter(index)}1")
            sheet.data_validations.append(hint)
    sheet.append([_text_cell(sheet, heading, HEADING) for heading in table.headings])
    for line in table.notes:
        sheet.append([_text_cell(sheet, text, NOTE) for text in line])
    for line in table.rows:
        sheet.append([_text_cell(sheet, text) for text in line])
    if table.rows and not table.is_prose:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headings))}{len(lines) + 1}"


@contextmanager
def _damage_refused(title: str = "") -> Iterator[None]:
    try:
        yield
    except FileRefused:
        raise
    except MergedCells as merged:
        # Only the first of them has the text: the others would be taken for empty.
        message = _("The cells %(cells)s are merged. Unmerge them and fill in each of them.")
        message %= {"cells": merged}
        raise FileRefused(f"{title}: {message}" if title else message) from merged
    except Exception as error:
        # A damaged or hand-made workbook makes zlib and expat raise nearly anything.
        raise FileRefused(_("The file is damaged or no Excel workbook."), SAVE_AS) from error


def _rows(workbook: StoredWorkbook, sheet: StoredSheet) -> Iterator[Record]:
    with _damage_refused(sheet.title):
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
        return Cell("true" if text in TRUE else "false", made="boolean")
    if kind == "d" or (kind == "n" and _is_date(shown)):
        return _date_cell(text, shown.number_format, epoch)
    if kind == "n":
        value = float(text)
        # Excel keeps fifteen digits; what looks like 100% is 1.
        if abs(value) >= 1e15 or value != int(value) or "%" in shown.number_format:
            return Cell(text, MADE_BY_EXCEL % {"what": _("a decimal number")})
        return Cell.written(str(int(value)).zfill(_digits(shown)))
    # How Excel writes what looks like one of its escapes.
    text = text.replace("x005F_", "")
    # Typed with an apostrophe in front, Excel keeps it as text and says so in the style.
    return Cell.written(text, is_text=shown.is_quoted)


@lru_cache(maxsize=1_000)
def _is_date(shown: Format) -> bool:
    return bool(is_date_format(shown.number_format))


@lru_cache(maxsize=1_000)
def _digits(shown: Format) -> int:
    """How many digits are shown at least: a format such as 0000 shows zeros in front."""
    zeros = re.fullmatch("0+", shown.number_format)
    return len(zeros[0]) if zeros else 0


def _date_cell(text: str, number_format: str, epoch: datetime) -> Cell:
    """A date is told as ISO writes it, with its time where it has one; a time by itself as
    7:30:00."""
    value: Any = text.partition("T")[0]
    with suppress(ValueError, OverflowError):
        is_duration = is_timedelta_format(number_format)
        value = from_excel(float(text), epoch, timedelta=is_duration)
    if isinstance(value, datetime):
        return Cell(
            f"{value:%Y-%m-%d %H:%M}" if value.time() > time.min else f"{value:%Y-%m-%d}",
            made="date",
        )
    return Cell(str(value), made="time" if isinstance(value, time) else "date")


def _text_cell(sheet: Any, text: str, look: dict[str, Any] | None = None) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(sheet, visible(escape(text)))
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in text or len(text) > 60)
    for name, value in (look or {}).items():
        setattr(cell, name, value)
    return cell
