"""Where a button of the back office leads to afterwards."""

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme


def redirect_back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To the page of this site that a form was sent from, or to the address `otherwise`."""
    came_from = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    ):
        came_from = otherwise
    return HttpResponseRedirect(came_from)
