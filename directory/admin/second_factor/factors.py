"""What somebody has as a second factor, and what becomes of it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.models import Passkey

FEW_CODES = 3


@dataclass(frozen=True)
class Factors:
    """The second factors of somebody: passkeys, the app, and how many recovery codes are left."""

    passkeys: list[Passkey]
    app: TOTPDevice | None
    codes: int

    @property
    def count(self) -> int:
        """How many there are. Recovery codes are none: they are for the day on which all are
        lost."""
        return len(self.passkeys) + (self.app is not None)

    @property
    def few_codes(self) -> bool:
        """Whether new recovery codes are due."""
        return self.codes <= FEW_CODES

    @property
    def may_lose_one(self) -> bool:
        """Whether one of them may be removed."""
        return self.count > 1 or not settings.SECOND_FACTOR_IS_REQUIRED


def factors_of(person: User) -> Factors:
    """What somebody has. Three queries."""
    return Factors(
        passkeys=list(Passkey.objects.filter(user=person)),
        app=TOTPDevice.objects.filter(user=person, confirmed=True).first(),
        codes=StaticToken.objects.filter(device__user=person).count(),
    )


def has_any(person: User) -> bool:
    """Whether somebody has a second factor. Two queries."""
    return (
        Passkey.objects.filter(user=person).exists()
        or TOTPDevice.objects.filter(user=person, confirmed=True).exists()
    )


def remove_codes_if_alone(person: User) -> None:
    """Recovery codes go with the last second factor."""
    if not has_any(person):
        StaticDevice.objects.filter(user=person).delete()
