"""A table as texts, and how big it may be: what CSV and XLSX have in common."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from directory.imports.spreadsheets.cells import is_risky, tidy, unescape

# Room for the largest directory we plan for. Each row names up to three others, and SQLite takes
# 32,766 values in one query.
LARGEST_FILE = 4 * 1024 * 1024
LARGEST_UNPACKED = 32 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 40
LONGEST_CELL = 10_000

FORMULA = gettext_lazy(
    "A cell must not begin with “%(sign)s”: that is a formula. Write the value itself, or put an "
    "apostrophe (') in front if it is text."
)
SAVE_AS = gettext_lazy(
    "Save it in Excel as “Excel workbook (.xlsx)” or “CSV (.csv)” and try again."
)
TOO_MANY_ROWS = gettext_lazy("The file has more than %(limit)d rows. Split it into several.")


class FileRefused(Exception):
    """The file as a whole cannot be read; the sentences say why and what to do."""

    def __str__(self) -> str:
        return " ".join(str(sentence) for sentence in self.args)


@dataclass(frozen=True)
class CellError:
    """What is wrong at one place. `row` as the spreadsheet counts, 0 for the whole file; `column`
    is a heading, empty for the whole row; `sheet` is a title."""

    row: int
    column: str
    message: str
    sheet: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell as its file gives it. `is_text`: marked as text there, so no formula whatever it
    begins with."""

    text: str
    is_text: bool = False
    is_date: bool = False
    flaw: str = ""


Record = tuple[int, list[Cell]]


@dataclass
class Table:
    """The cells of a file as texts, `rows` with their numbers as the spreadsheet shows them;
    `dates` are the places (row number, index of the column) where the file has a date or time."""

    headings: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    dates: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def from_records(cls, records: Iterable[Record]) -> "Table":
        """The table of (row number, cells); the first that is not empty has the headings.

        Cells that cannot be taken (formulas above all) are in its `errors`. Raises FileRefused.
        """
        table: Table | None = None
        for number, cells in records:
            texts = [tidy(cell.text) for cell in cells]
            while texts and not texts[-1] and not cells[len(texts) - 1].flaw:
                texts.pop()
            if len(texts) > MOST_COLUMNS:
                message = _("Row %(row)d has too many columns: at most %(limit)d.")
                raise FileRefused(message % {"row": number, "limit": MOST_COLUMNS})
            if not texts:
                continue
            if table is None:
                table = cls([unescape(text) for text in texts])
            else:
                table.add(number, cells, texts)
        if table is None:
            raise FileRefused(_("The file is empty."))
        return table

    def add(self, number: int, cells: list[Cell], texts: list[str]) -> None:
        """Add a row: its cells as they were, and their tidied texts. Raises FileRefused."""
        if len(self.rows) >= MOST_ROWS:
            raise FileRefused(TOO_MANY_ROWS % {"limit": MOST_ROWS})
        for index, text in enumerate(texts):
            if flaw := _flaw(cells[index], text):
                self.errors.append(CellError(number, self.heading(index), flaw))
        self.dates |= {(number, index) for index, cell in enumerate(cells) if cell.is_date}
        self.rows.append((number, [unescape(text) for text in texts]))

    def heading(self, index: int) -> str:
        """The heading of a column, or its letter where it has none."""
        named = self.headings[index] if index < len(self.headings) else ""
        return named or get_column_letter(index + 1)


def _flaw(cell: Cell, text: str) -> str:
    """Why this cell cannot be taken, or an empty text."""
    if cell.flaw:
        return str(cell.flaw)
    # As it stood: tidying would hide a tab in front.
    if not cell.is_text and is_risky(cell.text) and not _is_signed(text):
        signs = {"\t": _("tab"), "\r": _("line break"), "\n": _("line break")}
        return FORMULA % {"sign": signs.get(cell.text[0], cell.text[0])}
    return _("This text is too long.") if len(text) > LONGEST_CELL else ""


def _is_signed(text: str) -> bool:
    # A phone number as people write it: +57 (601) 744 2727. It holds nothing that computes.
    return text.startswith("+") and len(text) <= 30 and not set(text[1:]) - set("0123456789 ().-")
