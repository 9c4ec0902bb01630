"""What was sent with a form that could not be taken, kept so that it can be sent once more.

Nothing of it is stored: it travels with the pages that ask to sign in again, signed, as only what
one of our own pages sent is given back.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.request import UnreadablePostError

# The field with it on the page that asks to sign in.
KEPT = "_kept"
SALT = "directory.public.kept"
# Somebody went home, and signs in the next morning.
FOR_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Kept:
    """What was typed, with the address that it was sent to. Passwords, tokens and the contents of
    files are left out: `files` are the names of these, `has_secrets` says whether there were
    passwords."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()
    has_secrets: bool = False

    def signed(self) -> str:
        """It as one text, which `read` takes; empty where it is too long to be sent again."""
        text = signing.dumps(asdict(self), salt=SALT, compress=True)
        return text if len(text) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2 else ""

    def without(self, names: frozenset[str]) -> "Kept":
        """It without the fields of these names."""
        fields = tuple(each for each in self.fields if each[0] not in names)
        return Kept(self.path, fields, self.files, self.has_secrets)


def kept_from(request: HttpRequest) -> Kept | None:
    """What a request has sent, if it is a form of the back office; None if it cannot be read."""
    if request.method != "POST" or not request.path.startswith("/admin/"):
        return None
    try:
        sent, files = request.POST, request.FILES
    except (SuspiciousOperation, UnreadablePostError, OSError):
        # More than is taken at once, or only a part of it has arrived.
        return None
    return Kept(request.get_full_path(), *_typed(sent, files))


def _typed(sent: QueryDict, files: Mapping[str, Any]) -> tuple[Any, tuple[str, ...], bool]:
    fields = [(name, value) for name, values in sent.lists() for value in values]
    shown = [each for each in fields if not _is_secret(each[0])]
    has_secrets = any(_is_secret(name) and value for name, value in fields)
    plain = tuple(each for each in shown if each[0] != "csrfmiddlewaretoken")
    return plain, tuple(str(file.name) for file in files.values()), has_secrets


def _is_secret(name: str) -> bool:
    """Passwords, and what was given of a second factor: a recovery code is good for long."""
    is_password = "password" in name.lower() and name != "usable_password"
    return is_password or name.startswith("_second_factor_")


def read(text: str) -> Kept | None:
    """What `Kept.signed` made this text of; None if it did not, or longer ago than FOR_SECONDS."""
    try:
        values = signing.loads(text, salt=SALT, max_age=FOR_SECONDS)
    except signing.BadSignature:
        return None
    fields = tuple((name, value) for name, value in values["fields"])
    return Kept(values["path"], fields, tuple(values["files"]), values["has_secrets"])


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the request, as its browser says: no page can make it say
    something else (https://fetch.spec.whatwg.org/#origin-header)."""
    sender = request.headers.get("Origin")
    if sender is None:
        sender = "/".join(request.headers.get("Referer", "").split("/", 3)[:3])
    return sender == f"{request.scheme}://{request.get_host()}"
