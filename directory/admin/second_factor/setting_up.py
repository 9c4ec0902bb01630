"""The own second factors: what there is, another, none any more; recovery codes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from directory.admin import confirming
from directory.admin.requests import staff
from directory.admin.second_factor import codes, passkeys, sessions, told
from directory.admin.second_factor.factors import factors_of, has_any, remove_codes_if_alone
from directory.audit.log import note
from directory.contacts.text import tidy
from directory.models import Event, Passkey
from directory.models.address_fields import TidyFormField

# The key of an app that is being set up, in the session.
NEW_KEY = "new_app_key"
# The fields of what is added: other ones than those with which that is confirmed.
NEW_CODE, NEW_PASSKEY = "new_code", "new_passkey"

View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """A page for who is in, or has given the password and has no second factor yet. Another is
    added, or one removed, by who has shown one that is there."""

    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if admin.site.has_permission(request):
            person = User.objects.get(pk=staff(request).pk)
            return view(request, person, *args, **kwargs)
        with transaction.atomic():
            # Of two who know the password, one sets the first.
            half = sessions.half_signed_in(request)
            found = half and User.objects.select_for_update().get(pk=half.pk)
            if found and not has_any(found):
                return view(request, found, *args, **kwargs)
        query = urlencode({"next": request.path})
        return redirect(f"{reverse('admin:login')}?{query}")

    return checked


def confirmed(view: View) -> View:
    """A page that asks who is in for the second factor first."""

    @wraps(view)
    def asked(request: HttpRequest, person: User, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and (page := confirming.ask(request)) is not None:
            return page
        return view(request, person, *args, **kwargs)

    return asked


class NameForm(forms.Form):
    """What somebody calls a passkey."""

    name = TidyFormField(
        tidy=tidy,
        label=gettext_lazy("What do you call it?"),
        max_length=64,
        help_text=gettext_lazy("For example “My phone”, “Key on my key ring”."),
    )


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    above = [(reverse("backoffice:account"), _("My account"))]
    if template != "overview":
        above.append((reverse("backoffice:second-factors"), _("Second factor")))
    context = {**admin.site.each_context(request), "title": title, "above": above, **context}
    return TemplateResponse(request, f"admin/second_factor/{template}.html", context)


@own
def overview(request: HttpRequest, person: User) -> HttpResponse:
    """What there is, with what can be done about it."""
    has = factors_of(person)
    return _page(
        request,
        "overview",
        _("Second factor") if has.count else _("Set up your second factor"),
        person=person,
        has=has,
        is_in=request.user.is_authenticated,
        why_no_passkeys=passkeys.why_not_here(request),
    )


@own
@confirmed
def new_passkey(request: HttpRequest, person: User) -> HttpResponse:
    """Add a passkey, which a script has the browser make."""
    form = NameForm(request.POST or None)
    error = ""
    if request.method == "POST" and form.is_valid():
        answer = request.POST.get(NEW_PASSKEY, "")
        try:
            added = passkeys.add(request, answer, person, form.cleaned_data["name"])
        except passkeys.Refused as refused:
            error = str(refused)
        else:
            return _added(request, person, added, added.name)
    return _page(
        request,
        "new_passkey",
        _("Add a passkey"),
        form=form,
        error=error,
        passkey_name=NEW_PASSKEY,
        why_not=passkeys.why_not_here(request),
    )


@own
@confirmed
def new_app(request: HttpRequest, person: User) -> HttpResponse:
    """Show the key of an authenticator app, and store it with the first code."""
    key = request.session.setdefault(NEW_KEY, codes.new_key())
    error = ""
    if request.method == "POST":
        code = "".join(request.POST.get(NEW_CODE, "").split())
        if device := codes.add_app(person, key, code):
            del request.session[NEW_KEY]
            return _added(request, person, device, _("an authenticator app"))
        error = _(
            "That is not the code that the app shows now. Wait for the next one; if it is not "
            "taken either, see that the clock of your phone is set by itself."
        )
    device = codes.app_with(person, key)
    secret = parse_secret(device.config_url)
    return _page(
        request,
        "new_app",
        _("Set up an authenticator app"),
        error=error,
        picture=codes.picture(device),
        address=device.config_url,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        code_name=NEW_CODE,
        has_one=factors_of(person).app is not None,
    )


def parse_secret(address: str) -> str:
    """The key as apps have it, in base 32, from the address that the QR code says."""
    return address.partition("secret=")[2].partition("&")[0]


def _added(request: HttpRequest, person: User, device: Any, what: str) -> HttpResponse:
    note(Event.FACTOR_ADDED, by=person, request=request, about=person, what=what)
    told.tell(request, person, told.ADDED, what=what)
    # Who came in with less, or with what was there before, comes in anew.
    sessions.close_others(request, person)
    if not factors_of(person).codes:
        sessions.complete(request, person, device)
        return _codes_page(request, person, is_first=True)
    messages.success(request, _("Added: %(what)s.") % {"what": what})
    return redirect("backoffice:second-factors")


@own
@require_POST
@confirmed
def recovery_codes(request: HttpRequest, person: User) -> HttpResponse:
    """Make new recovery codes, and show them this once."""
    if not has_any(person):
        return redirect("backoffice:second-factors")
    note(Event.RECOVERY_CODES_MADE, by=person, request=request, about=person)
    told.tell(request, person, told.NEW_CODES)
    page = _codes_page(request, person)
    # Also who came in with one of the former.
    sessions.stay_in(request, person)
    return page


def _codes_page(request: HttpRequest, person: User, is_first: bool = False) -> HttpResponse:
    made = codes.new_recovery_codes(person)
    return _page(
        request,
        "codes",
        _("Your recovery codes"),
        person=person,
        organization=settings.ORGANIZATION.name,
        codes=made,
        text="\r\n".join([person.get_username(), *made, ""]),
        is_first=is_first,
    )


@own
@require_POST
def rename_passkey(request: HttpRequest, person: User, pk: int) -> HttpResponse:
    """Give a passkey another name."""
    passkey = get_object_or_404(Passkey, pk=pk, user=person)
    form = NameForm(request.POST)
    if form.is_valid():
        passkey.name = form.cleaned_data["name"]
        passkey.save(update_fields=["name"])
        messages.success(request, _("Renamed: %(what)s.") % {"what": passkey.name})
    else:
        messages.error(request, " ".join(map(str, form.errors["name"])))
    return redirect("backoffice:second-factors")


@own
@require_POST
@confirmed
def remove_passkey(request: HttpRequest, person: User, pk: int) -> HttpResponse:
    """Take a passkey away, unless it is the last of what is required."""
    passkey = get_object_or_404(Passkey, pk=pk, user=person)
    return _remove(request, person, passkey, passkey.name)


@own
@require_POST
@confirmed
def remove_app(request: HttpRequest, person: User) -> HttpResponse:
    """Take the app away, unless it is the last of what is required."""
    app = factors_of(person).app
    if app is None:
        return redirect("backoffice:second-factors")
    return _remove(request, person, app, _("an authenticator app"))


def _remove(request: HttpRequest, person: User, device: Any, what: str) -> HttpResponse:
    if not factors_of(person).may_lose_one:
        messages.error(
            request, _("This is your last one, and one is required: add another before.")
        )
        return redirect("backoffice:second-factors")
    device.delete()
    remove_codes_if_alone(person)
    sessions.close_others(request, person)
    sessions.stay_in(request, person)
    note(Event.FACTOR_REMOVED, by=person, request=request, about=person, what=what)
    told.tell(request, person, told.REMOVED, what=what)
    messages.success(request, _("Removed: %(what)s.") % {"what": what})
    return redirect("backoffice:second-factors")
