"""The hash chain of a service's editions: what digests cover, and what is signed.

Digests can be recomputed by anybody; seals are signatures with the secret key, which is not in the
database: so who only writes to the database can make no edition that proves itself.
"""

import hashlib
import secrets
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.core.signing import BadSignature, Signer

EDITION = "directory.edition"
CURRENT = "directory.current_edition"
WITHDRAWAL = "directory.withdrawal"
ERASURE = "directory.erasure"


def new_nonce() -> str:
    """32 random bytes, in hex."""
    return secrets.token_hex(32)


def document_digest(nonce: str, text: str | bytes) -> str:
    """The SHA-256, in hex, of a nonce, a line feed and a document's text.

    A nonce has 64 digits, so nothing of the one can be taken for the other.
    """
    text = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(nonce.encode() + b"\n" + text).hexdigest()


class Link(NamedTuple):
    """What the digest of an edition covers, in this order: the primary keys of its service and of
    who published and who proposed it (None for a command, and where nobody proposed), its number
    and aware instant, the digest of its document, and the digest of the edition before it (empty
    for the first)."""

    service: int
    number: int
    published_at: datetime
    published_by: int | None
    proposed_by: int | None
    document_digest: str
    digest_before: str

    @classmethod
    def of(cls, edition: Any, digest_before: str = "") -> "Link":
        """That of a stored edition, as its row says."""
        return cls(
            edition.service_id,
            edition.number,
            edition.published_at,
            edition.published_by_id,
            edition.proposed_by_id,
            edition.document_digest,
            digest_before,
        )

    @property
    def text(self) -> str:
        """These values as a JSON array without spaces, the instant as ISO 8601 in UTC with `Z`."""
        return _text(self)

    @property
    def digest(self) -> str:
        """The SHA-256, in hex, of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def seal(link: Link, identity: str) -> str:
    """The signature of a new edition: what its digest covers, the digest, and what the service is
    called for ever."""
    return sign(EDITION, *sealed(link, link.digest, identity))


def sealed(link: Link, digest: str, identity: str) -> tuple[Any, ...]:
    """What the seal of an edition signs: all that its row says, so that it proves itself without
    the edition before."""
    return *link[:-1], digest, identity


def current_seal(service: int, number: int, digest: str) -> str:
    """The signature of which edition of a service (its primary key) is its newest."""
    return sign(CURRENT, service, number, digest)


def withdrawal_seal(digest: str, at: datetime, by: int, reason: str) -> str:
    """The signature of a withdrawal: of which edition, at which aware instant, by whom (a primary
    key) and why."""
    return sign(WITHDRAWAL, digest, at, by, reason)


def erasure_seal(digest: str, at: datetime, by: int) -> str:
    """The signature of an erasure: of which edition, at which aware instant, by whom."""
    return sign(ERASURE, digest, at, by)


def sign(what: str, *values: Any) -> str:
    """The signature of values as what they are: `what` is one of the names above."""
    return _signer(what).signature(_text(values))


def is_signed(seal: str, what: str, *values: Any) -> bool:
    """Whether `sign` made this seal of these values, with the secret key or a former one that
    SECRET_KEY_FALLBACKS has."""
    try:
        _signer(what).unsign(f"{_text(values)}:{seal}")
    except BadSignature:
        return False
    return True


def _signer(what: str) -> Signer:
    return _signer_with(settings.SECRET_KEY, (*settings.SECRET_KEY_FALLBACKS,), what)


@lru_cache(maxsize=16)
def _signer_with(key: str, former: tuple[str, ...], what: str) -> Signer:
    return Signer(key=key, fallback_keys=[*former], salt=what)


def _text(values: tuple[Any, ...]) -> str:
    in_utc = [each.astimezone(UTC) if isinstance(each, datetime) else each for each in values]
    return msgspec.json.encode(in_utc).decode()
