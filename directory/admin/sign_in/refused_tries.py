"""What is answered where a password is not even looked at."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.hashers import SECONDS, HashingBusy
from directory.admin.sign_in import lockouts
from directory.admin.sign_in.limits import TooManyTries


class RefusedTriesMiddleware:
    """Answers 429 after too many wrong ones, 503 where as many passwords are hashed as are allowed
    at once, each with when to try again. Nothing was done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for TooManyTries and HashingBusy."""
        if isinstance(exception, TooManyTries):
            return lockouts.locked_out(request, exception.until)
        if isinstance(exception, HashingBusy):
            response = render(request, "admin/people/hashing_busy.html", status=503)
            response.headers["Retry-After"] = str(SECONDS)
            return response
        return None
