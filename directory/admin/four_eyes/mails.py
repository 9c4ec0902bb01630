"""Mails to people of the back office about what others did there.

They are sent after the transaction, one after the other over one connection: nobody waits for
their turn meanwhile. A mail that cannot be sent is logged, and what was done stays.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import override

from config.origin import origin
from directory.contacts.addresses import for_programs

# Of one act; each person gets one.
MAILS_AT_MOST = 50
# A server that does not answer is asked no more.
FAILURES_AT_MOST = 2
LONGEST_SUBJECT = 150
BY_MACHINE = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

logger = logging.getLogger(__name__)


def site(request: HttpRequest | None) -> str:
    """What the links in mails begin with."""
    return settings.BACK_OFFICE_URL or origin(request)


def named(person: AbstractUser) -> str:
    """Somebody's name, which everybody can change, and the user name, which stays."""
    name, username = person.get_full_name(), person.get_username()
    return f"{name} ({username})" if name else username


def send(people: Iterable[AbstractUser], subject: str, template: str, context: Any) -> None:
    """Write to people, each once, in the language of the site; `subject` and `context` are theirs
    too. Never raises."""
    by_address = {each.email.casefold(): each for each in people if each.email and each.is_active}
    failures = 0
    try:
        with override(settings.LANGUAGE_CODE):
            mails = [
                _mail(person, subject, template, context)
                for person in list(by_address.values())[:MAILS_AT_MOST]
            ]
            if len(by_address) > MAILS_AT_MOST:
                logger.warning("%d people were not written to", len(by_address) - MAILS_AT_MOST)
        connection = get_connection()
        for mail in mails:
            try:
                connection.send_messages([mail])
            except (OSError, ValueError):
                failures += 1
                logger.exception("A mail could not be sent")
                if failures >= FAILURES_AT_MOST:
                    break
    except Exception:
        logger.exception("Mails could not be sent")


def _mail(person: AbstractUser, subject: str, template: str, context: Any) -> EmailMessage:
    name = person.get_short_name() or person.get_username()
    body = render_to_string(f"admin/mail/{template}.txt", {"name": name, **context})
    return EmailMessage(
        subject=Truncator(" ".join(subject.split())).chars(LONGEST_SUBJECT),
        body=body.strip() + "\n",
        to=[for_programs(person.email)],
        headers=BY_MACHINE,
    )
