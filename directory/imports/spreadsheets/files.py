"""From an uploaded file to plain tables of texts, or a refusal that says why.

Nothing is parsed before its size is known to be harmless. CSV and XLSX give the same tables, so all
that follows is the same for both.
"""

from pathlib import PurePath

from django.utils.translation import gettext as _

from directory.imports.spreadsheets import csv_files, xlsx_files
from directory.imports.spreadsheets.tables import (
    LARGEST_FILE,
    MOST_ROWS,
    SAVE_AS,
    TOO_MANY_ROWS,
    FileRefused,
    Table,
)


def read(name: str, content: bytes, is_workbook: bool = False) -> list[tuple[str, Table]]:
    """The title and the table of each sheet that is not empty; without a title for a CSV.

    `is_workbook`: the file must be a workbook and may have several sheets. Raises FileRefused.
    """
    refuse_size(len(content))
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
    if not sheets:
        raise FileRefused(_("The file is empty."))
    if len(sheets) > 1 and not is_workbook:
        message = _(
            "The workbook has several sheets: %(names)s. Leave one and delete the others, or "
            "choose the file under “All in one workbook”."
        )
        raise FileRefused(message % {"names": ", ".join(title for title, _records in sheets)})
    tables = [(title, Table.from_records(records)) for title, records in sheets]
    if sum(len(table.rows) for _title, table in tables) > MOST_ROWS:
        raise FileRefused(TOO_MANY_ROWS % {"limit": MOST_ROWS})
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
