"""The keys that sign checkpoints: files outside of the database and of what is served."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.editions.checkpoints.check_page import Unusable, read_public_key
from directory.editions.checkpoints.notes import origin_of, verifier_key

# The private key stands in FILE, the public one beside it in FILE.pub.
PUBLIC = ".pub"
LARGEST = 10_000
NOBODY_ELSE = 0o600


def public_file(private_file: str | Path) -> Path:
    """Where the public key of a private key file stands."""
    return Path(f"{private_file}{PUBLIC}")


def make(path: Path) -> str:
    """Make a key: the private one in `path`, which nobody else may read, the public one beside it.
    Returns the public one. Raises ValidationError where such a file is there, which is never
    overwritten, or where it may not be or cannot be written."""
    _refuse_place(path)
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = public_text(key)
    try:
        if public_file(path).exists():
            raise FileExistsError
        _write(path, private, NOBODY_ELSE)
        _write(public_file(path), public.encode(), 0o644)
    except FileExistsError as error:
        message = _("%(file)s is there already. Name another file: a key is never overwritten.")
        raise ValidationError(message, "key_exists", {"file": path}) from error
    except OSError as error:
        raise _unusable(path, error) from error
    return public


def load(path: Path) -> Ed25519PrivateKey:
    """The private key in a file. Raises ValidationError, saying what to do, for one that others may
    read, that stands where it may be served, or that is no Ed25519 key in PEM (PKCS #8)."""
    _refuse_place(path)
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise OSError(_("this is no file"))
            if status.st_mode & 0o077:
                message = _(
                    "Others may read the key in %(file)s, so it may be theirs too. Make a new one "
                    "with sign_checkpoint --make-key, or if you are sure: chmod 600 %(file)s"
                )
                raise ValidationError(message, "key_is_readable", {"file": path})
            content = file.read(LARGEST)
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        key = serialization.load_pem_private_key(content, None)
    except (ValueError, TypeError) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    return key


def load_public(path: Path) -> bytes:
    """The 32 octets of the public key in a file. Raises ValidationError."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST).decode(errors="replace")
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        return read_public_key(text)
    except Unusable as error:
        message = _(
            "%(file)s holds no Ed25519 public key. It is a file that begins with “BEGIN PUBLIC "
            "KEY”; sign_checkpoint --make-key writes one beside each private key."
        )
        raise ValidationError(message, "no_public_key", {"file": path}) from error


def public_key() -> bytes | None:
    """The public key of this site, as the settings name it; None where they name none. Raises
    ValidationError where it cannot be read."""
    if settings.CHECKPOINT_PUBLIC_KEY_FILE:
        return load_public(Path(settings.CHECKPOINT_PUBLIC_KEY_FILE))
    if not settings.CHECKPOINT_KEY_FILE:
        return None
    beside = public_file(settings.CHECKPOINT_KEY_FILE)
    if beside.exists():
        return load_public(beside)
    return octets(load(Path(settings.CHECKPOINT_KEY_FILE)))


def octets(key: Ed25519PrivateKey) -> bytes:
    """The 32 octets of its public key."""
    return key.public_key().public_bytes_raw()


def public_text(key: Ed25519PrivateKey | bytes) -> str:
    """A public key as it is handed out: the verifier key of signed notes, which programs for these
    take, and PEM, which all others do (they pass over what stands before it)."""
    raw = key if isinstance(key, bytes) else octets(key)
    pem = _pem(raw)
    return f"{verifier_key(origin_of(settings.PUBLIC_URL), raw)}\n{pem}"


def fallbacks(files: Iterable[str]) -> list[Ed25519PrivateKey]:
    """The former private keys in these files. Raises ValidationError."""
    return [load(Path(file)) for file in files]


def _pem(raw: bytes) -> str:
    key = Ed25519PublicKey.from_public_bytes(raw)
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    ).decode()


def _write(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)
        file.write(content)


def _refuse_place(path: Path) -> None:
    """Raise ValidationError where files are served, or come into a repository or a copy."""
    real = path.resolve()
    for folder in (settings.STATIC_ROOT, settings.BASE_DIR):
        if folder and real.is_relative_to(Path(folder).resolve()):
            message = _(
                "The key may not be in %(folder)s, which is served or copied. Keep it elsewhere, "
                "such as in /etc/support-directory/checkpoint.pem."
            )
            raise ValidationError(message, "key_is_served", {"folder": folder})


def _unusable(path: Path, error: OSError) -> ValidationError:
    message = _("The key %(file)s cannot be used: %(why)s.")
    why = error.strerror or str(error)
    return ValidationError(message, "key_unusable", {"file": path, "why": why})


def _no_key(path: Path) -> ValidationError:
    message = _(
        "%(file)s holds no Ed25519 key in PEM (PKCS #8) without a password. "
        "sign_checkpoint --make-key makes one."
    )
    return ValidationError(message, "no_key", {"file": path})
