"""Risky acts are confirmed with the second factor, once more, by who is signed in.

What was sent stays on the page that asks, and goes with the answer to the address that it was sent
to: one request, which is confirmed and carried out. Files and passwords are chosen and typed again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.hashers import HashingBusy
from directory.admin.requests import staff
from directory.admin.second_factor import asking, page, passkeys
from directory.admin.second_factor.factors import Factors, factors_of
from directory.admin.sign_in import limits
from directory.admin.sign_in.lockouts import in_words
from directory.audit.log import note
from directory.models import Event, FactorRecovery

# In the session: when it was confirmed last.
CONFIRMED = "confirmed_at"
PASSWORD = "_second_factor_password"  # noqa: S105 - the name of a field
ANSWERS = (asking.CODE, asking.PASSKEY, PASSWORD)
OWN_FIELDS = (*ANSWERS, "csrfmiddlewaretoken")


class ConfirmingMiddleware:
    """Takes the answer to `ask` before the act begins: what is counted of wrong ones, and that a
    code is used, must stay when the act is rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> None:
        """After Django has checked the token of the form."""
        if request.method != "POST" or not request.path.startswith(reverse("admin:index")):
            return
        if request.user.is_authenticated and any(request.POST.get(name) for name in ANSWERS):
            _take(request)


def ask(request: HttpRequest) -> HttpResponse | None:
    """None where who is signed in has confirmed it with the second factor lately; else the page
    that asks for it, which then sends what was posted here again."""
    if is_fresh(request):
        return None
    error, status = getattr(request, "not_confirmed", ("", 200))
    person = User.objects.get(pk=staff(request).pk)
    return _page(request, person, factors_of(person), error, status)


def _take(request: Any) -> None:
    """Note in the session that what was sent confirms it, or in the request why it does not."""
    if is_fresh(request):
        return
    person = User.objects.get(pk=staff(request).pk)
    try:
        if _is_given(request, person, factors_of(person)):
            request.session[CONFIRMED] = timezone.now().isoformat()
            # Who has the second factor has not lost it.
            FactorRecovery.objects.filter(user=person).update(asked_at=None, digest="")
            note(Event.FACTOR_CONFIRMED, by=person, request=request, path=request.path)
    except asking.Wrong as wrong:
        request.not_confirmed = str(wrong), 403
        note(Event.FACTOR_FAILED, by=person, request=request, about=person)
    except limits.TooManyTries as refused:
        request.not_confirmed = in_words(refused.until), 429
    except HashingBusy:
        request.not_confirmed = _("Many passwords are checked now: try again in some seconds."), 503


def is_fresh(request: HttpRequest) -> bool:
    """Whether it was confirmed in this session, CONFIRMED_FOR_MINUTES ago at most."""
    at = request.session.get(CONFIRMED)
    since = timezone.now() - datetime.fromisoformat(at) if at else None
    limit = timedelta(minutes=settings.CONFIRMED_FOR_MINUTES)
    # A clock that was put back confirms nothing.
    return since is not None and timedelta(0) <= since < limit


@admin.site.admin_view
def confirm(request: HttpRequest) -> HttpResponse:
    """What the page of an act is answered with that was asked for by its address: leads there."""
    if (asked := ask(request)) is not None:
        return asked
    return redirect(page.asked_for(request))


def _is_given(request: HttpRequest, person: User, has: Factors) -> bool:
    """Whether what was sent holds the second factor, or the password of who has none. Raises
    Wrong and TooManyTries."""
    if has.count:
        return asking.given(request, person, passkeys.CONFIRM) is not None
    password = request.POST.get(PASSWORD, "")
    if not password:
        return False
    with limits.trying(request, limits.PASSWORD, person.get_username()):
        if not person.check_password(password):
            raise asking.Wrong(_("That is not your password."))
    return True


def _page(
    request: HttpRequest, person: User, has: Factors, error: str, status: int
) -> HttpResponse:
    typed: list[tuple[str, str]] = []
    secrets: list[str] = []
    if request.method == "POST":
        for name, values in request.POST.lists():
            if name in OWN_FIELDS:
                continue
            if "password" in name.lower() and name != "usable_password":
                secrets += [name] if any(values) else []
            else:
                typed += [(name, value) for value in values]
    is_sent = request.method == "POST"
    where = reverse("backoffice:confirm")
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Confirm that it is you"),
        "error": error,
        "minutes": settings.CONFIRMED_FOR_MINUTES,
        "typed": typed if is_sent else [(REDIRECT_FIELD_NAME, request.get_full_path())],
        "secrets": secrets,
        "files": [(name, str(file)) for name, file in request.FILES.items()] if is_sent else [],
        "action": request.get_full_path() if is_sent else where,
        "password_name": PASSWORD,
        **page.fields(request, has, passkeys.CONFIRM),
    }
    return TemplateResponse(request, "admin/second_factor/confirm.html", context, status=status)
