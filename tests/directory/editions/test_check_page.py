"""The program with which customers check a page: its Ed25519, its notes, and what it says of pages
that are intact, and of such as somebody has bent."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from directory.editions.checkpoints import check_page, keys
from directory.editions.checkpoints.check_page import (
    L,
    Unusable,
    is_signature,
    read_checkpoint,
    read_note,
)
from directory.editions.publish import publish
from directory.models import Checkpoint, Service
from tests.directory.editions.signed import NEXT_DAY, NOON, made_key, published, signed

# RFC 8032, 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
        "f9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
        "f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
        "dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_rfc_8032_are_signatures(key, message, signature):
    octets = [bytes.fromhex(each) for each in (key, message, signature)]
    assert is_signature(*octets)
    for place in range(3):
        other = list(octets)
        other[place] = bytes([*other[place][:-1], (other[place] or b"\0")[-1] ^ 1])
        assert not is_signature(*other)


@pytest.mark.parametrize("length", [0, 1, 32, 111, 112, 1023])
def test_it_agrees_with_the_library(length):
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    message = bytes(each % 251 for each in range(length))
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert is_signature(public, message, signature)
    for bit in range(0, 512, 37):
        flipped = bytearray(signature)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not is_signature(public, message, bytes(flipped))
    assert not is_signature(public, message + b"\0", signature)


def test_another_encoding_of_the_same_signature_is_none():
    """RFC 8032, 5.1.7: S is below L; else everybody could make a second signature of the first."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public, signature = key.public_key().public_bytes_raw(), key.sign(b"x")
    larger = int.from_bytes(signature[32:], "little") + L
    assert not is_signature(public, b"x", signature[:32] + larger.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "key", [b"", bytes(31), b"\xff" * 32, (2**255 - 19 + 2).to_bytes(32, "little")]
)
def test_what_is_no_point_is_no_key(key):
    assert not is_signature(key, b"", bytes(64))


