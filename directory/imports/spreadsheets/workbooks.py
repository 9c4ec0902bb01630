"""A workbook as it is stored: its sheets, shared texts, formats of cells, and its rows."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from directory.imports.spreadsheets.cells import LAST_ROW, LONGEST_CELL, MOST_COLUMNS
from directory.imports.spreadsheets.workbook_parts import (
    Damaged,
    PartReader,
    Relations,
    WorkbookParts,
)

TRUE = ("1", "true")
# Excel itself takes no longer format. What a cell looks like is worked out from it.
LONGEST_FORMAT = 255


class Format(NamedTuple):
    """How a cell is shown, and whether it is marked as text."""

    number_format: str = "General"
    is_quoted: bool = False


class StoredCell(NamedTuple):
    """A cell that holds something. `kind` is its attribute `t`: “n” a number, “s” a shared text."""

    kind: str
    text: str
    format: Format
    has_formula: bool


StoredRow = tuple[int, dict[int, StoredCell]]
"""The number of a row, and its cells by their columns, 0 for A; of those beyond MOST_COLUMNS none
or one, in the first of these columns."""


@dataclass
class StoredSheet:
    """A sheet whose rows are read when they are asked for."""

    title: str
    part: str


class Texts(PartReader):
    """Collects the text of what is made of runs (“t”) or is one value (“v”), how it is pronounced
    left out; as much as a cell may have and a little more."""

    def __init__(self) -> None:
        self._is_pronunciation = self._is_text = False
        self._begin()

    def _begin(self) -> None:
        self._pieces: list[str] = []
        self._room = LONGEST_CELL + 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("v", "t"):
            self._is_text = not self._is_pronunciation
        elif name == "rPh":
            self._is_pronunciation = True

    def text(self, text: str) -> None:
        if self._is_text and self._room > 0:
            self._pieces.append(text[: self._room])
            self._room -= len(text)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._is_text = False
        elif name == "rPh":
            self._is_pronunciation = False

    def taken(self) -> str:
        """The text so far; the next begins anew."""
        pieces = self._pieces
        if pieces:
            self._begin()
        return "".join(pieces)


class SharedStrings(Texts):
    """The texts that cells name by their number."""

    def __init__(self, parts: WorkbookParts) -> None:
        super().__init__()
        self.parts = parts
        self.texts: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            text = self.taken()
            self.parts.spend_text(text)
            self.texts.append(text)


class Formats(PartReader):
    """The formats that cells name by their number."""

    def __init__(self) -> None:
        self.formats: list[Format] = []
        self._codes = dict(BUILTIN_FORMATS)
        self._is_of_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and "numFmtId" in attributes:
            code = attributes.get("formatCode", "General")
            self._codes[int(attributes["numFmtId"])] = code[:LONGEST_FORMAT]
        elif name == "cellXfs":
            self._is_of_cells = True
        elif name == "xf" and self._is_of_cells:
            code = self._codes.get(int(attributes.get("numFmtId", "0")), "General")
            self.formats.append(Format(code, attributes.get("quotePrefix") in TRUE))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_of_cells = False


class Contents(PartReader):
    """The titles of the sheets with the identifiers of their parts, and from when days count."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch = WINDOWS_EPOCH

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next(text for key, text in attributes.items() if key.endswith(":id"))
            self.sheets.append((attributes["name"], key))
        elif name == "workbookPr" and attributes.get("date1904") in TRUE:
            self.epoch = MAC_EPOCH


@dataclass
class StoredWorkbook:
    """What holds for all sheets. Raises FileRefused, Damaged and what expat and zlib raise."""

    archive: zipfile.ZipFile
    sheets: list[StoredSheet] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parts = parts = WorkbookParts(self.archive)
        package = Relations()
        parts.read("_rels/.rels", package)
        main = package.of_kind("officeDocument")
        folder, _slash, name = main.rpartition("/")
        contents, related = Contents(), Relations(folder)
        parts.read(main, contents)
        parts.read(f"{folder}/_rels/{name}.rels", related)
        self.epoch = contents.epoch
        for title, key in contents.sheets:
            kind, part = related.targets[key]
            if kind == "worksheet":
                self.sheets.append(StoredSheet(title, part))
        self._strings, styles = SharedStrings(parts), Formats()
        for part, reader in (("sharedStrings", self._strings), ("styles", styles)):
            if named := related.of_kind(part):
                parts.read(named, reader)
        self.formats = styles.formats or [Format()]

    def shared_text(self, number: int) -> str:
        """The shared text with this number."""
        if number < 0:
            raise Damaged("no such text")
        return self._strings.texts[number]

    def rows(self, sheet: StoredSheet) -> Iterator[StoredRow]:
        """The rows that hold something, in order; after them MergedCells is raised, if some are."""
        reader = SheetRows(self)
        for _piece in self.parts.stream(sheet.part, reader):
            yield from reader.rows
            reader.rows.clear()


class MergedCells(Exception):
    """A sheet has cells that were made one; says which."""


class SheetRows(Texts):
    """The rows of a sheet, as they come."""

    def __init__(self, workbook: StoredWorkbook) -> None:
        super().__init__()
        self.workbook = workbook
        self.rows: list[StoredRow] = []
        self._number, self._column = 0, -1
        self._cells: dict[int, StoredCell] = {}
        self._cell: dict[str, str] = {}
        self._has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.taken()
            self._cell, self._has_formula = attributes, False
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "mergeCell":
            raise MergedCells(attributes.get("ref", "?")[:20])
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell(self._cell)
        elif name == "row" and self._cells:
            self.rows.append((self._number, self._cells))
            self._cells = {}
        else:
            super().end(name)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self._number + 1))
        if number <= self._number:
            raise Damaged("rows in no order")
        self._number, self._column = number, -1

    def _end_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        column = column_of(reference) if reference else self._column + 1
        if column <= self._column:
            raise Damaged("cells in no order")
        self._column = column
        kind, text = attributes.get("t", "n"), self.taken()
        if kind == "s" and text:
            text = self.workbook.shared_text(int(text))
        if self._number > LAST_ROW or not (text or self._has_formula):
            return
        self.workbook.parts.spend_text(text)
        shown = self.workbook.formats[int(attributes.get("s", "0"))]
        cell = StoredCell(kind, text, shown, self._has_formula)
        self._cells.setdefault(min(column, MOST_COLUMNS), cell)


def column_of(reference: str) -> int:
    """The column of a reference such as "B12": 1. Raises Damaged for what Excel cannot hold."""
    return _column(reference.rstrip("0123456789"))


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise Damaged("no such column")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
