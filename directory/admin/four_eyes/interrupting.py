"""How an act ends of which nothing is kept."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from directory.admin import confirming


class Interrupted(Exception):
    """Carries what is answered out of the transaction, which it undoes; `answer` is called when
    that is over."""

    def __init__(self, answer: Callable[[], HttpResponseBase]) -> None:
        super().__init__("interrupted")
        self.answer = answer


def confirm(request: HttpRequest) -> None:
    """Raise Interrupted unless who sends the request has confirmed with the second factor."""
    if (page := confirming.ask(request)) is not None:
        answer = page
        raise Interrupted(lambda: answer)
