"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that a request comes from, for the protection of the sign-in.

    Behind a proxy it is the last one of X-Forwarded-For, which our proxy has added; those before it
    are the client's own claim.
    """
    if settings.BEHIND_PROXY:
        claimed = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if last := claimed.rpartition(",")[2].strip():
            return last
    return request.META.get("REMOTE_ADDR", "")
