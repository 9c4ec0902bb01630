"""Check a page of a support directory against its signed checkpoint.

    python3 check_page.py https://SITE/servicios/SERVICE/ --public-key SITE.pub

Needs Python 3.9 or newer and nothing else. It reads the page, its edition and the newest
checkpoint, computes the digest of the edition anew, and says whether it is what was signed, and the
contacts that were. Exit status: 0 for an intact page, 1 for one that was altered or cannot be
checked, 2 for a wrong call, 3 for a page that is newer than the last checkpoint, so not signed yet.

With --checkpoint FILE the page is checked against a checkpoint that you kept. With that, an answer
of /api/v1/services/SERVICE/editions/N/proof/ that you kept may be named instead of an address.

Take the public key, and this file, some other way than from the site that you check: printed, from
a mail, from a colleague. The checkpoint is a signed note (https://c2sp.org/signed-note) with
Ed25519 (RFC 8032).
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import html
import json
import locale
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

# ---- Ed25519: verifying alone (RFC 8032, 5.1.7) -------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
Verifying = Callable[[bytes, bytes, bytes], bool]


def _added(one: Point, other: Point) -> Point:
    """The sum of two points in extended homogeneous coordinates (5.1.4)."""
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a, b = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    c, d = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _added(result, point)
        point = _added(point, point)
        number >>= 1
    return result


def _point(octets: bytes) -> Point | None:
    """The point that 32 octets encode (5.1.3); None if they encode none."""
    number = int.from_bytes(octets, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def _octets(point: Point) -> bytes:
    x, y, z, _t = point
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE_Y = 4 * pow(5, -1, P) % P
BASE = _point(BASE_Y.to_bytes(32, "little"))


def is_signature(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether these 64 octets sign the message by the key of these 32."""
    if len(public_key) != 32 or len(signature) != 64 or BASE is None:
        return False
    key, s = _point(public_key), int.from_bytes(signature[32:], "little")
    if key is None or s >= L:
        return False
    hashed = hashlib.sha512(signature[:32] + public_key + message).digest()
    k = int.from_bytes(hashed, "little") % L
    negative = (P - key[0], key[1], 1, P - key[3])
    return _octets(_added(_times(s, BASE), _times(k, negative))) == signature[:32]


# ---- Signed notes ---------------------------------------------------------------------------

# RFC 8410: what stands before the 32 octets of an Ed25519 key.
KEY_PREFIX = bytes.fromhex("302a300506032b6570032100")
# Of a note with Ed25519 (https://c2sp.org/signed-note).
ALGORITHM = b"\x01"
LONGEST_NOTE = 20_000_000
SIGNATURE = re.compile(r"— (\S+) ([A-Za-z0-9+/]+={0,2})")


class Unusable(Exception):
    """What cannot be checked, or was altered: a message, and what it speaks of."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message, params)
        self.message, self.params = message, params

    def __str__(self) -> str:
        return self.message % self.params


class Signature(NamedTuple):
    """A line below a note: the name of its key, the key's id, and what signs."""

    name: str
    key_id: bytes
    octets: bytes


class Note(NamedTuple):
    """What was signed, with its last line break, and by which keys."""

    text: str
    signatures: tuple[Signature, ...]

    def is_signed_by(self, name: str, public_key: bytes, verify: Verifying = is_signature) -> bool:
        """Whether one of the signatures is by this key, under this name."""
        return any(
            each[:2] == (name, key_id(name, public_key))
            and verify(public_key, self.text.encode(), each.octets)
            for each in self.signatures
        )


def key_id(name: str, public_key: bytes) -> bytes:
    """The four octets that tell which key a signature is by."""
    return hashlib.sha256(name.encode() + b"\n" + ALGORITHM + public_key).digest()[:4]


