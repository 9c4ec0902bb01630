"""What is sent with forms of public pages, which have no cookies: how much, and from where."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError

# All that such a form can hold, with every letter escaped, and room.
MOST_BYTES = 32 * 1024
# So much is read of what is more: a connection that is cut off shows no page.
READ_AT_MOST = 16 * 1024 * 1024


def is_too_much(request: HttpRequest) -> bool:
    """Whether more was sent than a form can hold; then it was read, in pieces that are not kept."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length <= MOST_BYTES:
        return False
    left = READ_AT_MOST
    try:
        while left > 0 and (piece := request.read(64 * 1024)):
            left -= len(piece)
    except UnreadablePostError:
        pass
    return True


def may_be_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site may have sent it: a browser says so of each form that is sent
    (https://www.w3.org/TR/fetch-metadata/, https://fetch.spec.whatwg.org/#origin-header)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    sender = request.headers.get("Origin", "null")
    known = {request.get_host(), urlsplit(settings.PUBLIC_URL).netloc}
    return sender == "null" or sender.partition("://")[2] in known
