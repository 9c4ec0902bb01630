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
# The folders that come with the project.
OF_PROJECT = {"config", "directory", "escalations", "fixtures", "templates", "tests"}
# A private key as `sign_checkpoint --make-key` writes it, and a public one, in either form.
PRIVATE_KEY = re.compile(rb"-----BEGIN PRIVATE KEY-----")
PUBLIC_KEY = re.compile(rb"-----BEGIN PUBLIC KEY-----|^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]")


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


def json_lines(value: str) -> str:
    """The path of a file to which lines of JSON can be added, made for its owner and group alone if
    it is not there."""
    path = _path(value)
    try:
        if not path.exists():
            path.touch(mode=0o640)
        with path.open("a", encoding="utf-8"):
            pass
        is_other = path.is_file() and _first_byte(path) not in (b"", b"{")
    except OSError as error:
        raise Wrong(f"It cannot be written to: {error.strerror}.") from error
    if is_other:
        raise Wrong("Something else is in this file. Write the path of one of its own.")
    return str(path)


def _first_byte(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1)
    except PermissionError:
        # Who writes need not read.
        return b""


def public_key(value: str) -> str:
    """The path of a file with a public key."""
    return _holding(_path(value), PUBLIC_KEY, "a public key, which begins with “BEGIN PUBLIC KEY”")


def former_key(value: str) -> str:
    """The path of a file with a private key."""
    return _holding(_path(value), PRIVATE_KEY, "a private key: “BEGIN PRIVATE KEY”")


def private_key(value: str) -> str:
    """The path of a file with a private key, which not everybody on this machine may read."""
    path = _path(value)
    _opened(path).close()
    if path.stat().st_mode & 0o007:
        raise Wrong(f"Everybody on this machine may read it: chmod o= {path}")
    return former_key(value)


def _holding(path: Path, what: re.Pattern[bytes], name: str) -> str:
    with _opened(path) as file:
        if not what.search(file.read(BEGINNING)):
            raise Wrong(f"Write the path of a file with {name}.")
    return str(path)


def folder(value: str) -> Path:
    """A folder of its own, which need not be there yet."""
    path = Path(os.path.normpath(_path(value)))
    if path == PROJECT or path in PROJECT.parents or _is_of_project(path):
        raise Wrong("Write a folder of its own: what is in it is overwritten.")
    try:
        is_file = path.exists() and not path.is_dir()
    except OSError as error:
        raise Wrong(f"It cannot be looked into: {error.strerror}.") from error
    if is_file or any(each.is_file() for each in path.parents):
        raise Wrong("Write the path of a folder; this is a file.")
    return path


def _is_of_project(path: Path) -> bool:
    """Whether a folder is one of those that came with the project, or in one."""
    if PROJECT not in path.parents:
        return False
    first = path.relative_to(PROJECT).parts[0]
    return first.startswith(".") or first in OF_PROJECT


def _path(value: str) -> Path:
    if "\0" in value:
        raise Wrong("Write a path.")
    return PROJECT / value


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise Wrong(f"{path} cannot be read: {error.strerror}.") from error
