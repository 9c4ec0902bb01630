"""Places for requests that use the database: a layer of WSGI around Django.

Staff wait for their turn to publish in the processes that serve pages, with a limit of time and of
number, and are told. Processes of their own for the back office would be a second thing to run, to
size and to route to, and would not help pages where the database itself hangs.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import connections

from config import availability

Environ = dict[str, Any]
Handler = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
PROBES = ("/healthz", "/readyz")
BACK_OFFICE = "/admin/"


class Places:
    """The handler, to which each request comes with a place, or is told to ask no database: it then
    gives what is known, or says when to come back."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path in PROBES or path.startswith(settings.STATIC_URL):
            return self.handler(environ, start_response)
        with ExitStack() as stack:
            try:
                if availability.is_away():
                    raise availability.NoPlace
                stack.enter_context(availability.place(back_office=may_wait(environ)))
            except availability.NoPlace:
                stack.enter_context(availability.without_database())
            answer = self.handler(environ, start_response)
            give_up_broken()
            return answer


def may_wait(environ: Environ) -> bool:
    """Whether a request may wait for its turn to publish: a form of the back office."""
    path, method = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD", "GET")
    return path.startswith(BACK_OFFICE) and method == "POST"


def give_up_broken() -> None:
    """Close connections on which something failed: Django would ask before the next request whether
    they still answer, be it one for a file."""
    for each in connections.all(initialized_only=True):
        if each.errors_occurred and not each.in_atomic_block:
            each.close()
