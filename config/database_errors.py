"""Tells a database that is away, busy or only read from a mistake of ours."""

import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from config.availability import Away

# https://www.postgresql.org/docs/current/errcodes-appendix.html, https://sqlite.org/rescode.html.
READ_ONLY = ("25006", sqlite3.SQLITE_READONLY)
# What somebody else holds was not free in time; what took too long; two who waited for each other.
BUSY = ("55P03", "57014", "40P01", "40001", sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_outage(error: BaseException) -> bool:
    """Whether the error says that the database is away, locked, full, out of time or only read.

    A missing table or column is none. PostgreSQL has ProgrammingError for it, SQLite an
    OperationalError with the code SQLITE_ERROR (https://sqlite.org/rescode.html#error).
    """
    if is_read_only(error) or isinstance(error, Away):
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = code_of(error)
    return not _answers() if code is None else code != sqlite3.SQLITE_ERROR


def is_read_only(error: BaseException) -> bool:
    """Whether it says that nothing can be written: a replica, or what somebody made so."""
    return code_of(error) in READ_ONLY


def is_busy(error: BaseException) -> bool:
    """Whether it says that the database is there, and others were first."""
    return code_of(error) in BUSY


def code_of(error: BaseException) -> str | int | None:
    """What the database calls an error of Django: a SQLSTATE, or a primary code of SQLite."""
    of_sqlite = getattr(error.__cause__, "sqlite_errorcode", None)
    # Of an extended code the lower eight bits are the primary one.
    of_postgresql = getattr(error.__cause__, "sqlstate", None)
    return of_postgresql if of_sqlite is None else of_sqlite & 0xFF


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
