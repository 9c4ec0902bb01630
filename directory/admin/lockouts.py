"""Accounts that are locked after too many wrong passwords: until when, and how they are unlocked.

django-axes counts them, by user name and address.
"""

from collections.abc import Collection
from datetime import datetime

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

LOCKED_AT_MOST = 500


def locked_until(usernames: Collection[str] | None = None) -> dict[str, datetime]:
    """The user names that are locked for some address now, with the aware instant at which the last
    of these ends; of all people, or of these. One query."""
    cool_off = get_cool_off()
    if cool_off is None:
        return {}
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - cool_off)
    if usernames is None:
        recent = recent.filter(username__in=User.objects.order_by().values("username"))
    else:
        recent = recent.filter(username__in=usernames)
    counted = recent.order_by().values("username", "ip_address")
    counted = counted.annotate(wrong=Sum("failures_since_start"), last=Max("attempt_time"))
    locked: dict[str, datetime] = {}
    for row in counted.filter(wrong__gte=settings.AXES_FAILURE_LIMIT)[:LOCKED_AT_MOST]:
        name, until = row["username"], row["last"] + cool_off
        locked[name] = max(until, locked.get(name, until))
    return locked


def unlock(person: User) -> bool:
    """Forget the wrong passwords of an account; whether there were any."""
    return reset(username=person.get_username()) > 0


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """The page for who typed too many wrong passwords: until when, and the ways out. It does not
    tell whether there is such an account."""
    name = (credentials or {}).get("username") or ""
    until = locked_until([name]).get(name)
    context = {"until": until, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "admin/locked_out.html", context, status=429)
