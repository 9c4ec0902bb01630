"""What is answered when a request fails: a page that says what to do, a problem document for
programs."""

import sys
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

from config.body_limits import LengthRequired
from config.database_errors import is_busy, is_outage, is_read_only
from config.request_ids import request_id
from directory.api.problems import Problem
from directory.public.kept import kept_from
from directory.public.ways_in import lead_on

BACK_OFFICE = "/admin/"


def is_of_a_program(request: HttpRequest) -> bool:
    """Whether the request asks the API."""
    return request.path.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 400 that says what to do; 413 for more than is taken at once, 411 for what says not how
    much it is."""
    # Before the middleware that chooses it, the language is that of the last request.
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        return _bad_request(request, exception)


def _bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    is_unmeasured = isinstance(exception, LengthRequired)
    is_too_much = not is_unmeasured and isinstance(
        exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent
    )
    status = 413 if is_too_much else 411 if is_unmeasured else 400
    if is_of_a_program(request):
        return Problem(status, _("Not understood"), _("See /api/v1/openapi.json.")).response()
    context = {
        "is_too_much": is_too_much,
        "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "most_bytes": getattr(exception, "most_bytes", settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
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
    """A 500, for an error that Django has logged; a 503 where the database failed in a middleware,
    whose errors no other one gets."""
    error = sys.exc_info()[1]
    if error is not None and is_outage(error):
        return unavailable(request, error)
    if is_of_a_program(request):
        detail = _("It was recorded. Reload this page, or try again in some minutes.")
        return Problem(500, _("Something went wrong on our side"), detail).response()
    return _bare_page(request, "500.html", 500)


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    """A 503 with when to try again, for an error of the database; and where the static mirror has
    this page. Staff are told why nothing was saved."""
    is_staff = request.path.startswith(BACK_OFFICE)
    is_theirs_first = is_staff and request.method == "POST" and is_busy(error)
    later = {"Retry-After": "5" if is_theirs_first else "30", "Cache-Control": "no-store"}
    if is_of_a_program(request):
        detail = _("The directory cannot be read right now. Try again in half a minute.")
        return Problem(503, _("One moment, please"), detail, later).response()
    context = {
        "mirror": settings.MIRROR_URL + request.path
        if settings.MIRROR_URL and not is_staff
        else "",
        "is_theirs_first": is_theirs_first,
        "is_read_only": is_staff and is_read_only(error),
        "is_behind": is_staff and not is_outage(error),
    }
    return _bare_page(request, "503.html", 503, headers=later, **context)


def not_trusted(request: HttpRequest) -> HttpResponse:
    """A 503 for what is stored otherwise than it was published: it is shown to nobody."""
    later = {"Retry-After": "600", "Cache-Control": "no-store"}
    if is_of_a_program(request):
        detail = _(
            "What is stored of this service is not what was published, so it is not given: a "
            "number in it could be somebody else's. This was recorded; try again later."
        )
        return Problem(503, _("This directory cannot be shown right now"), detail, later).response()
    return _bare_page(request, "directory/not_trusted.html", 503, headers=later)


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
    context |= {
        "organization": settings.ORGANIZATION,
        "failed_at": request.get_full_path(),
        "request_id": request_id(request),
    }
    page = render_to_string(template, {**context, **_kept(request)})
    return HttpResponse(page, status=status, headers=headers)
