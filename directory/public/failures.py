"""What is answered when a request fails: a page that says what to do, a problem document for
programs."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _

from directory.api.problems import Problem
from directory.public.kept import kept_from
from directory.public.ways_in import lead_on

BACK_OFFICE = "/admin/"


def is_of_a_program(request: HttpRequest) -> bool:
    """Whether the request asks the API."""
    return request.path.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 400 that says what to do; 413 for a form with more than is taken at once."""
    # Before the middleware that chooses it, the language is that of the last request.
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        return _bad_request(request, exception)


def _bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    is_too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = 413 if is_too_much else 400
    if is_of_a_program(request):
        return Problem(status, _("Not understood"), _("See /api/v1/openapi.json.")).response()
    context = {
        "is_too_much": is_too_much,
        "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return render(request, "400.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where the address leads on, else a 404: with the services that may be meant, that of the back
    office within it, a problem document for programs."""
    if is_of_a_program(request):
        detail = _("There is no such address; see /api/v1/openapi.json.")
        return Problem(404, _("Not found"), detail).response()
    if request.path.startswith(BACK_OFFICE):
        return render(request, "admin/404.html", admin.site.each_context(request), status=404)
    return lead_on(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """A 500, for an error that Django has logged."""
    if is_of_a_program(request):
        detail = _("It was recorded. Reload this page, or try again in some minutes.")
        return Problem(500, _("Something went wrong on our side"), detail).response()
    return _bare_page(request, "500.html", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """A 503 with when to try again, and where the static mirror has this page."""
    later = {"Retry-After": "30"}
    if is_of_a_program(request):
        detail = _("The directory cannot be read right now. Try again in half a minute.")
        return Problem(503, _("One moment, please"), detail, later).response()
    has_mirror = settings.MIRROR_URL and not request.path.startswith(BACK_OFFICE)
    mirror = settings.MIRROR_URL + request.path if has_mirror else ""
    return _bare_page(request, "503.html", 503, headers=later, mirror=mirror)


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What a form of the back office has sent, so that it can be sent once more."""
    kept = kept_from(request)
    return {"kept": kept, **csrf(request)} if kept else {}


def _bare_page(
    request: HttpRequest,
    template: str,
    status: int,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> HttpResponse:
    """A page without context processors: one of them may be what failed."""
    context |= {"organization": settings.ORGANIZATION, "failed_at": request.get_full_path()}
    page = render_to_string(template, {**context, **_kept(request)})
    return HttpResponse(page, status=status, headers=headers)
