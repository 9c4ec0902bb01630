"""Answers that belong to the site as a whole."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from config.organization import LOGO_TYPES
from directory.api.problems import Problem
from directory.public.read_only import read_only


@read_only
@cache_control(public=True, max_age=3600)
def brand_css(request: HttpRequest) -> HttpResponse:
    """The organisation's colour as a style sheet: inline styles are not allowed anywhere."""
    return HttpResponse(
        f":root {{ --brand: {settings.ORGANIZATION.brand_color}; }}\n", content_type="text/css"
    )


@read_only
@cache_control(public=True, max_age=3600)
def brand_logo(request: HttpRequest, name: str) -> HttpResponse:
    """The organisation's logo, where it has an image of its own."""
    organization = settings.ORGANIZATION
    if name != organization.logo_name:
        raise Http404
    logo = Path(organization.logo)
    return HttpResponse(logo.read_bytes(), content_type=LOGO_TYPES[logo.suffix.lower()])


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 400 that says what to do; 413 for a form with more than is taken at once."""
    # Before the middleware that chooses it, the language is that of the last request.
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        return _bad_request(request, exception)


def _bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    is_too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = 413 if is_too_much else 400
    if request.path.startswith("/api/"):
        return Problem(status, _("Not understood"), _("See /api/v1/openapi.json.")).response()
    context = {
        "is_too_much": is_too_much,
        "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    }
    return render(request, "400.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 404 that helps: the search for people, a problem document for programs."""
    if request.path.startswith("/api/"):
        return Problem(
            404, _("Not found"), _("There is no such address; see /api/v1/openapi.json.")
        ).response()
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A mistake of ours: it was logged. A problem document for programs."""
    if request.path.startswith("/api/"):
        detail = _("It was recorded. Reload this page, or try again in some minutes.")
        return Problem(500, _("Something went wrong on our side"), detail).response()
    # Without context processors: one of them may be what failed.
    page = render_to_string("500.html", {"organization": settings.ORGANIZATION})
    return HttpResponse(page, status=500)
