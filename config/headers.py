"""Headers that every answer has, whoever makes it: pages, files, probes, redirects and failures."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# No feature of a browser is used but these, and no frame within a page gets any of them.
# `unload` is not named: pop-ups of forms are closed with their page by it.
USED = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
# What browsers know; they complain of any other name.
# fmt: off
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read",
    "compute-pressure", "cross-origin-isolated", "display-capture", "encrypted-media",
    "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "keyboard-map", "local-fonts", "magnetometer", "microphone", "midi",
    "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial",
    "storage-access", "sync-xhr", "usb", "window-management", "xr-spatial-tracking",
)
# fmt: on
PERMISSIONS = ", ".join([*(f"{name}=(self)" for name in USED), *(f"{name}=()" for name in UNUSED)])

ALWAYS = {
    "Permissions-Policy": PERMISSIONS,
    # What opens our pages has no hold of them.
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# What other sites embed or read has it otherwise (`embedded`): the API, the card, images.
RESOURCES = "Cross-Origin-Resource-Policy"
API = "/api/"
# What a page reads of its own answer (refresh.js): the clock of its device may be wrong.
CLOCK = "Server-Timing"


def clock() -> str:
    """What the server's clock says, in milliseconds since 1970: a metric of Server Timing."""
    return f'clock;desc="{int(time.time() * 1000)}"'


class HeadersMiddleware:
    """Puts the headers into every answer. The first in the list: no answer comes from
    further out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers[CLOCK] = clock()
        is_embedded = request.path.startswith(API) or getattr(request, "is_embedded", False)
        response.headers[RESOURCES] = "cross-origin" if is_embedded else "same-origin"
        return response


def embedded(view: Callable[..., Any]) -> Any:
    """The view, whose answers other sites may embed; those that it does not make itself, such as
    “not modified”, too."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        request.is_embedded = True  # type: ignore[attr-defined] # read by the middleware
        return view(request, *args, **kwargs)

    return respond
