"""Mails with a link with which somebody sets the password of an account.

A link is good once, and for as many days as PASSWORD_LINK_VALID_FOR_DAYS says: Django's tokens end
with every change of the password, and with signing in.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.functional import Promise
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy, override

from config.client_address import client_network
from config.origin import origin
from directory.audit.log import note
from directory.models import Event, TryCount

# What who does not know the password may ask for.
ONCE_IN = 5 * 60
FROM_ONE_PLACE_AT_MOST = 20
SALT, KIND = "directory.admin.account_links", "link"


class NotSent(Exception):
    """A mail could not be sent; the text says why, as the mail server has it."""


def send_invitation(request: HttpRequest, person: User) -> None:
    """Write to somebody who was invited. Raises NotSent."""
    subject = gettext_lazy("%(organization)s: you are invited to the support directory")
    _send(request, person, subject, "admin/mail/invitation.txt")
    note(Event.PERSON_INVITED, request=request, about=person, email=person.email)


def send_password_link(request: HttpRequest, person: User) -> None:
    """Write to somebody who forgot the password. Raises NotSent."""
    subject = gettext_lazy("%(organization)s: a new password for the support directory")
    _send(request, person, subject, "admin/mail/password_link.txt")
    note(Event.PASSWORD_LINK_SENT, request=request, about=person, email=person.email)


def password_link(person: User, site: str) -> str:
    """The address where somebody sets the password of the account."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return site + reverse("backoffice:password-set", args=[key, token])


def may_ask(request: HttpRequest, person: User | None) -> bool:
    """Whether a link may be asked for from where the request comes, and for this account, again;
    counts it."""
    now, take = timezone.now(), TryCount.objects.take
    place = salted_hmac(SALT, f"from {client_network(request)}").hexdigest()
    if not take(place, FROM_ONE_PLACE_AT_MOST, now, KIND):
        return False
    if person is None:
        return True
    account = salted_hmac(SALT, f"of {person.pk}").hexdigest()
    return take(account, 1, now, KIND, window=timedelta(seconds=ONCE_IN))


def _send(request: HttpRequest, person: User, subject: Promise, template: str) -> None:
    # Not the host that the request names: anybody may write one who asks for the link of another.
    site = settings.BACK_OFFICE_URL or origin(request)
    sender = request.user if request.user.is_authenticated else None
    with override(settings.LANGUAGE_CODE):
        context = {
            "person": person,
            "name": person.get_short_name() or person.get_username(),
            "sender": sender and (sender.get_full_name() or sender.get_username()),
            "organization": settings.ORGANIZATION.name,
            "link": password_link(person, site),
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
