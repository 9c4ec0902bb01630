"""What a variable may say: each function makes the reader of a kind, which takes what is written
and returns what is meant, or raises Wrong, whose text says what is right."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

Kind = TypeVar("Kind")
Reader = Callable[[str], Kind]

FLAGS = {"on": True, "true": True, "yes": True, "1": True} | {
    "off": False, "false": False, "no": False, "0": False,
}  # fmt: skip


class Wrong(ValueError):
    """What is written is not right. `part`: which of several it is; else all of it."""

    def __init__(self, right: str, part: str = "") -> None:
        super().__init__(right)
        self.part = part


def text(value: str) -> str:
    """One line of any words."""
    if re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", value):
        raise Wrong("Write it in one line.")
    # What was no UTF-8 (PEP 383): no page could be written with it.
    if re.search(r"[\ud800-\udfff]", value):
        raise Wrong("Write it in UTF-8.")
    return value


def name(value: str) -> str:
    """One line that people can read, in the order in which it is written."""
    if re.search(r"[\u202a-\u202e\u2066-\u2069]", value):
        raise Wrong("Write it without characters that turn the order of others.")
    if not re.search(r"\w", text(value)):
        raise Wrong("Write words.")
    return value


def flag(value: str) -> bool:
    """On or off."""
    if value.lower() not in FLAGS:
        raise Wrong("Write on or off (or true or false, yes or no, 1 or 0).")
    return FLAGS[value.lower()]


def one_of(*words: str) -> Reader[str]:
    """One of these words, as they are written here."""

    def read(value: str) -> str:
        if value not in words:
            raise Wrong(f"Write {' or '.join(words)}.")
        return value

    return read


def number(least: int, most: int, of: str = "") -> Reader[int]:
    """A whole number from `least` to `most`."""

    def read(value: str) -> int:
        if not re.fullmatch(r"\d{1,9}", value, re.ASCII) or not least <= int(value) <= most:
            raise Wrong(f"Write a number{of} from {least} to {most}.")
        return int(value)

    return read


def days(least: int = 1) -> Reader[int]:
    """A number of days, ten years at most."""
    return number(least, 3650, " of days")


def several(kind: Reader[Any], at_least: int = 0) -> Reader[list[Any]]:
    """What is separated by commas, each of a kind; what is there twice counts once."""

    def read(value: str) -> list[Any]:
        found = []
        for part in dict.fromkeys(part.strip() for part in value.split(",")):
            if not part:
                continue
            try:
                found.append(kind(part))
            except Wrong as wrong:
                raise Wrong(str(wrong), part) from wrong
        if len(found) < at_least:
            raise Wrong("Name one at least.")
        return found

    return read


def token(value: str) -> str:
    """What nobody guesses, and a header can carry."""
    if not re.fullmatch(r"[\w.~+/=-]{20,200}", value, re.ASCII):
        raise Wrong("Write at least 20 random letters and digits.")
    return value
