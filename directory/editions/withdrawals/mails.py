"""Tells all publishers by mail what was withdrawn, shown again or erased: what, who, why and where;
never what it said."""

import logging
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.models import AbstractUser, User
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from config.origin import origin
from directory.audit.log import note
from directory.models import Edition, Event

logger = logging.getLogger(__name__)
BACKEND = "django.contrib.auth.backends.ModelBackend"
# Who has one of these publishes: superusers do, too.
PUBLISH = ("directory.publish_proposal", "directory.add_service")
EDITIONS_AT_MOST = 20
# No answer of a machine, and none expected (RFC 3834).
BY_MACHINE = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
Act = Literal["withdrawn", "shown_again", "erased"]


def publishers() -> list[User]:
    """The active people with an address who may publish, each address once."""
    found: dict[str, User] = {}
    for permission in PUBLISH:
        for person in User.objects.with_perm(permission, backend=BACKEND).exclude(email=""):
            found.setdefault(person.email.lower(), person)
    return list(found.values())


def tell_publishers(
    act: Act,
    editions: list[Edition],
    by: AbstractUser,
    reason: str,
    request: HttpRequest | None = None,
    entries: int = 0,
) -> None:
    """Write to all publishers once the transaction is done. A mail that cannot be sent is in the
    log, and on record."""
    transaction.on_commit(lambda: _send(act, editions, by, reason, request, entries), robust=True)


def _send(
    act: Act,
    editions: list[Edition],
    by: AbstractUser,
    reason: str,
    request: HttpRequest | None,
    entries: int,
) -> None:
    site = settings.BACK_OFFICE_URL or origin(request)
    with override(settings.LANGUAGE_CODE):
        shown = editions[:EDITIONS_AT_MOST]
        context: dict[str, Any] = {
            "act": act,
            "editions": [
                (str(each), site + reverse("admin:directory_edition_change", args=[each.pk]))
                for each in shown
            ],
            "more": len(editions) - len(shown),
            "entries": entries,
            "who": by.get_full_name() or by.get_username(),
            "reason": reason,
            "days": settings.ERASE_AFTER_DAYS,
            "organization": settings.ORGANIZATION.name,
        }
        subject = _subject(act) % {"organization": settings.ORGANIZATION.name}
        text = render_to_string("admin/mail/withdrawal.txt", context)
    subject = " ".join(subject.split())
    mails = [
        EmailMessage(subject, text, to=[person.email], headers=BY_MACHINE)
        for person in publishers()
    ]
    connection = get_connection()
    failed = 0
    for mail in mails:
        try:
            connection.send_messages([mail])
        except (OSError, ValueError):
            # One that cannot be reached keeps no other from knowing.
            failed += 1
            logger.exception("A publisher could not be told of what was %s", act)
    if failed:
        note(Event.PUBLISHERS_NOT_TOLD, by=by, request=request, act=act, mails=failed)


def _subject(act: Act) -> str:
    return {
        "withdrawn": _("%(organization)s: editions were withdrawn"),
        "shown_again": _("%(organization)s: withdrawn editions are shown again"),
        "erased": _("%(organization)s: withdrawn editions were erased for ever"),
    }[act]
