"""The one origin of all public addresses, whichever host a request names."""

from django.conf import settings
from django.http import HttpRequest

# A key of the WSGI environment with an origin that goes before all others: that of a copy of the
# site. No visitor can set it: what comes by HTTP begins with “HTTP_”.
KEY = "config.origin"


def origin(request: HttpRequest | None = None) -> str:
    """“https://soporte.example.com”: PUBLIC_URL. Where it is not set, which only a process in local
    mode allows, that of the request, else of a process that `quickstart` runs."""
    if request and KEY in request.META:
        return request.META[KEY]
    if settings.PUBLIC_URL:
        return settings.PUBLIC_URL
    return f"{request.scheme}://{request.get_host()}" if request else "http://127.0.0.1:8000"


def absolute(path: str, request: HttpRequest | None = None) -> str:
    """The whole address of a path of the public site."""
    return origin(request) + path
