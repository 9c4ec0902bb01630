"""Answers for a database that is away, busy or only read: 503 with when to try again."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config.database_errors import is_outage
from config.migrations import lacks_migrations
from directory.public.failures import unavailable

logger = logging.getLogger(__name__)


class DatabaseOutageMiddleware:
    """While the database is away or busy, and until it is migrated, answers 503.

    Any other database error stays what it is: logged with its traceback and answered with 500.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answered(request, exception)


def answered(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """What a request is answered that failed with this error; None where it is a mistake of
    ours."""
    if error is None or not (is_outage(error) or lacks_migrations(error)):
        return None
    logger.error("The database does not answer as it should: %s", error)
    return unavailable(request, error)
