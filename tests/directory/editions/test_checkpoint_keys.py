"""The files of the keys that sign: where they may be, who may read them, what they may be."""

import io
import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as project
from django.core.management import CommandError, call_command

from directory.editions.checkpoints import keys
from directory.editions.checkpoints.check_page import read_public_key


@pytest.fixture
def path(tmp_path):
    return tmp_path / "checkpoint.pem"


def make(path):
    out, err = io.StringIO(), io.StringIO()
    call_command("sign_checkpoint", make_key=path, stdout=out, stderr=err)
    return out.getvalue()


def refusal(function, *arguments):
    with pytest.raises((CommandError, keys.ValidationError)) as refused:
        function(*arguments)
    return " ".join(getattr(refused.value, "messages", [str(refused.value)]))


def test_a_key_is_made_for_its_owner_alone_and_its_public_key_is_printed(path):
    previous = os.umask(0)
    try:
        printed = make(path)
    finally:
        os.umask(previous)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")
    public = Path(f"{path}.pub").read_text()
    assert printed == public
    raw = keys.load(path).public_key().public_bytes_raw()
    assert read_public_key(printed) == raw
    # Programs for signed notes take the first line, all others the PEM below it.
    first, _line_feed, pem = printed.partition("\n")
    assert read_public_key(first) == read_public_key(pem) == raw
    assert "PRIVATE" not in printed
    key = serialization.load_pem_public_key(printed.encode())
    assert key.public_bytes_raw() == raw


def test_a_key_is_never_overwritten(path):
    make(path)
    before = path.read_bytes()
    assert str(path) in refusal(make, path)
    assert path.read_bytes() == before
    # Nor does a new private key come to stand beside the public one of another.
    path.unlink()
    refusal(make, path)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o620, 0o601])
def test_a_key_that_others_may_read_or_change_is_refused(path, mode):
    make(path)
    path.chmod(mode)
    assert "chmod 600" in refusal(keys.load, path)


@pytest.mark.parametrize("folder", ["static", "static/deeper", "project"])
def test_a_key_where_files_are_served_is_neither_made_nor_used(settings, tmp_path, folder):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.BASE_DIR = tmp_path / "project"
    place = tmp_path / folder
    place.mkdir(parents=True)
    assert str(tmp_path) in refusal(make, place / "key.pem")
    assert list(place.iterdir()) == []
    other = tmp_path / "elsewhere.pem"
    make(other)
    other.rename(place / "key.pem")
    assert str(tmp_path) in refusal(keys.load, place / "key.pem")
    # Nor by a link that leads there.
    link = tmp_path / "link.pem"
    link.symlink_to(place / "key.pem")
    assert str(tmp_path) in refusal(keys.load, link)


def test_the_project_itself_is_such_a_place():
    assert refusal(make, project.BASE_DIR / "checkpoint.pem")
    assert not (project.BASE_DIR / "checkpoint.pem").exists()


def pem(key, password=None):
    encryption = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing of a key",
        b"\xff\xfe\x00",
        pem(rsa.generate_private_key(65537, 2048)),
        pem(Ed25519PrivateKey.generate(), b"secret"),
        pem(Ed25519PrivateKey.generate())[:60],
    ],
    ids=["empty", "text", "octets", "rsa", "with-a-password", "cut"],
)
def test_what_is_no_ed25519_key_without_a_password_is_refused_in_words(path, content):
    path.write_bytes(content)
    path.chmod(0o600)
    assert "Ed25519" in refusal(keys.load, path)


def test_a_key_that_is_not_there_or_is_no_file_is_refused_in_words(tmp_path):
    assert "no.pem" in refusal(keys.load, tmp_path / "no.pem")
    assert str(tmp_path) in refusal(keys.load, tmp_path)
    assert "no.pub" in refusal(keys.load_public, tmp_path / "no.pub")
    assert "lejos" in refusal(make, tmp_path / "lejos" / "key.pem")


def test_pages_need_the_public_key_alone(path, settings):
    make(path)
    raw = keys.octets(keys.load(path))
    settings.CHECKPOINT_KEY_FILE = str(path)
    path.write_bytes(b"")
    assert keys.public_key() == raw
    settings.CHECKPOINT_KEY_FILE = ""
    assert keys.public_key() is None
    settings.CHECKPOINT_PUBLIC_KEY_FILE = f"{path}.pub"
    assert keys.public_key() == raw


def test_a_public_key_file_that_holds_none_is_refused_in_words(path, settings):
    path.write_text("no key")
    settings.CHECKPOINT_PUBLIC_KEY_FILE = str(path)
    assert "BEGIN PUBLIC KEY" in refusal(keys.public_key)
