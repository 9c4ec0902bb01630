"""Tells a database that is away or busy from a mistake of ours."""

import logging
import sqlite3
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from directory.public.failures import unavailable

logger = logging.getLogger(__name__)

# PostgreSQL's read_only_sql_transaction: a replica, or one that somebody made so.
READ_ONLY = "25006"


class DatabaseOutageMiddleware:
    """While the database is away or busy, answers 503 with when to try again.

    Any other database error stays what it is: logged with its traceback and answered with 500.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_outage(exception):
            return None
        logger.error("The database does not answer: %s", exception)
        return unavailable(request)


def is_outage(error: Exception) -> bool:
    """Whether the error says that the database is away, locked, full, out of time or only read.

    A missing table or column is none. PostgreSQL has ProgrammingError for it, SQLite an
    OperationalError with the code SQLITE_ERROR (https://sqlite.org/rescode.html#error).
    """
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) == READ_ONLY:
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        # The lower eight bits are the primary code.
        return code & 0xFF != sqlite3.SQLITE_ERROR
    if getattr(cause, "sqlstate", None):
        return True
    return not _answers()


def _answers() -> bool:
    """Whether there is a connection, and it answers a query that needs no table."""
    if connection.connection is None:
        # None could be made; trying again would only make the visitor wait.
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True
