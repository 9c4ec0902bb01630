"""People with second factors, and how they sign in."""

import json
import time

import cbor2
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from webauthn.helpers import bytes_to_base64url

from directory.admin.second_factor import asking, codes
from directory.models import Passkey
from tests.addresses import INDEX
from tests.authenticator import Authenticator
from tests.factories import UserFactory

PASSWORD = "cuatro palabras sin nexo"
LOGIN = f"{INDEX}login/"
ASK = "/admin/second-factor/"
OVERVIEW = "/admin/account/second-factor/"


def person(name="eva", **fields):
    """Somebody of the staff whose password is PASSWORD."""
    fields = {"is_staff": True, "is_superuser": True, "email": f"{name}@example.com", **fields}
    user = UserFactory(username=name, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def with_app(user):
    """The authenticator app of somebody."""
    return TOTPDevice.objects.create(user=user, name="app", confirmed=True)


def code_of(device, steps=0):
    """What the app shows now, or some steps of half a minute before or after."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06d}"


def with_passkey(user, **options):
    """A passkey of somebody, as the authenticator that has it."""
    key = Authenticator(**options)
    asked = {"rp": {"id": "testserver"}, "challenge": bytes_to_base64url(b"x")}
    made = json.loads(key.create(asked))
    numbers = key.private.public_key().public_numbers()
    x, y = (each.to_bytes(32, "big") for each in (numbers.x, numbers.y))
    public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
    Passkey.objects.create(user=user, name="Llave", credential_id=made["id"], public_key=public)
    return key


def recovery_codes(user):
    return codes.new_recovery_codes(user)


def give_password(client, user, password=PASSWORD, **options):
    sent = {"username": user.username, "password": password, "next": INDEX}
    return client.post(LOGIN, sent, **options)


def give_code(client, code, **sent):
    return client.post(ASK, {asking.CODE: code, "next": INDEX, **sent})


def options(client, purpose):
    """What the page is told to ask the browser."""
    return client.post(reverse("backoffice:passkey-options"), {"purpose": purpose})


def give_passkey(client, key, asked=None, **given):
    asked = asked or options(client, "second").json()
    return client.post(ASK, {asking.PASSKEY: key.get(asked, **given), "next": INDEX})


def sign_in(client, user, device):
    """Sign in with the password and a code of the app."""
    give_password(client, user)
    return give_code(client, code_of(device))


def is_inside(client):
    return client.get(INDEX).status_code == 200
