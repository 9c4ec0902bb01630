"""A table as texts, and how big it may be: what CSV and XLSX have in common."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

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


class FileRefused(Exception):
    """The file as a whole cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place. `row` as the spreadsheet counts, 0 for the whole file; `column`
    is a heading, empty for the whole row; `sheet` is a title."""

    row: int
    column: str
    message: str
    sheet: str = ""


@dataclass
class Table:
    """The cells of a file as texts, `rows` with their numbers as the spreadsheet shows them;
    `dates` are the places (row number, index of the column) where the file has a date or time."""

    headings: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    dates: set[tuple[int, int]] = field(default_factory=set)

    def heading(self, index):
        """The heading of a column, or its letter where it has none."""
        named = self.headings[index] if index < len(self.headings) else ""
        return named or letter(index)


@dataclass(frozen=True)
class Cell:
    """A cell as its file gives it. `is_text`: marked as text there, so no formula whatever it
    begins with."""

    text: str
    is_text: bool = False
    is_date: bool = False
    flaw: str = ""


def letter(index: int) -> str:
    """What a spreadsheet calls the column of this index, from 0: A, B, ..., Z, AA, ..."""
    name, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
