"""The page that asks for the second factor after the password."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from directory.admin.second_factor import asking, passkeys
from directory.admin.second_factor.factors import Factors, factors_of


def asked_for(request: HttpRequest) -> str:
    """The address of the back office that somebody wanted to open, else its start page."""
    address = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure()):
        return address
    return reverse("admin:index")


def lead_to(address: str) -> HttpResponse:
    """To the page that asks for the second factor and leads to an address then; at once to the page
    of the link that was sent to who lost it."""
    try:
        if resolve(address.partition("?")[0]).url_name == "second-factor-recover":
            return redirect(address)
    except Resolver404:
        pass
    query = urlencode({REDIRECT_FIELD_NAME: address})
    return redirect(f"{reverse('backoffice:second-factor')}?{query}")


def fields(request: HttpRequest, has: Factors, purpose: str) -> dict[str, Any]:
    """What the fields need that take a code or a passkey."""
    return {
        "has": has,
        "code_name": asking.CODE,
        "passkey_name": asking.PASSKEY,
        "purpose": purpose,
        "why_no_passkeys": passkeys.why_not_here(request) if has.passkeys else "",
    }


def show(
    request: HttpRequest,
    person: User,
    kept: dict[str, Any],
    address: str = "",
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, for a person; with what was typed before, as `kept_pages.keeping` has it."""
    has = factors_of(person)
    if not has.count:
        return redirect("backoffice:second-factors")
    context = {
        **admin.site.each_context(request),
        "title": _("Your second factor"),
        "person": person,
        "error": error,
        "next_name": REDIRECT_FIELD_NAME,
        "next": address or asked_for(request),
        "hours": settings.FACTOR_RECOVERY_HOURS,
        **fields(request, has, passkeys.SECOND),
        **kept,
    }
    return TemplateResponse(request, "admin/second_factor/ask.html", context, status=status)
