"""Who sends a request of the back office, and where its button leads to afterwards."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from directory.admin import way_back


def staff(request: HttpRequest) -> User:
    """The user, who is signed in: `admin_view` lets nobody else pass."""
    return cast(User, request.user)


def redirect_back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To where the form says that it was opened from, else to the page of this site that it was
    sent from, or to the address `otherwise`."""
    if url := way_back.of_request(request):
        return HttpResponseRedirect(url)
    came_from = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    ):
        came_from = otherwise
    return HttpResponseRedirect(came_from)
