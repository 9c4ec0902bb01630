"""Files and folders that variables name; paths that are not absolute begin in the project's."""

import os
import re
from pathlib import Path
from typing import BinaryIO

from config.environment.kinds import Wrong

PROJECT = Path(__file__).resolve().parents[2]
# What the file begins with, by its suffix.
IMAGES = {
    ".svg": re.compile(rb"(?s)(?:\xef\xbb\xbf)?\s*<(?:[?!].*?<)*(?:\w+:)?svg[\s>/]"),
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".webp": re.compile(rb"(?s)RIFF.{4}WEBP"),
}
BEGINNING = 64 * 1024


def image(value: str) -> str:
    """The path of an image that pages can show."""
    path = _path(value)
    known = IMAGES.get(path.suffix.lower())
    if not known:
        raise Wrong(f"Write the path of an image file: {', '.join(IMAGES)}.")
    with _opened(path) as file:
        if not known.match(file.read(BEGINNING)):
            raise Wrong(f"The file is no {path.suffix.lower()[1:]} image, whatever its name says.")
    return str(path)


def writable(value: str) -> str:
    """The path of a file that can be written to, made for its owner and group alone if it is not
    there."""
    path = _path(value)
    try:
        if not path.exists():
            path.touch(mode=0o640)
        with path.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise Wrong(f"It cannot be written to: {error.strerror}.") from error
    return str(path)


def readable(value: str) -> str:
    """The path of a file that is there."""
    path = _path(value)
    _opened(path).close()
    return str(path)


def private(value: str) -> str:
    """The path of a file that is there, and that not everybody on this machine may read."""
    path = Path(readable(value))
    if path.stat().st_mode & 0o007:
        raise Wrong(f"Everybody on this machine may read it: chmod o= {path}")
    return str(path)


def folder(value: str) -> Path:
    """A folder of its own, which need not be there yet."""
    path = Path(os.path.normpath(_path(value)))
    if path == PROJECT or path in PROJECT.parents:
        raise Wrong("Write a folder of its own: what is in it is overwritten.")
    if path.exists() and not path.is_dir():
        raise Wrong("Write the path of a folder; this is a file.")
    return path


def _path(value: str) -> Path:
    if "\0" in value:
        raise Wrong("Write a path.")
    return PROJECT / value


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise Wrong(f"{path} cannot be read: {error.strerror}.") from error