def read_note(text: str) -> Note:
    """The note that a text is. Raises Unusable."""
    body, gap, below = text.replace("\r\n", "\n").rpartition("\n\n")
    lines = below.rstrip("\n").split("\n")
    matches = [SIGNATURE.fullmatch(line.rstrip()) for line in lines]
    if not gap or len(text) > LONGEST_NOTE:
        raise Unusable("This is no checkpoint: it ends without signatures.")
    signatures = []
    for match in matches:
        try:
            octets = base64.b64decode(match[2], validate=True) if match else b""
        except binascii.Error:
            octets = b""
        if not match or len(octets) < 5:
            raise Unusable("This is no checkpoint: a line of its signatures cannot be read.")
        signatures.append(Signature(match[1], octets[:4], octets[4:]))
    return Note(body + "\n", tuple(signatures))


def read_public_key(text: str) -> bytes:
    """The 32 octets of an Ed25519 public key in PEM (RFC 8410), or of a verifier key of signed
    notes: name+id+base64. Raises Unusable."""
    pem = re.search(r"-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----", text)
    verifier = re.fullmatch(r"[^\s+]+\+[0-9a-f]{8}\+([A-Za-z0-9+/]+={0,2})", text.strip())
    prefix = KEY_PREFIX if pem else ALGORITHM
    try:
        match = pem or verifier
        octets = base64.b64decode("".join(match[1].split()), validate=True) if match else b""
    except binascii.Error:
        octets = b""
    if len(octets) != len(prefix) + 32 or not octets.startswith(prefix):
        raise Unusable(
            "This is no Ed25519 public key. It is a file that begins with “BEGIN PUBLIC KEY”."
        )
    return octets[len(prefix) :]


# ---- Checkpoints ------------------------------------------------------------------------------

SERVICE = re.compile(r"service (\S+) edition ([1-9]\d{0,9}) digest ([0-9a-f]{64}) id (\S+)")
# What may stand between the number and the services, each once.
FACT = re.compile(r"(signed|before|site-was|key-was|key-lost) (\S+)")


class SignedService(NamedTuple):
    """What a checkpoint says of a service: its newest edition, and what it is called for ever."""

    slug: str
    number: int
    digest: str
    identity: str


class SignedCheckpoint(NamedTuple):
    """What a note says. `before` is the SHA-256 of the text of the checkpoint before, empty for the
    first. Where this one came with another key, `key_was` is the verifier key of those before;
    where nobody has that any more (`is_key_lost`), its id. Where the site has moved, `site_was` is
    the origin of those before."""

    origin: str
    number: int
    signed_at: datetime
    before: str
    services: tuple[SignedService, ...]
    site_was: str
    key_was: str
    is_key_lost: bool


