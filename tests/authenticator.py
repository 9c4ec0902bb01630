"""A security key in software: answers what a page asks for, as browsers do."""

import hashlib
import json

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

ORIGIN = "http://testserver"
PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


class Authenticator:
    """A key of its own for each `number`; `verifies` whose hand it is in."""

    def __init__(self, number=1, verifies=True, origin=ORIGIN):
        self.private = ec.derive_private_key(10**30 + number, ec.SECP256R1())
        self.id = hashlib.sha256(bytes([number])).digest()
        self.origin, self.count = origin, 0
        self.flags = PRESENT | (VERIFIED if verifies else 0)

    def create(self, options):
        """The answer to what asks for a new passkey, as text."""
        numbers = self.private.public_key().public_numbers()
        x, y = (each.to_bytes(32, "big") for each in (numbers.x, numbers.y))
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        added = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        data = self._data(options["rp"]["id"], self.flags | HAS_KEY) + added
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {"attestationObject": bytes_to_base64url(attestation), "transports": ["usb"]}
        return self._answer("create", options, response)

    def get(self, options, count=None):
        """The answer to what asks for the passkey, as text; `count` is what it says of its uses."""
        self.count = self.count + 1 if count is None else count
        data = self._data(options["rpId"], self.flags)
        signed = data + hashlib.sha256(self._client("get", options)).digest()
        signature = self.private.sign(signed, ec.ECDSA(SHA256()))
        response = {
            "authenticatorData": bytes_to_base64url(data),
            "signature": bytes_to_base64url(signature),
            "userHandle": None,
        }
        return self._answer("get", options, response)

    def _data(self, host, flags):
        return (
            hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")
        )

    def _client(self, kind, options):
        said = {
            "type": f"webauthn.{kind}",
            "challenge": options["challenge"],
            "origin": self.origin,
        }
        return json.dumps(said).encode()

    def _answer(self, kind, options, response):
        assert base64url_to_bytes(options["challenge"])
        response["clientDataJSON"] = bytes_to_base64url(self._client(kind, options))
        key = bytes_to_base64url(self.id)
        return json.dumps({"id": key, "rawId": key, "type": "public-key", "response": response})
