"""The cells of a file: tidied, and made harmless for the programs that open spreadsheets.

Excel and its like run a cell that begins with one of RISKY as a formula (OWASP, “CSV Injection”).
An apostrophe in front makes it text again; `unescape` takes away exactly what `escape` adds.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.contacts.text import tidy as text_as_kept

LONGEST_CELL = 10_000
MOST_COLUMNS = 40
# What Excel itself can hold. A row with a higher number is made by hand, to keep us busy.
LAST_ROW = 1_048_576

# The hyphen first: between others it would be a range in the patterns below.
RISKY = "-=+@－＝＋＠"
RISKY_BEGINNINGS = frozenset([*RISKY, "\t", "\r", "\n"])
# Control characters, halves of characters (which cannot be stored), and what no XML allows. Joiners
# stay: they are part of some words.
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# A phone number as people write it: +57 (601) 744 2727. It holds nothing that computes.
SIGNED_NUMBER = re.compile(r"\+[0-9 ().-]{,29}")

FORMULA = gettext_lazy(
    "A cell must not begin with “%(sign)s”: that is a formula. Write the value itself, or put an "
    "apostrophe (') in front if it is text."
)
MADE_BY_EXCEL = gettext_lazy(
    "Excel turned this into %(what)s. Give the cell the format “Text” and write it again."
)


class FileRefused(Exception):
    """The file as a whole cannot be read; the sentences say why and what to do."""

    def __str__(self) -> str:
        return " ".join(str(sentence) for sentence in self.args)


@dataclass(frozen=True, slots=True)
class Cell:
    """The tidied text of a cell, and the `flaw` for which it cannot be taken, in words. `made`:
    what the program of the spreadsheet made of it, “date”, “time” or “boolean”, which only some
    columns take."""

    text: str = ""
    flaw: str = ""
    made: str = ""

    @classmethod
    def written(cls, text: str, separators: str = "", is_text: bool = False) -> "Cell":
        """The cell with what somebody wrote. `separators` as for `escape`; `is_text`: marked as
        text in its file, so no formula whatever it begins with."""
        if text.isascii() and text.isalnum() and len(text) <= LONGEST_CELL:
            # Nearly every cell: there is nothing to tidy, and nothing that computes.
            return cls(text)
        if len(text) > LONGEST_CELL:
            return cls(tidy(text[: LONGEST_CELL + 1]), _("This text is too long."))
        tidied = tidy(text)
        # As it stood, too: tidying hides a tab in front.
        if not (is_text or SIGNED_NUMBER.fullmatch(tidied)):
            for begins in (text[:1], tidied[:1]):
                if is_risky(begins):
                    signs = {"\t": _("tab"), "\r": _("line break"), "\n": _("line break")}
                    return cls(tidied, FORMULA % {"sign": signs.get(begins, begins)})
        return cls(unescape(tidied, separators))


# What `made` is called where the column does not take it.
MADE = {
    "date": gettext_lazy("a date"),
    "time": gettext_lazy("a date"),
    "boolean": gettext_lazy("TRUE or FALSE"),
}

# What a file has in one row: its number as the spreadsheet shows it, and its cells.
Record = tuple[int, list[Cell]]


def tidy(text: str) -> str:
    """`text` with LF line ends, without control characters, as texts are kept (`text.tidy`)."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text_as_kept(CONTROLS.sub("", text))


def is_risky(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula."""
    return text[:1] in RISKY_BEGINNINGS


def escape(text: str, separators: str = "") -> str:
    """`text` with an apostrophe where a cell that begins there would be risky: in front, and behind
    each of `separators`, which divide cells in another program than ours."""
    return re.sub(_beginning(separators), r"\1'", text)


def unescape(text: str, separators: str = "") -> str:
    """What `escape` was given. Other text stays as it is."""
    return re.sub(_beginning(separators) + "'", r"\1", text) if "'" in text else text


def _beginning(separators: str) -> str:
    """A pattern for the places before risky signs and the apostrophes in front of these."""
    behind = rf"""|[{separators}][ "]*(?='*[{RISKY}])""" if separators else ""
    return rf"(\A(?='*[{RISKY}\t\r\n]){behind})"
