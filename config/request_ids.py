"""Ids of requests: lines of the log, entries of the audit log and pages that tell of a failure have
the one of their request, so that who reads one finds the others."""

import random
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "X-Request-ID"
# A key of the WSGI environment. No visitor can set it: what comes by HTTP begins with “HTTP_”.
KEY = "config.request_id"
# Read over the telephone: nothing that looks like another one, in groups of four.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
# For each byte one of them; to some a byte more leads than to others.
TO_LETTERS = bytes(ord(LETTERS[byte % len(LETTERS)]) for byte in range(256))
GIVEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")

current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def request_id(request: HttpRequest | None = None) -> str:
    """The id of a request, else of the one that is answered now; empty where there is none."""
    known: str = getattr(request or current.get(), "id", "")
    return known


def new_id() -> str:
    """A number that no other request has: 58 random bits, such as 7K3M-9QWX-2HTA. Nobody is let in
    by it, so that the system need not be asked for each."""
    letters = random.randbytes(12).translate(TO_LETTERS).decode()  # noqa: S311
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def given_id(environ: Mapping[str, Any]) -> str:
    """What the request of a WSGI environment is called already: by us, or by a proxy; empty
    without one, and where it is no plain id."""
    if KEY in environ:
        return str(environ[KEY])
    given = environ.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_PROXY else ""
    return given if GIVEN.fullmatch(given) else ""


class RequestIdMiddleware:
    """Gives each request an id, `request.id`, which the answer has in its header.

    The first in the list, so that whatever is logged of a request has it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = given_id(request.META) or new_id()
        vars(request)["id"] = known
        token = current.set(request)
        try:
            response = self.get_response(request)
        finally:
            current.reset(token)
        response[HEADER] = known
        return response
