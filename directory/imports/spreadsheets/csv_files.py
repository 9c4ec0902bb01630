"""CSV as Excel writes it, also in Spanish: semicolons and Windows-1252; and as others write it."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from directory.imports.spreadsheets.cells import (
    LAST_ROW,
    MOST_COLUMNS,
    Cell,
    FileRefused,
    Record,
    escape,
)

DELIMITERS = ";,\t"
# Of the first line, from which the delimiter is guessed.
LONGEST_LINE = 10_000
# Where a program that expects another delimiter than ours begins a cell.
SEPARATORS = DELIMITERS + "|\n\r"


def records(content: bytes) -> Iterator[Record]:
    """Yield (row number, cells). Raises FileRefused where the bytes are no text or no table."""
    text = _decode(content)
    delimiter, skipped = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader, 1):
            if number > LAST_ROW:
                raise FileRefused(_("The file has far too many rows. Split it into several."))
            # A row may be a million of empty cells.
            while row and not row[-1].strip():
                row.pop()
            if row and number > skipped:
                # One cell more than allowed, to notice that there are too many.
                kept = row[: MOST_COLUMNS + 1]
                yield number, [Cell.written(text, SEPARATORS) for text in kept]
    except csv.Error as error:
        message = _('Line %(line)d cannot be read as CSV. Check its quotation marks (").')
        raise FileRefused(message % {"line": reader.line_num}) from error


def write(headings: list[str], rows: list[list[str]]) -> bytes:
    """A CSV that Excel in Spanish opens by double click: semicolons, UTF-8 with its mark, CRLF."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerows([escape(text, SEPARATORS) for text in row] for row in [headings, *rows])
    return codecs.BOM_UTF8 + stream.getvalue().encode()


def _decode(content: bytes) -> str:
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if is_utf16 else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileRefused(
        _("The letters of this file cannot be read. Save it in Excel as “CSV UTF-8 (.csv)”.")
    )


def _delimiter(text: str) -> tuple[str, int]:
    """The delimiter, and how many rows to skip: Excel may say `sep=;` in the first."""
    # The first line that says something; a pattern would look for it from each blank anew.
    said = len(text) - len(text.lstrip())
    begin = max(text.rfind("\n", 0, said), text.rfind("\r", 0, said)) + 1
    first = re.split(r"[\r\n]", text[begin : begin + LONGEST_LINE], maxsplit=1)[0]
    declared = first.strip(' "')
    if declared.lower().startswith("sep=") and declared[4:] in tuple(DELIMITERS):
        return declared[4:], 1
    return max(DELIMITERS, key=first.count), 0
