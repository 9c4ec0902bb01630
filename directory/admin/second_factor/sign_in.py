"""Signing in with the second factor, or with a passkey alone."""

from django.contrib import admin, messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_otp.plugins.otp_static.models import StaticDevice

from directory.admin import kept_pages
from directory.admin.second_factor import asking, page, passkeys, sessions, told
from directory.admin.second_factor.factors import factors_of, has_any
from directory.admin.sign_in import limits
from directory.admin.sign_in.lockouts import in_words
from directory.audit.log import note
from directory.models import Event

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask who has given the password for the second factor."""
    person = sessions.half_signed_in(request)
    if person is None:
        return redirect(page.asked_for(request))
    kept = kept_pages.kept_in(request)
    error, status = "", 200
    if request.method == "POST":
        try:
            if device := asking.given(request, person, passkeys.SECOND):
                return _come_in(request, person, device)
            error = _("Type the code that the app shows now, or a recovery code.")
        except asking.Wrong as wrong:
            note(Event.FACTOR_FAILED, by=person, request=request, about=person)
            error = str(wrong)
        except limits.TooManyTries as refused:
            if refused.is_new:
                told.tell(request, person, told.WRONG_CODES)
            error, status = in_words(refused.until), 429
    keeping = kept_pages.keeping(kept)
    return page.show(request, person, keeping, error=error, status=status)


def _come_in(request: HttpRequest, person: User, device: object) -> HttpResponse:
    kept = kept_pages.kept_in(request)
    sessions.complete(request, person, device)
    if isinstance(device, StaticDevice):
        note(Event.RECOVERY_CODE_USED, by=person, request=request, about=person)
        told.tell(request, person, told.CODE_USED)
        _warn_of_few_codes(request, person)
    if kept:
        return kept_pages.give_back(request, kept)
    return redirect(page.asked_for(request))


def _warn_of_few_codes(request: HttpRequest, person: User) -> None:
    left = factors_of(person).codes
    text = ngettext(
        "You came in with a recovery code: %(count)d is left. Is your phone or key lost? Remove "
        "it in “My account”, add another and make new recovery codes.",
        "You came in with a recovery code: %(count)d are left. Is your phone or key lost? Remove "
        "it in “My account”, add another and make new recovery codes.",
        left,
    )
    messages.warning(request, text % {"count": left})


@never_cache
@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Let in who shows a passkey that has checked whose hand it is in: that is both factors."""
    kept = kept_pages.kept_in(request)
    try:
        passkey = passkeys.use(request, passkeys.ALONE, request.POST.get(asking.PASSKEY, ""), None)
    except passkeys.Refused as error:
        # On record as often as may be asked: nobody fills a log from which nothing is removed.
        if not isinstance(error, passkeys.NotAsked):
            note(Event.SIGN_IN_FAILED, request=request, kind="passkey")
        return kept_pages.ask_to_sign_in(request, kept, page.asked_for(request), str(error))
    person = passkey.user
    person.otp_device = passkey
    login(request, person, backend=BACKEND)
    return _come_in(request, person, passkey)


@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser is asked, for a script (JSON)."""
    purpose = request.POST.get("purpose", "")
    half = sessions.half_signed_in(request)
    person = half or (request.user if admin.site.has_permission(request) else None)
    if purpose == passkeys.ALONE and not person:
        if not limits.may_ask_for_challenge(request):
            return JsonResponse({"error": _("Too many tries: wait an hour.")}, status=429)
        return JsonResponse(passkeys.ask_to_use(request, purpose, None))
    is_theirs = {
        passkeys.SECOND: half is not None,
        passkeys.CONFIRM: half is None,
        passkeys.ADD: half is None or not has_any(half),
    }
    if not isinstance(person, User) or not is_theirs.get(purpose):
        return JsonResponse({"error": _("You are not signed in any more: reload.")}, status=403)
    if purpose == passkeys.ADD:
        return JsonResponse(passkeys.ask_to_add(request, person))
    return JsonResponse(passkeys.ask_to_use(request, purpose, person))
