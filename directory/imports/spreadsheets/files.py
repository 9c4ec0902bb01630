"""The door: from an uploaded file to a plain table of texts, or a refusal that says why.

Nothing is parsed before its size is known to be harmless. CSV and XLSX give the same table, so all
that follows is the same for both.
"""

from pathlib import PurePath

from django.utils.translation import gettext as _

from directory.imports.spreadsheets import csv_files, xlsx_files
from directory.imports.spreadsheets.cells import is_risky, tidy, unescape
from directory.imports.spreadsheets.tables import (
    FORMULA,
    LARGEST_FILE,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    SAVE_AS,
    FileRefused,
    Problem,
    Table,
)


def read(name: str, content: bytes) -> Table:
    """The table in an uploaded file. Raises FileRefused.

    Cells that cannot be taken (formulas above all) are in the table's `problems`.
    """
    ending = _ending(name, content)
    if content.startswith(b"PK"):
        return _table(xlsx_files.records(content))
    if ending not in (".csv", ".txt", ".tsv"):
        raise FileRefused(_("This is neither a CSV file nor an Excel workbook.") + f" {SAVE_AS}")
    return _table(csv_files.records(content))


def read_workbook(name: str, content: bytes) -> list[tuple[str, Table]]:
    """The title and the table of each sheet in an uploaded workbook. Raises FileRefused."""
    _ending(name, content)
    if not content.startswith(b"PK"):
        raise FileRefused(
            _("This is no Excel workbook. Save it in Excel as “Excel workbook (.xlsx)”.")
        )
    tables = [(title, _table(rows)) for title, rows in xlsx_files.records_by_sheet(content)]
    if not tables:
        raise FileRefused(_("The file is empty."))
    if sum(len(table.rows) for _title, table in tables) > MOST_ROWS:
        raise FileRefused(
            _("The file has more than %(limit)d rows. Split it into several.")
            % {"limit": MOST_ROWS}
        )
    return tables


def _ending(name, content):
    """How the name of the file ends; what we never read is refused."""
    refuse_size(len(content))
    ending = PurePath(name.lower()).suffix
    if ending in (".xlsm", ".xlsb", ".xltm", ".xlam"):
        reason = _("Workbooks of this kind can hold macros (programs) and are not accepted.")
        raise FileRefused(f"{reason} {SAVE_AS}")
    if ending == ".xls":
        raise FileRefused(_("This is a workbook of an old Excel format (.xls).") + f" {SAVE_AS}")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        reason = _("This is an old Office file, or it has a password: then take that off first.")
        raise FileRefused(f"{reason} {SAVE_AS}")
    return ending


def refuse_size(size: int) -> None:
    """Raise FileRefused for a file of no bytes, or of too many to look into."""
    if not size:
        raise FileRefused(_("The file is empty."))
    if size > LARGEST_FILE:
        raise FileRefused(
            _("The file is too big: at most %(limit)d MB. Split it into several.")
            % {"limit": LARGEST_FILE // 1024 // 1024}
        )


def _table(records):
    """The table of (row number, cells) records; the first that is not empty has the headings."""
    table = None
    for number, cells in records:
        texts = [tidy(cell.text) for cell in cells]
        while texts and not texts[-1] and not cells[len(texts) - 1].flaw:
            texts.pop()
        if not texts:
            continue
        if len(texts) > MOST_COLUMNS:
            raise FileRefused(
                _("Row %(row)d has too many columns: at most %(limit)d.")
                % {"row": number, "limit": MOST_COLUMNS}
            )
        if table is None:
            table = Table(headings=[unescape(text) for text in texts])
            continue
        if len(table.rows) >= MOST_ROWS:
            raise FileRefused(
                _("The file has more than %(limit)d rows. Split it into several.")
                % {"limit": MOST_ROWS}
            )
        for index, text in enumerate(texts):
            cell, flaw = cells[index], cells[index].flaw
            # As it stood: tidying would hide a tab in front.
            if not flaw and not cell.is_text and is_risky(cell.text) and not _is_signed(text):
                flaw = FORMULA % {"sign": _shown(cell.text[0])}
            if not flaw and len(text) > LONGEST_CELL:
                flaw = _("This text is too long.")
            if flaw:
                table.problems.append(Problem(number, table.heading(index), str(flaw)))
        table.dates |= {(number, i) for i, cell in enumerate(cells) if cell.is_date}
        table.rows.append((number, [unescape(text) for text in texts]))
    if table is None:
        raise FileRefused(_("The file is empty."))
    return table


def _is_signed(text):
    # A phone number as people write it: +57 (601) 744 2727. It holds nothing that computes.
    return text.startswith("+") and len(text) <= 30 and not set(text[1:]) - set("0123456789 ().-")


def _shown(sign):
    return {"\t": _("tab"), "\r": _("line break"), "\n": _("line break")}.get(sign, sign)
