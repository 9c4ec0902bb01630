"""Codes: those of an authenticator app, good once each (RFC 6238), and recovery codes.

Both are devices of django-otp. Of recovery codes a keyed digest is stored: who reads the table has
none. Of the app its key has to be stored as it is.
"""

import re
from secrets import choice

import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

CODES = 10
# Without those that are taken for others.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
HALF = 5
# What the column of the library holds.
DIGEST_LENGTH = 16
APP = "app"


def new_key() -> str:
    """A key for an app, in hexadecimal digits."""
    return default_key()


def app_with(person: User, key: str) -> TOTPDevice:
    """The app of a person with this key, not stored."""
    return TOTPDevice(user=person, name=APP, key=key)


def picture(device: TOTPDevice) -> str:
    """What an app reads from the screen: a QR code as an address of the scheme “data:”."""
    code = segno.make(device.config_url, error="m")
    return str(code.svg_data_uri(scale=5, border=3, dark="#000", light="#fff"))


def add_app(person: User, key: str, code: str) -> TOTPDevice | None:
    """Store an app in place of the one before; None if the code is not one of its."""
    if not _is_app_code(code):
        return None
    with transaction.atomic():
        TOTPDevice.objects.filter(user=person, confirmed=False).delete()
        device = app_with(person, key)
        device.confirmed = False
        device.save()
        if not device.verify_token(code):
            device.delete()
            return None
        TOTPDevice.objects.filter(user=person).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save()
    return device


def use(person: User, typed: str) -> TOTPDevice | StaticDevice | None:
    """The device whose code was typed, which is good no more then; None if it is none of this
    person."""
    code = re.sub(r"[\s-]", "", typed).lower()
    if _is_app_code(code):
        return _verified(TOTPDevice, person, [code])
    if len(code) != 2 * HALF or set(code) - set(LETTERS):
        return None
    return _verified(StaticDevice, person, _digests(person, code))


def new_recovery_codes(person: User) -> list[str]:
    """Make new recovery codes in place of those before: “abcde-fghjk”."""
    codes = ["".join(choice(LETTERS) for _each in range(2 * HALF)) for _number in range(CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=person).delete()
        device = StaticDevice.objects.create(user=person, name="recovery codes")
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=_digests(person, code)[0]) for code in codes
        )
    return [f"{code[:HALF]}-{code[HALF:]}" for code in codes]


def _is_app_code(code: str) -> bool:
    return re.fullmatch(r"[0-9]{6}", code) is not None


def _verified(
    model: type[TOTPDevice] | type[StaticDevice], person: User, tokens: list[str]
) -> TOTPDevice | StaticDevice | None:
    for device in model.objects.filter(user=person, confirmed=True):
        for token in tokens:
            # With the row locked: of two that send it at once, one comes in.
            if found := verify_token(person, device.persistent_id, token):
                return found
    return None


def _digests(person: User, code: str) -> list[str]:
    """What is stored of a recovery code, under the secret key and the earlier ones."""
    value = f"{person.pk} {code}"
    return [
        salted_hmac("directory.admin.recovery_codes", value, secret=secret).hexdigest()[
            :DIGEST_LENGTH
        ]
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
