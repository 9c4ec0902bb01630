"""From an uploaded file to records of cells, or a refusal that says why.

Nothing is parsed before its size is known to be harmless. CSV and XLSX give the same records, so
all that follows is the same for both.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from django.utils.translation import gettext as _

from directory.imports.spreadsheets import csv_files, reading_time, xlsx_files
from directory.imports.spreadsheets.cells import MOST_COLUMNS, FileRefused, Record
from directory.imports.spreadsheets.reading_time import refuse_slow
from directory.imports.spreadsheets.workbook_parts import SAVE_AS

# Room for a directory of a thousand services (7,121 rows). As many rows as this of twelve columns
# are read well within `reading_time.MOST_SECONDS`.
LARGEST_FILE = 4 * 1024 * 1024
MOST_ROWS = 10_000


def read(name: str, content: bytes, is_workbook: bool = False) -> list[tuple[str, list[Record]]]:
    """The title and the records of each sheet that is not empty, the headings first. A CSV has no
    title.

    `is_workbook`: the file must be a workbook and may have several sheets. Raises FileRefused.
    """
    refuse_size(len(content))
    with reading_time.measured():
        return _read(name, content, is_workbook)


def _read(name: str, content: bytes, is_workbook: bool) -> list[tuple[str, list[Record]]]:
    ending = PurePath(name.lower()).suffix
    _refuse_other_formats(ending, content)
    if content.startswith(b"PK"):
        sheets = xlsx_files.records(content)
    elif is_workbook:
        raise FileRefused(
            _("This is no Excel workbook. Save it in Excel as “Excel workbook (.xlsx)”.")
        )
    elif ending in (".csv", ".txt", ".tsv"):
        sheets = [("", csv_files.records(content))]
    else:
        raise FileRefused(_("This is neither a CSV file nor an Excel workbook."), SAVE_AS)
    tables: list[tuple[str, list[Record]]] = []
    for title, records in sheets:
        room = MOST_ROWS - sum(len(table) - 1 for _title, table in tables)
        if table := list(_not_empty(records, room)):
            tables.append((title, table))
    if not tables:
        raise FileRefused(_("The file is empty."))
    if len(tables) > 1 and not is_workbook:
        message = _(
            "The workbook has several sheets: %(names)s. Leave one and delete the others, or "
            "choose the file under “All in one workbook”."
        )
        raise FileRefused(message % {"names": ", ".join(title for title, _table in tables)})
    return tables


def refuse_size(size: int) -> None:
    """Raise FileRefused for a file of no bytes, or of too many to look into."""
    if not size:
        raise FileRefused(_("The file is empty."))
    if size > LARGEST_FILE:
        message = _("The file is too big: at most %(limit)d MB. Split it into several.")
        raise FileRefused(message % {"limit": LARGEST_FILE // 1024 // 1024})


def _refuse_other_formats(ending: str, content: bytes) -> None:
    """Raise FileRefused for formats of Excel that are never read."""
    if ending in (".xlsm", ".xlsb", ".xltm", ".xlam"):
        reason = _("Workbooks of this kind can hold macros (programs) and are not accepted.")
        raise FileRefused(reason, SAVE_AS)
    if ending == ".xls":
        raise FileRefused(_("This is a workbook of an old Excel format (.xls)."), SAVE_AS)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        reason = _("This is an old Office file, or it has a password: then take that off first.")
        raise FileRefused(reason, SAVE_AS)


def _not_empty(records: Iterable[Record], most_rows: int) -> Iterator[Record]:
    """The records without empty cells at their end, and without those that have only such."""
    count = 0
    for number, cells in records:
        refuse_slow()
        while cells and not (cells[-1].text or cells[-1].flaw):
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            message = _("Row %(row)d has too many columns: at most %(limit)d.")
            raise FileRefused(message % {"row": number, "limit": MOST_COLUMNS})
        count += bool(cells)
        if count > 1 + most_rows:
            message = _("The file has more than %(limit)d rows. Split it into several.")
            raise FileRefused(message % {"limit": MOST_ROWS})
        if cells:
            yield number, cells
