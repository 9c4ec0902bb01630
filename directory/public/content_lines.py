"""The lines that vCards and calendars are made of (RFC 2426, RFC 5545): texts escaped, long lines
folded, each ended by CRLF."""

import re
from collections.abc import Iterable, Iterator

LONGEST_LINE = 75  # octets, RFC 2426 section 2.6 and RFC 5545 section 3.1
UNPRINTED = re.compile(r"[\x00-\x20\x7f]")
# What `escaped` changes, the ends of lines of `str.splitlines` among it.
CHANGED = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\\;,]")
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text(lines: Iterable[str]) -> str:
    """The file of these lines, whose texts are escaped already."""
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def escaped(text: str) -> str:
    """`text` as a text value: without control characters, its separators escaped."""
    if not CHANGED.search(text):
        return text
    lines = [UNPRINTED.sub(" ", line) for line in text.splitlines()]
    return "\n".join(lines).translate(ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most LONGEST_LINE octets, never within a character."""
    if len(line) <= LONGEST_LINE and line.isascii():
        yield line
        return
    octets = line.encode()
    while len(octets) > LONGEST_LINE:
        piece = octets[:LONGEST_LINE].decode(errors="ignore")
        yield piece
        octets = b" " + octets[len(piece.encode()) :]
    yield octets.decode()
