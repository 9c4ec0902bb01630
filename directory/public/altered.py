"""Answers for what was altered in the database: nobody is shown it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from directory.editions.reading import AlteredEdition
from directory.public.failures import not_trusted


class AlteredEditionMiddleware:
    """Where a page would be made of an edition that is not what was published, answers 503 and says
    so. `directory.editions.reading` has logged it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AlteredEdition):
            return None
        response = not_trusted(request)
        response.is_of_altered = True  # type: ignore[attr-defined]
        return response


def is_of_altered(response: Any) -> bool:
    """Whether a response is the middleware's answer."""
    return getattr(response, "is_of_altered", False)
