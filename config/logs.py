"""What is logged of addresses: not the tokens of links in mails, which are permissions."""

import logging
import re

# Signed by Django, and its own for passwords: 5c8a07a349…:BrQnXQD0pe…, d1x2y3-0123456789abcdef….
TOKEN = re.compile(r"[\w.-]{20,}(?::[\w-]{6,}){1,2}|\b[0-9a-z]{6,}-[0-9a-f]{32}\b")


def without_tokens(text: str) -> str:
    """The text with “…” in the place of each token."""
    return TOKEN.sub("…", text)


class Formatter(logging.Formatter):
    """Writes lines without tokens."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with what was raised."""
        return without_tokens(super().format(record))