@pytest.mark.parametrize(
    "text",
    [
        "x/directory-checkpoint\nsigned 2026-11-23T17:00:00Z\n",
        "x/directory-checkpoint\ncheckpoint 0\nsigned 2026-11-23T17:00:00Z\n",
        "x/directory-checkpoint\ncheckpoint 1\nsigned yesterday\n",
        "x/directory-checkpoint\ncheckpoint 1\n",
        "x/directory-checkpoint\ncheckpoint 2\nsigned 2026-11-23T17:00:00Z\n",
        "x/directory-checkpoint\ncheckpoint 1\nsigned 2026-11-23T17:00:00Z\nother line\n",
        "x/directory-checkpoint\ncheckpoint 1\nsigned 2026-11-23T17:00:00Z\n"
        "signed 2026-11-23T17:00:00Z\n",
        "x/other\ncheckpoint 1\nsigned 2026-11-23T17:00:00Z\n",
        "",
        "\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(Unusable):
        read_checkpoint(text)


def test_each_message_has_its_spanish():
    source = Path(check_page.__file__).read_text()
    messages = {*check_page.SPANISH}
    assert len(check_page.LINES) == 2 * len(messages)
    # As a reader sees them: literals that stand beside each other are one.
    joined = "".join(part for part in source.replace('"\n', "\n").split("WORDS =")[0].split())
    assert [each for each in messages if "".join(each.split()) not in joined.replace('"', "")] == []


# ---- The program itself, in a process of its own, against a server ----------------------------


class Site:
    """A server on this computer that answers as the site does, but for what somebody has bent."""

    def __init__(self):
        self.bent = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                status, headers, content = site.answer(self.path, self.headers["Host"])
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                """Nothing."""

        self.server = ThreadingHTTPServer(("localhost", 0), Handler)
        self.address = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.answers = {}

    def answer(self, path, host):
        if path in self.bent:
            return self.bent[path]
        # Asked for beforehand: the test's transaction is seen by its own thread alone.
        return self.answers.get(path, (404, {}, b""))

    def learn(self, *paths):
        client = Client(headers={"host": self.address.removeprefix("http://")})
        for path in paths:
            response = client.get(path)
            self.answers[path] = response.status_code, {}, response.content

    def bend(self, path, change):
        status, headers, content = self.answers[path]
        changed = change(content.decode())
        assert changed != content.decode()
        self.bent[path] = status, headers, changed.encode()


PAGE, API = "/servicios/uno/", "/api/v1/services/uno/"
NOTE = "/.well-known/directory-checkpoint"


@pytest.fixture
def site():
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def key(settings, tmp_path, site, db):
    key = made_key(settings, tmp_path / "key.pem")
    settings.PUBLIC_URL = site.address
    return key


@pytest.fixture
def three(key, site):
    """A service with three editions, the second of which is signed; then a day later the third."""
    published("uno", "Uno", "Dos")
    signed(key, NOON)
    Service.objects.filter(slug="uno").update(name="Tres")
    publish(Service.objects.all(), at=NEXT_DAY)
    learn(site)


def learn(site):
    site.learn(PAGE, API, NOTE, "/servicios/uno/ediciones/1/", "/en/servicios/uno/")
    for number in (1, 2, 3):
        proof = f"{API}editions/{number}/proof/"
        site.learn(proof, *(f"{proof}?to={to}" for to in (1, 2, 3)))


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Runs the program; returns its exit status and its lines."""

    def check(address, *options, language="en", public_key=tmp_path / "key.pem.pub"):
        monkeypatch.setenv("LC_ALL", f"{language}_CO.UTF-8")
        monkeypatch.setattr(sys, "argv", ["", address, "--public-key", str(public_key), *options])
        status = check_page.main()
        return status, capsys.readouterr().out.splitlines()

    return check


@pytest.fixture
def is_signed(three, key, site):
    """All three editions are signed."""
    signed(key, NEXT_DAY)
    learn(site)


@pytest.mark.parametrize("path", [PAGE, "/en/servicios/uno/", "/servicios/uno/ediciones/1/", API])
def test_an_intact_page_is_called_so_with_its_contacts(is_signed, check, site, path):
    status, lines = check(site.address + path)
    assert (status, lines[-1][:6]) == (0, "INTACT")
    assert lines[0].startswith("Checkpoint 2, signed on 2026-11-24 17:00 (UTC)")
    service = Service.objects.get(slug="uno")
    values = {each.contact_point.value for each in service.channels.first().contact_uses.all()}
    given = {line.rpartition(": ")[2] for line in lines[1:-1]}
    assert values <= given


def test_alone_in_a_process_of_its_own(is_signed, site, tmp_path):
    command = [sys.executable, "-I", check_page.__file__, site.address + PAGE, "--public-key"]

    def run(public_key):
        done = subprocess.run(
            [*command, str(public_key)],
            capture_output=True,
            text=True,
            timeout=60,
            env={"LC_ALL": "en_US.UTF-8", "PYTHONUTF8": "1"},
        )
        return done.returncode, done.stdout.splitlines()[-1][:6], done.stderr

    assert run(tmp_path / "key.pem.pub") == (0, "INTACT", "")
    site.bend(PAGE, lambda text: text.replace('href="tel:', 'href="tel:+5715550199" data-x="'))
    assert run(tmp_path / "key.pem.pub") == (1, "ALTERE", "")


def test_in_spanish(is_signed, check, site):
    status, lines = check(site.address + PAGE, language="es")
    assert (status, lines[-1][:7]) == (0, "INTACTA")


def test_an_edition_after_the_checkpoint_is_newer(three, check, site):
    status, lines = check(site.address + PAGE)
    assert (status, lines[-1][:5]) == (3, "NEWER")
    # One before it is proved by the chain from it to the signed one.
    assert check(f"{site.address}/servicios/uno/ediciones/1/")[0] == 0


def test_a_service_that_no_checkpoint_knows_is_newer(three, key, check, site):
    published("dos")
    site.learn("/servicios/dos/", "/api/v1/services/dos/", "/api/v1/services/dos/editions/1/proof/")
    status, lines = check(f"{site.address}/servicios/dos/")
    assert (status, lines[-1][:5]) == (3, "NEWER")


PROOF = f"{API}editions/3/proof/"


def forged(change):
    """A proof with another document, whose digest fits it."""

    def forge(text):
        answer = json.loads(text)
        change(answer)
        hashed = check_page.hashlib.sha256(f"{answer['nonce']}\n{answer['document']}".encode())
        link = json.loads(answer["links"][-1])
        link[5] = hashed.hexdigest()
        answer["links"][-1] = json.dumps(link, separators=(",", ":"))
        answer["digest"] = check_page.hashlib.sha256(answer["links"][-1].encode()).hexdigest()
        return json.dumps(answer)

    return forge


def other_name(answer):
    answer["document"] = answer["document"].replace("Tres", "Estafa")


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (PROOF, lambda text: text.replace("Tres", "Estafa")),
        (PROOF, lambda text: text.replace('"nonce":"', '"nonce":"0')),
        (PROOF, forged(other_name)),
        (PROOF, lambda text: "{}"),
        (PROOF, lambda text: "[" * 10_000),
        (NOTE, lambda text: text.replace("edition 3", "edition 4")),
        (NOTE, lambda text: text.replace("2026-11-24", "2026-11-25")),
        (NOTE, lambda text: "hola\n"),
        (API, lambda text: "<html>"),
        (PAGE, lambda text: text.replace('href="tel:', 'href="tel:+5715550199" data-x="')),
        (PAGE, lambda text: text + '<a href="mailto:robo@example.net">'),
        (PAGE, lambda text: text + "<a href='https://wa.me/573009999999?text=x'>"),
    ],
)
def test_what_somebody_has_bent_is_found(is_signed, check, site, path, change):
    site.bend(path, change)
    status, lines = check(site.address + PAGE)
    assert status == 1
    assert not [line for line in lines if line.startswith("INTACT")]


def test_an_older_edition_in_the_place_of_the_current_one_is_no_forgery_but_its_day_is_told(
    is_signed, check, site
):
    """A copy that somebody holds back is intact; the age of its checkpoint tells."""
    site.answers[NOTE] = 200, {}, Checkpoint.objects.get(number=1).note.encode()
    status, lines = check(f"{site.address}/servicios/uno/ediciones/1/")
    assert (status, lines[0][:36]) == (0, "Checkpoint 1, signed on 2026-11-23 1")


def test_the_proof_of_another_service_proves_nothing(is_signed, key, check, site):
    published("dos", at=NEXT_DAY)
    signed(key, NEXT_DAY.replace(hour=18))
    learn(site)
    other = "/api/v1/services/dos/editions/1/proof/"
    site.learn(other)
    for path in (PROOF, f"{API}editions/1/proof/"):
        site.bent[path] = site.answers[other]
    site.bend(API, lambda text: text.replace('"number":3', '"number":1'))
    status, lines = check(site.address + PAGE)
    assert (status, lines[-1][:7]) == (1, "ALTERED")


def test_a_checkpoint_that_was_kept_finds_history_that_was_rewritten(
    is_signed, check, site, tmp_path
):
    kept = tmp_path / "kept.txt"
    kept.write_text(Checkpoint.objects.get(number=1).note)
    assert check(f"{site.address}/servicios/uno/ediciones/1/", "--checkpoint", str(kept))[0] == 0
    proof = f"{API}editions/1/proof/?to=2"
    site.bend(proof, lambda text: text.replace('"[', '"[ '))
    status, _lines = check(f"{site.address}/servicios/uno/ediciones/1/", "--checkpoint", str(kept))
    assert status == 1


def test_answers_that_were_kept_are_checked_without_a_network(is_signed, check, site, tmp_path):
    proof, note = tmp_path / "proof.json", tmp_path / "note.txt"
    proof.write_bytes(site.answers[PROOF][2])
    note.write_bytes(site.answers[NOTE][2])
    assert check(str(proof), "--checkpoint", str(note))[0] == 0
    assert check(str(proof)) == (1, [
        "With a proof that you kept, name the checkpoint: --checkpoint FILE",
    ])  # fmt: skip
    proof.write_bytes(site.answers[PROOF][2].replace(b"Tres", b"Cien"))
    assert check(str(proof), "--checkpoint", str(note))[0] == 1


def test_another_key_proves_nothing(is_signed, check, site, tmp_path):
    other = tmp_path / "other.pem"
    keys.make(other)
    status, lines = check(site.address + PAGE, public_key=keys.public_file(other))
    assert status == 1
    assert lines[0].startswith("The checkpoint is not signed with this key")


@pytest.mark.parametrize(
    "address",
    [
        "http://soporte.example.com/servicios/uno/",
        "ftp://localhost/servicios/uno/",
        "https://a@localhost/servicios/uno/",
        "https:///servicios/uno/",
        "http://localhost.example.com/servicios/uno/",
    ],
)
def test_only_https_is_read_and_this_computer(is_signed, check, address):
    status, lines = check(address)
    assert status == 1
    assert "https" in lines[0] or "--checkpoint" in lines[0]


def test_a_site_that_leads_elsewhere_is_not_followed(is_signed, check, site):
    elsewhere = {"Location": "http://127.0.0.1:9/"}
    site.bent[NOTE] = 302, elsewhere, b""
    status, lines = check(site.address + PAGE)
    assert (status, lines) == (1, ["The site leads elsewhere: http://127.0.0.1:9/"])


def test_answers_are_bounded(monkeypatch, is_signed, site):
    monkeypatch.setattr(check_page, "LARGEST", 100)
    with pytest.raises(Unusable, match="too large"):
        check_page.fetch(site.address + PAGE)


def test_what_is_not_there_is_told(is_signed, check, site, tmp_path):
    assert check(f"{site.address}/servicios/otro/")[0] == 1
    assert check(f"{site.address}/") == (1, [f"This is no page of a service: {site.address}/"])
    assert check(site.address + PAGE, public_key=tmp_path / "no.pub")[0] == 1
    assert check(site.address + PAGE, "--checkpoint", str(tmp_path / "no.txt"))[0] == 1


def test_the_program_is_handed_out_as_it_is(client):
    response = client.get("/check_page.py")
    assert response.content == Path(check_page.__file__).read_bytes()
    assert response["Content-Type"] == "text/x-python; charset=utf-8"


def test_it_needs_the_standard_library_alone():
    source = Path(check_page.__file__).read_text()
    modules = check_page.re.findall(r"^(?:import|from) (\w+)", source, check_page.re.MULTILINE)
    assert {*modules} <= {*sys.stdlib_module_names}


def test_a_note_with_carriage_returns_is_read(is_signed):
    """As mail programs and editors of other systems write it."""
    note = Checkpoint.objects.newest().note
    assert read_note(note.replace("\n", "\r\n")) == read_note(note)
