"""From where forms of public pages are sent, which have no cookies."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def may_be_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site may have sent it: a browser says so of each form that is sent
    (https://www.w3.org/TR/fetch-metadata/, https://fetch.spec.whatwg.org/#origin-header)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    sender = request.headers.get("Origin", "null")
    known = {request.get_host(), urlsplit(settings.PUBLIC_URL).netloc}
    return sender == "null" or sender.partition("://")[2] in known
