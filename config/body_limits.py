"""How much may be sent with a request, decided before any of it is read.

Django reads what is sent before a view sees it (to look for the token of a form), and keeps files
of any size. So a stranger could fill the disk without an address that takes anything.
"""

import re
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.urls import Resolver404, get_resolver, resolve

BACK_OFFICE = "/admin/"
# All that a form of a public page can hold, with every letter escaped, and room.
OF_PUBLIC_FORM = 32 * 1024
# So much of what is refused is passed over, in pieces that are not kept: who still sends while the
# connection is closed may see no answer.
PASSED_OVER_AT_MOST, PASSED_OVER_SECONDS = 8 * 1024 * 1024, 5
PIECE = 64 * 1024

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class TooMuchSent(RequestDataTooBig):
    """More was sent than the address takes."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__(f"More than {most_bytes} bytes were sent")
        self.most_bytes = most_bytes


class LengthRequired(RequestDataTooBig):
    """Nobody said how much is sent (RFC 9110, 15.5.12)."""


def takes_files(most_bytes: int, may: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Mark a view that takes files, of so many bytes, from those who may."""

    def mark(view: View) -> View:
        view.most_bytes_of = lambda request: most_bytes if may(request) else 0  # type: ignore[attr-defined]
        return view

    return mark


class NoLength(SuspiciousOperation):
    """What was said of how much is sent is no number (RFC 9110, 8.6)."""


class BodyLimitMiddleware:
    """Refuses with a page what is too long, or says not how long it is: nothing of it is parsed or
    kept. Stands where the request knows its user, and nothing was read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if refused := refusal(request):
            _pass_over(request)
            return _answer(request, refused)
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """A 400 for what did not arrive."""
        is_broken = isinstance(exception, UnreadablePostError)
        return _answer(request, exception) if is_broken else None


def refusal(request: HttpRequest) -> SuspiciousOperation | None:
    """Why what is sent with a request is not read; None if it may be."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch(r"\d{1,18}", said, re.ASCII):
        return NoLength(f"Content-Length is {said[:40]!r}")
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return LengthRequired("No length was given")
    length = int(said)
    if length <= OF_PUBLIC_FORM:
        return None
    most = _most_bytes(request)
    return TooMuchSent(most) if length > most else None


def _most_bytes(request: HttpRequest) -> int:
    if not request.path_info.startswith(BACK_OFFICE):
        return OF_PUBLIC_FORM
    try:
        of_files = getattr(resolve(request.path_info).func, "most_bytes_of", None)
    except Resolver404:
        return OF_PUBLIC_FORM
    # What was typed before somebody's session ended is kept, so strangers may send forms, too.
    of_forms = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    return max(of_forms, of_files(request) if of_files else 0)


def _pass_over(request: HttpRequest) -> None:
    left, until = PASSED_OVER_AT_MOST, time.monotonic() + PASSED_OVER_SECONDS
    try:
        while left > 0 and time.monotonic() < until and (piece := request.read(PIECE)):
            left -= len(piece)
    except UnreadablePostError:
        pass


def _answer(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    handler: Callable[..., HttpResponseBase] = get_resolver().resolve_error_handler(400)
    return handler(request, exception=exception)
