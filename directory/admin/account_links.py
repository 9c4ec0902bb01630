"""Mails with a link with which somebody sets the password of an account.

A link is good once, and for as many days as PASSWORD_LINK_VALID_FOR_DAYS says: Django's tokens end
with every change of the password, and with signing in.
"""

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.functional import Promise
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy, override

from config.origin import origin

# What who does not know the password may ask for.
ONCE_IN = 5 * 60
FROM_ONE_ADDRESS_AT_MOST = 20
COUNTED_FOR = 60 * 60


class NotSent(Exception):
    """A mail could not be sent; the text says why, as the mail server has it."""


def send_invitation(request: HttpRequest, person: User) -> None:
    """Write to somebody who was invited. Raises NotSent."""
    subject = gettext_lazy("%(organization)s: you are invited to the support directory")
    _send(request, person, subject, "directory/mail/invitation.txt")


def send_password_link(request: HttpRequest, person: User) -> None:
    """Write to somebody who forgot the password. Raises NotSent."""
    subject = gettext_lazy("%(organization)s: a new password for the support directory")
    _send(request, person, subject, "directory/mail/password_link.txt")


def may_ask(request: HttpRequest, person: User | None) -> bool:
    """Whether a link may be asked for from where the request comes, and for this account, again;
    counts it. The counts are of one process and forgotten when it ends."""
    asked = f"password-links-from:{get_client_ip_address(request)}"
    cache.add(asked, 0, COUNTED_FOR)
    if cache.incr(asked) > FROM_ONE_ADDRESS_AT_MOST:
        return False
    return person is None or cache.add(f"password-link-of:{person.pk}", 1, ONCE_IN)


def _send(request: HttpRequest, person: User, subject: Promise, template: str) -> None:
    # Not the host that the request names: anybody may write one who asks for the link of another.
    site = settings.BACK_OFFICE_URL or origin(request)
    key = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    sender = request.user if request.user.is_authenticated else None
    with override(settings.LANGUAGE_CODE):
        context = {
            "person": person,
            "name": person.get_short_name() or person.get_username(),
            "sender": sender and (sender.get_full_name() or sender.get_username()),
            "organization": settings.ORGANIZATION.name,
            "link": site + reverse("backoffice:password-set", args=[key, token]),
            "sign_in": site + reverse("admin:login"),
            "days": settings.PASSWORD_LINK_VALID_FOR_DAYS,
        }
        title = str(subject) % context
        text = render_to_string(template, context)
    try:
        send_mail(" ".join(title.split()).lstrip(": "), text, None, [person.email])
    except (OSError, ValueError) as error:
        # Also what smtplib raises, and what no mail can carry.
        raise NotSent(str(error)) from error
