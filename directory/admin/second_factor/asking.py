"""The second factor as it is typed or shown, and counted."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from directory.admin.second_factor import codes, passkeys
from directory.admin.sign_in import limits

# The fields.
CODE, PASSKEY = "_second_factor_code", "_second_factor_passkey"


class Wrong(Exception):
    """What was typed or shown is not the second factor; the text says what to do."""


def given(request: HttpRequest, person: User, purpose: str) -> Any:
    """The device with which the second factor of a person was sent; None if none was sent. Raises
    Wrong and `limits.TooManyTries`."""
    code, answer = request.POST.get(CODE, "").strip(), request.POST.get(PASSKEY, "")
    if not code and not answer:
        return None
    with limits.trying(request, limits.CODE, person.get_username()):
        if answer:
            try:
                return passkeys.use(request, purpose, answer, person)
            except passkeys.Refused as error:
                raise Wrong(str(error)) from error
        if device := codes.use(person, code):
            return device
        raise Wrong(
            _(
                "That is not a code that is good now: each is good once. Type the one that the app "
                "shows now, or a recovery code."
            )
        )
