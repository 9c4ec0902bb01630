"""Who is in: a session in which the second factor was given, or needs none.

Enforced in one place: until then nobody is signed in, whatever page asks who sends the request.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import django_otp
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from config.client_address import client_address
from directory.admin.second_factor import factors
from directory.admin.sign_in import known_devices, sessions_in_use
from directory.audit.log import note
from directory.models import Event, FactorRecovery, Session
from directory.models.sessions import ADDRESS, AGENT, AGENT_LENGTH, BEGUN, begun_in

# In a session: that its owner has no second factor, and needs none.
NONE_NEEDED = "second_factor_not_needed"
# How long who gave the password has time for the second factor.
HALF_FOR = timedelta(minutes=15)


class SecondFactorMiddleware:
    """Nobody is signed in without the second factor: `request.user` is nobody until then. Who has
    given the password alone is told by `half_signed_in`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.by_password = request.user
        request.user = SimpleLazyObject(partial(_who_is_in, request, request.user))
        response = self.get_response(request)
        if person := getattr(request, "has_come_in", None):
            known_devices.remember(request, response, person.pk)
        return response


def _who_is_in(request: HttpRequest, user: Any) -> Any:
    return user if user.is_authenticated and _is_enough(request, user) else AnonymousUser()


def _is_enough(request: HttpRequest, user: Any) -> bool:
    if getattr(user, "otp_device", None) is not None:
        return True
    return not settings.SECOND_FACTOR_IS_REQUIRED and request.session.get(NONE_NEEDED, False)


def half_signed_in(request: HttpRequest) -> User | None:
    """Who has given the password within HALF_FOR, and not the second factor yet."""
    person = getattr(request, "by_password", None)
    if request.user.is_authenticated or person is None or not person.is_authenticated:
        return None
    begun = begun_in(request.session)
    is_late = begun is None or timezone.now() - begun > HALF_FOR
    return person if person.is_active and person.is_staff and not is_late else None


def begin(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """Note in the session of who has given the password whence, and whether that is all."""
    session = request.session
    session[BEGUN] = timezone.now().isoformat()
    session[ADDRESS] = client_address(request)
    session[AGENT] = request.headers.get("User-Agent", "")[:AGENT_LENGTH]
    Session.objects.forget(timezone.now())
    _is_in_use(request)
    session[NONE_NEEDED] = False
    if not (settings.SECOND_FACTOR_IS_REQUIRED or factors.has_any(user)):
        let_in_without(request, user)
    if not _is_enough(request, user):
        request.by_password, request.user = user, AnonymousUser()


def let_in_without(request: Any, person: User) -> None:
    """Let in who has no second factor, where none is required."""
    request.session[NONE_NEEDED] = True
    request.has_come_in = person


def complete(request: Any, person: User, device: Any) -> None:
    """Let in who has given the second factor: the session gets a new key, a link that was asked for
    because it was lost is good no more, and the browser is known from now on."""
    request.session.cycle_key()
    request.session[BEGUN] = timezone.now().isoformat()
    request.session[NONE_NEEDED] = False
    request.user = person
    django_otp.login(request, device)
    rotate_token(request)
    _is_in_use(request)
    FactorRecovery.objects.filter(user=person).update(asked_at=None, digest="")
    request.has_come_in = person
    note(Event.FACTOR_CONFIRMED, by=person, request=request, about=person, kind=kind_of(device))


def kind_of(device: Any) -> str:
    """What a device of django-otp is, for the audit log."""
    return str(device._meta.model_name)


def stay_in(request: HttpRequest, person: User) -> None:
    """After one was removed: who came in with it stays in with another, or without where there is
    none left and none is required."""
    has = factors.factors_of(person)
    if left := [*has.passkeys, *([has.app] if has.app else [])]:
        request.user = person
        django_otp.login(request, left[0])
    else:
        request.session[NONE_NEEDED] = True


def close_others(request: HttpRequest, person: User) -> int:
    """End all sessions of a person but that of the request, if it is one; how many."""
    ended, _rows = Session.objects.of(person, but=request.session.session_key).delete()
    return ended


def close_all(person: User) -> int:
    """End all sessions of a person; how many."""
    ended, _rows = Session.objects.of(person).delete()
    return ended


def register() -> None:
    """Connect `begin` with Django's signing in."""
    user_logged_in.connect(begin, dispatch_uid="directory.admin.second_factor.begin")


def _is_in_use(request: HttpRequest) -> None:
    """The row was written just now: no need to write it down within the next minute."""
    if key := request.session.session_key:
        cache.set(sessions_in_use.cache_key(key), 1, sessions_in_use.ONCE_IN)
