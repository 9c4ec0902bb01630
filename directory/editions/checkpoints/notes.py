"""The form of a checkpoint: a signed note (https://c2sp.org/signed-note), plain text that people
can keep, print and mail.

    soporte.example.com/directory-checkpoint
    checkpoint 3
    signed 2026-11-29T20:00:00Z
    before 5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef
    service mesa-de-ayuda edition 12 digest 9f86d081884c7d65…  id tag:soporte.example.com,2026:…

    — soporte.example.com/directory-checkpoint Az3grlgtzPIC…

`check_page`, which customers run by itself, reads it; here it is written and signed.
"""

import base64
import hashlib
from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.utils.encoding import punycode

from directory.editions.checkpoints.check_page import ALGORITHM, Note, SignedCheckpoint, key_id

SUFFIX = "/directory-checkpoint"


def origin_of(public_url: str) -> str:
    """The first line of the checkpoints of the site with this address, and the name of its key."""
    site = urlsplit(public_url)
    host = punycode(site.hostname or "localhost")
    return f"{host}:{site.port}{SUFFIX}" if site.port else f"{host}{SUFFIX}"


def verifier_key(name: str, public_key: bytes) -> str:
    """The public key in the form of signed notes: name+id+base64."""
    encoded = base64.b64encode(ALGORITHM + public_key).decode()
    return f"{name}+{key_id(name, public_key).hex()}+{encoded}"


def text_digest(text: str) -> str:
    """The SHA-256, in hex, of what a checkpoint says, without its signatures."""
    return hashlib.sha256(text.encode()).hexdigest()


def text_of(checkpoint: SignedCheckpoint) -> str:
    """What a checkpoint says: `check_page.read_checkpoint` reads it back."""
    facts = {
        "checkpoint": str(checkpoint.number),
        "signed": f"{checkpoint.signed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "before": checkpoint.before,
        "site-was": checkpoint.site_was,
        "key-lost" if checkpoint.is_key_lost else "key-was": checkpoint.key_was,
    }
    lines = [f"{name} {value}" for name, value in facts.items() if value]
    lines += [
        f"service {each.slug} edition {each.number} digest {each.digest} id {each.identity}"
        for each in checkpoint.services
    ]
    return "\n".join([checkpoint.origin, *lines, ""])


def signed(text: str, name: str, keys: Iterable[Ed25519PrivateKey]) -> str:
    """The note: a text with the signatures of these keys, all under one name."""
    lines = [text, "\n"]
    for key in keys:
        octets = key_id(name, key.public_key().public_bytes_raw()) + key.sign(text.encode())
        lines.append(f"— {name} {base64.b64encode(octets).decode()}\n")
    return "".join(lines)


def is_signed_by(note: Note, name: str, public_key: bytes) -> bool:
    """Whether a note is signed by this key, under this name."""
    return note.is_signed_by(name, public_key, _verify)


def _verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