def read_checkpoint(text: str) -> SignedCheckpoint:
    """What the text of a note says. Raises Unusable."""
    origin, *lines = text.removesuffix("\n").split("\n")
    numbered = re.fullmatch(r"checkpoint ([1-9]\d{0,9})", lines[0]) if lines else None
    if not numbered or not re.fullmatch(r"\S+/directory-checkpoint", origin):
        raise Unusable("This is no checkpoint of a support directory.")
    facts: dict[str, str] = {}
    services = []
    for number, line in enumerate(lines[1:], 3):
        service, fact = SERVICE.fullmatch(line), FACT.fullmatch(line)
        if service:
            services.append(SignedService(service[1], int(service[2]), service[3], service[4]))
        elif fact and fact[1] not in facts and not services:
            facts[fact[1]] = fact[2]
        else:
            raise Unusable("Line %(number)d of the checkpoint cannot be read.", number=number)
    before = facts.get("before", "")
    if "key-was" in facts and "key-lost" in facts:
        raise Unusable("The checkpoint says two things of the key before.")
    try:
        signed_at = datetime.strptime(facts.get("signed", ""), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError as error:
        raise Unusable("The checkpoint does not say when it was signed.") from error
    if bool(before) == (numbered[1] == "1") or not re.fullmatch(r"([0-9a-f]{64})?", before):
        raise Unusable("The checkpoint does not say which one was before it.")
    return SignedCheckpoint(
        origin=origin,
        number=int(numbered[1]),
        signed_at=signed_at,
        before=before,
        services=tuple(services),
        site_was=facts.get("site-was", ""),
        key_was=facts.get("key-was", "") or facts.get("key-lost", ""),
        is_key_lost="key-lost" in facts,
    )


# ---- Editions ---------------------------------------------------------------------------------

ALTERED_CONTENTS = "ALTERED: the contents of edition %(number)d are not those of its digest."


class Proof(NamedTuple):
    """An edition whose parts fit together: `digests` are those of the chain, by number, from it to
    the one that was asked for too; what it said is None if it was withdrawn."""

    number: int
    identity: str
    document: dict[str, Any] | None
    digests: dict[int, str]


def read_proof(content: bytes) -> Proof:
    """What an answer of the API proves of an edition. Raises Unusable, also where its parts do not
    fit together."""
    try:
        answer = json.loads(content)
        number, links = answer["number"], [json.loads(each) for each in answer["links"]]
        digests = {
            link[1]: hashlib.sha256(text.encode()).hexdigest()
            for link, text in zip(links, answer["links"])
        }
        following = all(
            (one[1] + 1, digests[one[1]]) == (other[1], other[6])
            for one, other in zip(links, links[1:])
        )
        by_number = {link[1]: link for link in links}
        text, nonce, said = answer["document"], answer["nonce"], by_number[number][5]
        document = None
        if text is not None:
            hashed = hashlib.sha256(f"{nonce}\n{text}".encode()).hexdigest()
            if hashed != said:
                raise Unusable(ALTERED_CONTENTS, number=number)
            document = json.loads(text)
        identity = str(answer["identity"])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise Unusable("The answer cannot be read as the proof of an edition.") from error
    if not following or len(digests) != len(links) or digests[number] != answer.get("digest"):
        raise Unusable("ALTERED: the digests of the editions do not follow from each other.")
    if document is not None and not isinstance(document, dict):
        raise Unusable("The answer cannot be read as the proof of an edition.")
    return Proof(number, identity, document, digests)


def contacts_of(part: Any) -> Iterator[tuple[str, str]]:
    """(label, value) of all numbers and addresses that a document gives."""
    if isinstance(part, dict):
        if isinstance(part.get("value"), str):
            yield str(part.get("label", "")), part["value"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from contacts_of(each)


LINK = re.compile(r"""href=["']((?:tel|sms|mailto):[^"']*|https://wa\.me/[^"']*)["']""")


def foreign_links(page: str, document: dict[str, Any]) -> list[str]:
    """The numbers and mail addresses that a page links and its document does not give."""
    values = [value for _label, value in contacts_of(document)]
    digits = [re.sub(r"\D", "", value) for value in values]
    found = []
    for link in map(html.unescape, LINK.findall(page)):
        scheme, _colon, rest = link.partition(":")
        rest = urllib.parse.unquote(rest.removeprefix("//wa.me/").split("?")[0])
        if scheme == "mailto":
            known = rest in values
        else:
            # Before the pause for an extension; at home without the country code, or with a zero.
            dialled = re.sub(r"\D", "", rest.split(",")[0].split(";")[0]).lstrip("0")
            known = any(each.lstrip("0").endswith(dialled) for each in digits if dialled)
        if not known and link not in found:
            found.append(link)
    return found


# ---- The network ------------------------------------------------------------------------------

LARGEST = 20_000_000
PATIENCE = 30
AT_HOME = ("localhost", "127.0.0.1", "::1")


class OnlyThere(urllib.request.HTTPRedirectHandler):
    """Follows redirects within the site alone."""

    def redirect_request(self, request: Any, *args: Any) -> Any:
        """The request that follows. Raises Unusable for one that leads elsewhere."""
        if site_of(args[-1]) != site_of(request.full_url):
            raise Unusable("The site leads elsewhere: %(address)s", address=args[-1])
        return super().redirect_request(request, *args)


def site_of(address: str) -> str:
    """The origin of an address. Raises Unusable unless it is https, or of this computer."""
    parts = urllib.parse.urlsplit(address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in AT_HOME)
    if not is_safe or not parts.hostname or "@" in parts.netloc:
        raise Unusable("Write a whole address that begins with https: %(address)s", address=address)
    return f"{parts.scheme}://{parts.netloc}"


def origins_of(site: str) -> list[str]:
    """The first lines that a checkpoint of a site may have."""
    parts = urllib.parse.urlsplit(site)
    found = [f"{parts.netloc.encode('idna').decode()}/directory-checkpoint"]
    # One on this computer need not know its address.
    return [*found, "localhost/directory-checkpoint"] if parts.hostname in AT_HOME else found


def fetch(address: str) -> bytes:
    """What is at an address. Raises Unusable for what cannot be read, or is too large."""
    site_of(address)
    opener = urllib.request.build_opener(OnlyThere)
    try:
        with opener.open(address, timeout=PATIENCE) as response:
            content: bytes = response.read(LARGEST + 1)
    except (OSError, ValueError, urllib.error.URLError) as error:
        raise Unusable("%(address)s cannot be read: %(why)s", address=address, why=error) from error
    if len(content) > LARGEST:
        raise Unusable("%(address)s is too large.", address=address)
    return content


def read_file(name: str) -> bytes:
    """What is in a file. Raises Unusable."""
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise Unusable("%(address)s cannot be read: %(why)s", address=name, why=error) from error


# ---- Checking ---------------------------------------------------------------------------------

PAGE = re.compile(r"/(?:servicios|api/v1/services)/([\w-]+)/(?:(?:ediciones|editions)/(\d+)/)?")
CHECKPOINT = "/.well-known/directory-checkpoint"
INTACT, ALTERED, NEWER = 0, 1, 3


def check(address: str, public_key: bytes, kept: str | None) -> tuple[int, list[str]]:
    """The exit status and what to say of a page, or of a proof in a file. Raises Unusable."""
    if kept is None and not address.startswith(("https:", "http:")):
        raise Unusable("With a proof that you kept, name the checkpoint: --checkpoint FILE")
    site = site_of(address) if address.startswith(("https:", "http:")) else ""
    text = kept if kept is not None else fetch(site + CHECKPOINT).decode(errors="replace")
    note = read_note(text)
    checkpoint = read_checkpoint(note.text)
    if not note.is_signed_by(checkpoint.origin, public_key):
        ids = ", ".join(each.key_id.hex() for each in note.signatures)
        own = key_id(checkpoint.origin, public_key).hex()
        raise Unusable(
            "The checkpoint is not signed with this key (%(own)s): it is altered, or by another one "
            "(%(ids)s). Ask the company whether its key changed.",
            own=own,
            ids=ids,
        )
    if site and checkpoint.origin not in origins_of(site):
        raise Unusable("The checkpoint is of another site: %(origin)s", origin=checkpoint.origin)
    page, proof, signed = (
        _of_site(site, address, checkpoint) if site else ("", *_of_file(address, checkpoint))
    )
    return _outcome(page, proof, signed, checkpoint)


def _of_file(name: str, checkpoint: SignedCheckpoint) -> tuple[Proof, SignedService | None]:
    proof = read_proof(read_file(name))
    return proof, _signed(proof.identity, checkpoint)


def _of_site(
    site: str, address: str, checkpoint: SignedCheckpoint
) -> tuple[str, Proof, SignedService | None]:
    """The page, its edition and what was signed of its service."""
    place = PAGE.search(urllib.parse.urlsplit(address).path)
    if not place:
        raise Unusable("This is no page of a service: %(address)s", address=address)
    api = f"{site}/api/v1/services/{place[1]}/"
    number = int(place[2]) if place[2] else _current(api)
    proof = read_proof(fetch(f"{api}editions/{number}/proof/"))
    signed = _signed(proof.identity, checkpoint)
    if signed and signed.number != number:
        proof = read_proof(fetch(f"{api}editions/{number}/proof/?to={signed.number}"))
    slug = proof.document.get("slug") if proof.document else place[1]
    if proof.number != number or slug not in (place[1], signed.slug if signed else ""):
        raise Unusable("ALTERED: the site answers with another edition than the one of this page.")
    page = "" if "/api/" in address else fetch(address).decode(errors="replace")
    return page, proof, signed


def _current(api: str) -> int:
    try:
        return int(json.loads(fetch(api))["edition"]["number"])
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable("The answer cannot be read: %(address)s", address=api) from error


def _signed(identity: str, checkpoint: SignedCheckpoint) -> SignedService | None:
    return next((each for each in checkpoint.services if each.identity == identity), None)


def _outcome(
    page: str, proof: Proof, signed: SignedService | None, checkpoint: SignedCheckpoint
) -> tuple[int, list[str]]:
    words = {
        "number": proof.number,
        "checkpoint": checkpoint.number,
        "day": f"{checkpoint.signed_at:%Y-%m-%d %H:%M}",
        "age": (datetime.now(timezone.utc) - checkpoint.signed_at).days,
    }
    told = [say("Checkpoint %(checkpoint)d, signed on %(day)s (UTC), %(age)d days ago.", words)]
    foreign = foreign_links(page, proof.document) if page and proof.document else []
    if signed and proof.digests.get(signed.number) != signed.digest:
        told.append(say("ALTERED: edition %(number)d is not one of those that were signed.", words))
        return ALTERED, told
    if proof.document is None:
        told.append(
            say("Edition %(number)d was withdrawn; its digest is the one that was signed.", words)
        )
    for label, value in dict.fromkeys(contacts_of(proof.document)):
        told.append(f"  {label}: {value}" if label else f"  {value}")
    if foreign:
        words["links"] = ", ".join(foreign)
        told.append(
            say("ALTERED: the page leads to what its edition does not give: %(links)s", words)
        )
        return ALTERED, told
    if signed is None or proof.number > signed.number:
        message = (
            "NEWER than the checkpoint: edition %(number)d follows the signed one, and is not signed "
            "yet. Check again after the next checkpoint."
            if signed
            else "NEWER than the checkpoint, which does not know this service yet: edition %(number)d."
        )
        told.append(say(message, words))
        return NEWER, told
    told.append(
        say("INTACT: edition %(number)d is what was signed. It gives the contacts above.", words)
    )
    return INTACT, told


# ---- Words ------------------------------------------------------------------------------------

# A message, and below it what it is in Spanish.
WORDS = """
This is no checkpoint: it ends without signatures.
Esto no es un punto de control: termina sin firmas.
This is no checkpoint: a line of its signatures cannot be read.
Esto no es un punto de control: una línea de sus firmas no se puede leer.
This is no Ed25519 public key. It is a file that begins with “BEGIN PUBLIC KEY”.
Esta no es una llave pública Ed25519: es un archivo que tiene «BEGIN PUBLIC KEY».
This is no checkpoint of a support directory.
Este no es un punto de control de un directorio de soporte.
Line %(number)d of the checkpoint cannot be read.
La línea %(number)d del punto de control no se puede leer.
The checkpoint does not say when it was signed.
El punto de control no dice cuándo se firmó.
The checkpoint does not say which one was before it.
El punto de control no dice cuál es el anterior.
The checkpoint says two things of the key before.
El punto de control dice dos cosas de la llave anterior.
ALTERED: the contents of edition %(number)d are not those of its digest.
ALTERADA: el contenido de la edición %(number)d no es el de su huella.
The answer cannot be read as the proof of an edition.
La respuesta no se puede leer como la prueba de una edición.
ALTERED: the digests of the editions do not follow from each other.
ALTERADA: las huellas de las ediciones no se siguen una de otra.
The site leads elsewhere: %(address)s
El sitio lleva a otro lugar: %(address)s
Write a whole address that begins with https: %(address)s
Escriba una dirección completa que empiece por https: %(address)s
%(address)s cannot be read: %(why)s
No se puede leer %(address)s: %(why)s
%(address)s is too large.
%(address)s es demasiado grande.
With a proof that you kept, name the checkpoint: --checkpoint FILE
Con una prueba guardada, diga el punto de control: --checkpoint ARCHIVO
The checkpoint is not signed with this key (%(own)s): it is altered, or by another one (%(ids)s). Ask the company whether its key changed.
El punto de control no está firmado con esta llave (%(own)s): fue alterado o es de otra (%(ids)s). Pregunte a la empresa si su llave cambió.
The checkpoint is of another site: %(origin)s
El punto de control es de otro sitio: %(origin)s
This is no page of a service: %(address)s
Esta no es la página de un servicio: %(address)s
ALTERED: the site answers with another edition than the one of this page.
ALTERADA: el sitio responde con otra edición que la de esta página.
The answer cannot be read: %(address)s
La respuesta no se puede leer: %(address)s
Checkpoint %(checkpoint)d, signed on %(day)s (UTC), %(age)d days ago.
Punto de control %(checkpoint)d, firmado el %(day)s (UTC), hace %(age)d días.
ALTERED: edition %(number)d is not one of those that were signed.
ALTERADA: la edición %(number)d no es de las que se firmaron.
Edition %(number)d was withdrawn; its digest is the one that was signed.
La edición %(number)d se retiró; su huella es la que se firmó.
ALTERED: the page leads to what its edition does not give: %(links)s
ALTERADA: la página lleva a lo que su edición no da: %(links)s
NEWER than the checkpoint: edition %(number)d follows the signed one, and is not signed yet. Check again after the next checkpoint.
MÁS NUEVA que el punto de control: la edición %(number)d sigue a la firmada y aún no está firmada. Compruebe de nuevo después del próximo punto de control.
NEWER than the checkpoint, which does not know this service yet: edition %(number)d.
MÁS NUEVA que el punto de control, que aún no conoce este servicio: edición %(number)d.
INTACT: edition %(number)d is what was signed. It gives the contacts above.
INTACTA: la edición %(number)d es la que se firmó. Da los contactos de arriba.
"""
LINES = WORDS.strip().splitlines()
SPANISH = dict(zip(LINES[::2], LINES[1::2]))


def say(message: str, words: dict[str, Any]) -> str:
    """A message in the language of this computer: Spanish, else English."""
    language = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return (SPANISH.get(message, message) if language[:2] == "es" else message) % words


def main() -> int:
    """Check what the command line names; the exit status."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").split("\n")[0],
        epilog="0 intact, 1 altered or not to be checked, 2 wrong call, 3 newer than the checkpoint",
    )
    parser.add_argument("page", help="https://…/servicios/SERVICE/, or a file with a proof")
    parser.add_argument("--public-key", required=True, metavar="FILE")
    parser.add_argument("--checkpoint", metavar="FILE", help="one that you kept")
    options = parser.parse_args()
    try:
        key = read_public_key(read_file(options.public_key).decode(errors="replace"))
        kept = (
            read_file(options.checkpoint).decode(errors="replace") if options.checkpoint else None
        )
        status, told = check(options.page, key, kept)
    except Unusable as error:
        status, told = ALTERED, [say(error.message, error.params)]
    sys.stdout.write("\n".join([*told, ""]))
    return status


if __name__ == "__main__":
    sys.exit(main())
