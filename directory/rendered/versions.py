"""Which version of what the public reads is current: one narrow query."""

import time
from typing import Any

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

from directory.models import CurrentEdition, DirectoryVersion, Service
from directory.rendered.questions import Question

_SERVICE, _CURRENT = Service._meta.db_table, CurrentEdition._meta.db_table
_MARK = f"SELECT mark FROM {DirectoryVersion._meta.db_table}"  # noqa: S608
# A service whose slug somebody exchanged in the database has another edition, too.
_OF_SERVICE = (
    f"SELECT c.digest{{and_mark}} FROM {_SERVICE} s JOIN {_CURRENT} c"  # noqa: S608
    " ON c.service_id = s.id WHERE s.slug = %s AND s.is_published"
)
OF_SERVICE = _OF_SERVICE.format(and_mark="")
OF_SERVICE_AND_ALL = _OF_SERVICE.format(and_mark=f", ({_MARK})")
# Before anything was published.
NO_MARK = "-"


def version(question: Question) -> str | None:
    """The version of the answer to a question; None where there is no such service. Raises what the
    database does."""
    if not question.slug:
        row = _row(_MARK, ())
        return row[0] if row else NO_MARK
    row = _row(OF_SERVICE_AND_ALL if question.is_of_all else OF_SERVICE, (question.slug,))
    return None if row is None else ".".join(each or NO_MARK for each in row)


def _row(query: str, parameters: tuple[str, ...]) -> Any:
    """The row of a query. Where the server has closed the connection since it was used last, it is
    made anew, once."""
    connection = connections[DEFAULT_DB_ALIAS]
    # As Django does it before each request (CONN_MAX_AGE).
    is_old = connection.close_at is not None and time.monotonic() >= connection.close_at
    if is_old and not connection.in_atomic_block:
        connection.close()
    used = connection.connection
    try:
        return _asked(connection, query, parameters)
    except (OperationalError, InterfaceError):
        if not getattr(used, "closed", False) or connection.in_atomic_block:
            raise
        connection.close()
        return _asked(connection, query, parameters)


def _asked(connection: Any, query: str, parameters: tuple[str, ...]) -> Any:
    # The query itself tells whether there still is a connection.
    connection.health_check_done = True
    return connection.first_row(query, parameters)
