"""The state of an account in words, and what can be done about it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from directory.admin import invitations
from directory.admin.second_factor.factors import has_any
from directory.models import Session


class Act(NamedTuple):
    """Something to do with an account: a button that sends a POST, or a link to a page."""

    url: str
    label: str
    is_link: bool = False


def in_words(person: User, locked_until: datetime | None) -> str:
    """Whether somebody may sign in, and if not, why not. Takes the aware instant until which the
    account is locked."""
    if not person.is_active:
        return _("Deactivated: cannot sign in.")
    if invitations.is_pending(person):
        day = formats.date_format(timezone.localdate(person.date_joined), "DATE_FORMAT")
        good = timedelta(days=settings.PASSWORD_LINK_VALID_FOR_DAYS)
        if person.date_joined + good < timezone.now():
            return _("Invited on %(day)s, has not come in, and the link is too old.") % {"day": day}
        return _("Invited on %(day)s, has not come in yet.") % {"day": day}
    if locked_until:
        at = formats.date_format(timezone.localtime(locked_until), "SHORT_DATETIME_FORMAT")
        return _("Locked until %(at)s: too many wrong passwords.") % {"at": at}
    if not person.is_staff:
        return _("Active, but without access to the back office.")
    return _("Active.")


def short(person: User, locked_until: datetime | None, may_act: bool) -> str:
    """The state for a list, with the button that mends it."""
    words = in_words(person, locked_until)
    act = next(iter(_mending(person, locked_until)), None)
    if act is None or not may_act:
        return words
    # Stands in the form of the list, which has the CSRF token.
    button = '{} <button class="still-true" formaction="{}" aria-label="{}: {}">{}</button>'
    return format_html(button, words, act.url, act.label, person, act.label)


def acts(person: User, locked_until: datetime | None, why_not_deactivated: str) -> list[Act]:
    """What may be done with the account beside its form."""
    found = _mending(person, locked_until)
    if invitations.is_pending(person):
        found.append(Act(_url("withdraw", person), _("Withdraw the invitation")))
    elif person.is_active:
        if person.email and person.is_staff:
            found.append(Act(_url("send_link", person), _("Send a link for a new password")))
        if has_any(person):
            found.append(Act(_url("reset_second_factor", person), _("Remove the second factor")))
        if Session.objects.of(person).alive(timezone.now()).exists():
            found.append(Act(_url("close_sessions", person), _("Close all sessions")))
        if not why_not_deactivated:
            found.append(Act(_url("deactivate", person), _("Deactivate…"), is_link=True))
    return found


def _mending(person: User, locked_until: datetime | None) -> list[Act]:
    """The act that lets somebody in who cannot."""
    if not person.is_active or not person.is_staff:
        return [Act(_url("activate", person), _("Activate again"))]
    if invitations.is_pending(person):
        return [Act(_url("invite_again", person), _("Send again"))]
    if locked_until:
        return [Act(_url("unlock", person), _("Unlock"))]
    return []


def _url(act: str, person: User) -> str:
    return reverse(f"admin:auth_user_{act}", args=[person.pk])
