"""Browsers in which somebody has signed in before, as a signed cookie says.

It opens nothing: it only gives this browser a count of wrong passwords of its own.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

COOKIE = "known_device"
SALT = "directory.admin.known_devices"
SECONDS = 180 * 24 * 60 * 60
PEOPLE_AT_MOST = 10


def known(request: HttpRequest, user_id: int | None) -> str:
    """What stands for the browser of a request, if this person has signed in there before; else an
    empty text."""
    device = _read(request)
    return device["id"] if user_id is not None and user_id in device["people"] else ""


def remember(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Let the browser that gets a response be known as one of a person."""
    device = _read(request)
    people = [user_id, *(each for each in device["people"] if each != user_id)]
    value = {"id": device["id"] or get_random_string(22), "people": people[:PEOPLE_AT_MOST]}
    response.set_cookie(
        COOKIE,
        signing.dumps(value, salt=SALT),
        max_age=SECONDS,
        path="/admin/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        value = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return {"id": "", "people": []}
    return value
