"""The text of one cell: tidied, and made harmless for the programs that open spreadsheets.

Excel and its like run a cell that begins with one of RISKY as a formula (OWASP, “CSV Injection”).
An apostrophe in front makes it text again; `unescape` takes away exactly what `escape` adds.
"""

import unicodedata

RISKY = tuple("=+-@\t\r\n＝＋－＠")
# A no-break space is a space; the two others are allowed in no XML.
ODD = {0x00A0: " ", 0xFFFE: None, 0xFFFF: None}


def tidy(text: str) -> str:
    """`text` with LF line ends, without control characters and surrounding space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Cf stays: joiners are part of some words. Cs cannot be stored.
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).translate(ODD).strip()


def is_risky(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula."""
    return text.startswith(RISKY)


def escape(text: str) -> str:
    """`text` as it may stand in a cell: with an apostrophe in front where it is risky."""
    return f"'{text}" if is_risky(text.lstrip("'")) else text


def unescape(text: str) -> str:
    """What `escape` was given. Other text stays as it is."""
    return text[1:] if text.startswith("'") and is_risky(text.lstrip("'")) else text
