"""Pages of what is known while the database is away say since when, and are kept by nobody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from directory.answers import instants
from directory.editions import last_known
from directory.hours import moments


class KnownSinceMiddleware:
    """Within the one that tells pages from those that somebody has already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        last_known.begin()
        response = self.get_response(request)
        if known_at := last_known.known_at():
            response["Cache-Control"] = "no-store"
            response.known_at = known_at  # type: ignore[attr-defined] # for directory.rendered
        return response


def context(request: HttpRequest) -> dict[str, str]:
    """For every template: `known_since`, since when is known what the page says, as “at 10:42
    a.m.”; empty for what was read just now."""
    known_at = last_known.known_at()
    now = timezone.localtime(instants.now())
    told = moments.moment(timezone.localtime(known_at, now.tzinfo), now) if known_at else ""
    return {"known_since": told}
