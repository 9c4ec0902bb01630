"""The parts of a workbook, each read as a stream and once, with an account of what that may cost.

A workbook is a zip of XML. It may come from anybody, and no library reads one without building what
the file asks it to build. So only the parts that say something of cells are opened, and one account
holds for all of them: of elements and attributes, of text, of nesting, of the length of one token.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.imports.spreadsheets.cells import FileRefused
from directory.imports.spreadsheets.reading_time import refuse_slow

LARGEST_UNPACKED = 32 * 1024 * 1024
MOST_MEMBERS = 500
# 10,000 rows of 12 columns are some 370,000 elements and as many attributes.
MOST_ELEMENTS = 500_000
MOST_ATTRIBUTES = 1_000_000
# expat keeps every name that it has seen; so many are made by hand.
MOST_NAMES = 1_000
# Twice what a CSV of the largest size can hold: shared texts count where they are kept and where
# they stand.
MOST_CHARACTERS = 8 * 1024 * 1024
DEEPEST = 50
# A start tag, a comment: until it ends nothing of it is counted.
LONGEST_TOKEN = 256 * 1024
CHUNK = 64 * 1024
COMPRESSED_BY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
TOO_BIG = gettext_lazy("Unpacked, this workbook is far too big. Split it into several.")
SAVE_AS = gettext_lazy(
    "Save it in Excel as “Excel workbook (.xlsx)” or “CSV (.csv)” and try again."
)


class Damaged(Exception):
    """What a part says cannot be."""


class PartReader:
    """Takes what a part says, element by element: names without their prefix, attributes as they
    are written."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text, in pieces."""


class WorkbookParts:
    """The members of a zip, by their names in lower case. Raises FileRefused for one that could do
    harm."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        members = archive.infolist()
        unpacked = sum(member.file_size for member in members)
        if unpacked > LARGEST_UNPACKED or len(members) > MOST_MEMBERS:
            raise FileRefused(TOO_BIG)
        if any(member.flag_bits & 1 for member in members):
            raise FileRefused(_("The file is protected with a password."), SAVE_AS)
        self._archive = archive
        self._unread = {member.filename.lower(): member for member in members}
        self._elements, self._attributes = MOST_ELEMENTS, MOST_ATTRIBUTES
        self._characters = MOST_CHARACTERS
        names = set(self._unread)
        if any("vbaproject" in name or "/macrosheets/" in name for name in names):
            raise FileRefused(_("The workbook has macros (programs); it is not accepted."), SAVE_AS)
        if "[content_types].xml" not in names:
            raise FileRefused(_("This is neither a CSV file nor an Excel workbook."), SAVE_AS)
        if len(names) < len(members):
            # Two programs would read two workbooks.
            raise Damaged("two members of one name")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._unread

    def read(self, name: str, reader: PartReader) -> None:
        """Give a part to `reader`. Raises Damaged, FileRefused, and what expat and zlib raise."""
        for _chunk in self.stream(name, reader):
            pass

    def stream(self, name: str, reader: PartReader) -> Iterator[None]:
        """The same, with a pause after each piece of the part."""
        member = self._unread.pop(name.lower(), None)
        if member is None or member.compress_type not in COMPRESSED_BY:
            raise Damaged(f"no part {name}")
        parser, fed = self._parser(reader), 0
        with self._archive.open(member) as stream:
            is_read = False
            while not is_read:
                chunk = stream.read(CHUNK)
                is_read = not chunk
                parser.Parse(chunk, is_read)
                fed += len(chunk)
                is_endless = fed - parser.CurrentByteIndex > LONGEST_TOKEN
                # Also after the last piece: newer expats read a long token only when it is whole.
                if is_endless or len(parser.intern) > MOST_NAMES:
                    raise FileRefused(TOO_BIG)
                refuse_slow()
                yield

    def spend_text(self, text: str) -> None:
        """Account for text that is kept."""
        self._characters -= len(text)
        if self._characters < 0:
            raise FileRefused(TOO_BIG)

    def _parser(self, reader: PartReader) -> Any:
        begin, finish, depth = reader.start, reader.end, 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements -= 1
            self._attributes -= len(attributes)
            if self._elements < 0 or self._attributes < 0 or depth > DEEPEST:
                raise FileRefused(TOO_BIG)
            begin(name.rpartition(":")[2] if ":" in name else name, attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            finish(name.rpartition(":")[2] if ":" in name else name)

        def refuse_entities(*_declared: object) -> None:
            raise Damaged("a document type")

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = reader.text
        parser.StartDoctypeDeclHandler = refuse_entities
        return parser


class Relations(PartReader):
    """The parts that another part names: identifier -> (the last word of the type, the name)."""

    def __init__(self, folder: str = "") -> None:
        self.folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes["Type"].rpartition("/")[2]
            path = posixpath.join("/", self.folder, attributes["Target"])
            self.targets[attributes["Id"]] = kind, posixpath.normpath(path).lstrip("/")

    def of_kind(self, kind: str) -> str:
        """The name of the first part of a kind, "" if there is none."""
        return next((name for each, name in self.targets.values() if each == kind), "")
