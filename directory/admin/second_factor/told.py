"""Mails that tell somebody what became of the second factor or of the password."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from config.client_address import client_address
from config.origin import origin

logger = logging.getLogger(__name__)

SUBJECT = gettext_lazy("%(organization)s: the second factor of your account")
ADDED = gettext_lazy("A second factor was added to your account: %(what)s.")
REMOVED = gettext_lazy("A second factor was removed from your account: %(what)s.")
NEW_CODES = gettext_lazy(
    "New recovery codes were made for your account; the former are good no more."
)
RESET = gettext_lazy(
    "%(who)s removed all second factors of your account, as you had asked for. Sign in with your "
    "password and set up another."
)
RECOVERED = gettext_lazy("All second factors of your account were removed by a link from a mail.")
NEW_ADDRESS = gettext_lazy("Your account got another e-mail address: mails go there from now on.")
CODE_USED = gettext_lazy(
    "Somebody came in to your account with a recovery code. If that was not you, change your "
    "password and make new codes now."
)
WRONG_CODES = gettext_lazy(
    "Somebody who knows your password typed wrong codes for your account, many times. If that was "
    "not you, change your password now."
)


def site(request: HttpRequest) -> str:
    """Where the back office is: not the host that the request names, which anybody may write."""
    return settings.BACK_OFFICE_URL or origin(request)


def tell(
    request: HttpRequest, person: User, event: str | Promise, to: str = "", **details: Any
) -> None:
    """Write to somebody what happened, at the address `to` if that is given. What cannot be sent is
    logged: it happened all the same."""
    address = to or person.email
    if not address:
        return
    with override(settings.LANGUAGE_CODE):
        context = {
            "name": person.get_short_name() or person.get_username(),
            "what": str(event) % details,
            "at": timezone.now(),
            "address": client_address(request),
            "organization": settings.ORGANIZATION.name,
            "link": site(request) + reverse("backoffice:second-factors"),
        }
        subject = str(SUBJECT) % context
        text = render_to_string("admin/mail/second_factor.txt", context)
    try:
        send_mail(" ".join(subject.split()).lstrip(": "), text, None, [address])
    except (OSError, ValueError):
        logger.exception("No mail about the second factor could be sent to user %s", person.pk)
