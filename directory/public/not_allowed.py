"""The page for a method that an address does not take (405), which Django leaves empty."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render


class NotAllowedMiddleware:
    """Says in words what `Allow` says to programs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_empty = isinstance(response, HttpResponse) and not response.content
        if response.status_code != 405 or not is_empty:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page
