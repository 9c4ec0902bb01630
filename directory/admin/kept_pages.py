"""Nothing that was typed is lost when a form is not taken: the pages that keep it.

A form that comes without a session, or with a token that is not (any more) the right one, is not
carried out. What it held (`directory.public.kept`) goes along with the page that asks to sign in,
and is offered afterwards: a form opens as it was, anything else can be sent once more. Either takes
somebody who presses a button, on a page of this site; what other sites send is refused as before.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as refusal

from directory.admin.preview import NOT_TYPED
from directory.admin.reopened import EDIT_AGAIN
from directory.admin.second_factor import page
from directory.admin.second_factor.sessions import half_signed_in
from directory.public.kept import KEPT, Kept, is_from_here, kept_from, read


def keeping(kept: Kept | None) -> dict[str, Any]:
    """What the page to sign in needs to keep it."""
    return {"kept": kept, "kept_name": KEPT, "kept_text": kept.signed() if kept else ""}


def ask_to_sign_in(
    request: HttpRequest, kept: Kept | None, address: str = "", error: str = ""
) -> HttpResponse:
    """The page to sign in, which keeps what was sent, or leads to an address; that for the second
    factor where the password was given already."""
    if person := half_signed_in(request):
        wanted = kept.path if kept else address
        return page.show(request, person, keeping(kept), wanted, status=403)
    login = reverse("admin:login")
    context = {
        **admin.site.each_context(request),
        "title": _("Log in"),
        "app_path": login,
        "username": request.user.get_username(),
        "form": AdminAuthenticationForm(request),
        REDIRECT_FIELD_NAME: kept.path if kept else address or reverse("admin:index"),
        "refusal": error,
        **keeping(kept),
    }
    return TemplateResponse(request, "admin/login.html", context, status=403)


def give_back(request: HttpRequest, kept: Kept, status: int = 200) -> TemplateResponse:
    """The page from which what was kept is sent once more."""
    page = _page_of(kept)
    is_form = page.endswith(("_add", "_change"))
    context = {
        **admin.site.each_context(request),
        "title": _("What you typed is still here"),
        "kept": kept.without(NOT_TYPED) if is_form else kept,
        "path": kept.path,
        "edit_again": EDIT_AGAIN if is_form else "",
        # Nothing is typed there: the page shows anew what it does, and asks.
        "is_question": page.endswith("_delete"),
    }
    return TemplateResponse(request, "admin/kept.html", context, status=status)


def kept_in(request: HttpRequest) -> Kept | None:
    """What the page to sign in kept, and sent along."""
    return read(request.POST.get(KEPT, "")) if request.method == "POST" else None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Instead of a dead end, for a form of a page of this site whose token is not the right one:
    somebody signed in again in another tab, or the browser dropped the cookie."""
    is_login = request.path == reverse("admin:login")
    kept = kept_in(request) if is_login else kept_from(request)
    if not is_from_here(request) or not (kept or is_login):
        return refusal(request, reason)
    if not admin.site.has_permission(request):
        return ask_to_sign_in(request, kept)
    return give_back(request, kept, status=403) if kept else refusal(request, reason)


def _page_of(kept: Kept) -> str:
    """The name of the page that it was sent to."""
    try:
        return resolve(kept.path.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""
