"""Passkeys, and what a mail may do about second factors; codes are devices of django-otp."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from directory.models.sessions import Session


class Passkey(Device):
    """A public key of somebody's phone, computer or security key
    (https://www.w3.org/TR/webauthn-3/). `credential_id` is base64url; `sign_count` is that of the
    authenticator, which a copy of it gets wrong.
    """

    credential_id = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    class Meta(Device.Meta):
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class FactorRecovery(models.Model):
    """What a mailbox may do about the second factor of an account. `asked_at` is when the link was
    asked for that removes it, `digest` stands for that link; `password_mailed_at` is when the
    password was last set by a link from a mail: who has nothing but the mailbox waits the longest.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    password_mailed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="factorrecovery_has_a_link_where_it_is_asked_for",
                condition=models.Q(asked_at=None, digest="")
                | models.Q(asked_at__isnull=False) & ~models.Q(digest=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


def remove_second_factors(person: AbstractBaseUser) -> None:
    """Take all second factors of somebody away, recovery codes too, and end the sessions."""
    for model in (Passkey, TOTPDevice, StaticDevice, FactorRecovery, Session):
        model.objects.filter(user_id=person.pk).delete()
