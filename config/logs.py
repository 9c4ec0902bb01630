"""What is logged: with the id of its request, and without what is nobody's business who reads logs:
the tokens of links in mails, which are permissions, mail addresses, what people search for, and the
rows that a database refused."""

import json
import logging
import re
from datetime import UTC, datetime

from config import request_ids

# Each begins where its first letters do and nowhere within them: time grows with the length alone.
# Signed by Django, and its own for passwords: 5c8a07a349…:BrQnXQD0pe…, d1x2y3-0123456789abcdef….
TOKEN = re.compile(r"(?<![\w.-])[\w.-]{20,}(?::[\w-]{6,}){1,2}|\b[0-9a-z]{6,}-[0-9a-f]{32}\b")
MAIL_ADDRESS = re.compile(
    r"(?<![^\s@<>\"'(){}\[\]=:,;|/?&])[^\s@<>\"'(){}\[\]=:,;|/?&]+(?:@|%40)[\w.-]+"
)
QUERY = re.compile(r"(?<=\S)\?([^\s\"']+)")
# What names no person, and helps to find a mistake.
TOLD = re.compile(r"(?:at|lang|page|request_type)=[\w.:+-]{0,40}", re.ASCII)
PARAMETER = re.compile(r"([A-Za-z_]{1,40})=.*")
# PostgreSQL quotes the row: “DETAIL:  Failing row contains (7, 300 123 4567, …).”
DETAIL = re.compile(r"^([ \t]*(?:DETAIL|CONTEXT|LINE [0-9]+):).*$", re.MULTILINE)
# … and the value that it could not read: “invalid input syntax for type date: "300 123 4567"”.
UNREAD = re.compile(r"(\b(?:invalid input|value out of range)\b[^\"\n]*)\".*")
# Who sends a line break writes no line of his own.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def without_tokens(text: str) -> str:
    """The text with “…” in the place of each token."""
    return TOKEN.sub("…", text)


def without_personal(text: str) -> str:
    """The text with “…” in the place of each token, each mail address, the values of parameters,
    and what a database tells of a row."""
    text = UNREAD.sub(r"\1…", DETAIL.sub(r"\1 …", TOKEN.sub("…", text)))
    text = QUERY.sub(lambda found: f"?{query_without_values(found[1])}", text)
    return MAIL_ADDRESS.sub("…", text)


def query_without_values(query: str) -> str:
    """A query string with “…” for each value that somebody may have typed."""
    return "&".join(map(_told, query.split("&"))) if query else ""


def _told(part: str) -> str:
    if TOLD.fullmatch(part):
        return part
    named = PARAMETER.fullmatch(part)
    return f"{named[1]}=…" if named else "…"


class Formatter(logging.Formatter):
    """Writes a line a record, which may name its request by `request_id`, “-” for none."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line itself."""
        record.request_id = request_ids.request_id() or "-"
        return CONTROL.sub(lambda found: repr(found[0])[1:-1], super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        """The line, with what was raised."""
        return without_personal(super().format(record))


class JsonFormatter(logging.Formatter):
    """Writes an object of JSON a record, a line each, for programs that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: when (UTC), how bad, who says what of which request, and what was raised."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": request_ids.request_id(),
            "message": self.without_personal(record.getMessage()),
        }
        if record.exc_info:
            told["error"] = self.without_personal(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)

    def without_personal(self, text: str) -> str:
        """The text, without what is nobody's business who reads logs."""
        return without_personal(text)
