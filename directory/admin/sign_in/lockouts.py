"""Accounts that are locked after too many wrong passwords: until when, how they are unlocked."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from directory.admin.sign_in import limits
from directory.models import TryCount
from directory.models.tries import WINDOW

LOCKED_AT_MOST = 500


def locked_until(usernames: Collection[str] | None = None) -> dict[str, datetime]:
    """The user names that are locked for somebody somewhere now, with the aware instant at which
    the last of these ends; of all people, or of these. One query."""
    full = TryCount.objects.full(timezone.now()).exclude(user=None)
    if usernames is not None:
        full = full.filter(user__username__in=usernames)
    found = full.order_by().values_list("user__username").annotate(last=Max("since"))
    return {name: last + WINDOW for name, last in found[:LOCKED_AT_MOST]}


def unlock(person: User, kind: str | None = None) -> bool:
    """Forget the wrong passwords and codes of an account, or those of one kind; whether there were
    any."""
    return limits.forget(person, kind)


def locked_out(request: HttpRequest, until: datetime) -> HttpResponse:
    """The page for who typed too many wrong passwords: until when, and the ways out. It does not
    tell whether there is such an account."""
    response = render(request, "admin/locked_out.html", {"until": until}, status=429)
    left = until - timezone.now()
    response.headers["Retry-After"] = str(max(1, int(left.total_seconds())))
    return response


def in_words(until: datetime) -> str:
    """What is told on a page that stays open."""
    at = formats.date_format(timezone.localtime(until), "SHORT_DATETIME_FORMAT")
    return _("There were too many wrong ones. Try again later: %(at)s") % {"at": at}
