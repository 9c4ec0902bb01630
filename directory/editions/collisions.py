"""Transactions that stand in each other's way: carried out once more, or told as that."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from django.db import Error, OperationalError, connection
from django.utils.translation import gettext as _

from config.database_errors import code_of, is_read_only

Result = TypeVar("Result")

TIMES = 3
# https://www.postgresql.org/docs/current/errcodes-appendix.html: serialization_failure,
# deadlock_detected, lock_not_available.
OF_POSTGRESQL = ("40001", "40P01", "55P03")
# https://sqlite.org/rescode.html
OF_SQLITE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
FULL = ("53100", sqlite3.SQLITE_FULL)


def is_collision(error: BaseException) -> bool:
    """Whether somebody else saved at the same moment, so that it is to be done once more."""
    return isinstance(error, OperationalError) and code_of(error) in (*OF_POSTGRESQL, *OF_SQLITE)


def repeated(work: Callable[[], Result]) -> Result:
    """What `work` returns, which is done anew where somebody else stood in its way, TIMES at most.
    Within a transaction it is done once: only the whole of that can be repeated."""
    for _number in range(0 if connection.in_atomic_block else TIMES - 1):
        try:
            return work()
        except OperationalError as error:
            if not is_collision(error):
                raise
    return work()


def in_words(error: Error) -> str:
    """What is the matter with the database, and what to do."""
    code = code_of(error)
    if is_collision(error):
        return _("Others saved at the same moment, several times. Run it once more.")
    if code in FULL:
        return _("There is no room left where the database is. Make room, and run it once more.")
    if is_read_only(error):
        return _("The database can only be read now. Run it once more when it can be written.")
    return _("The database does not answer: %s") % str(error).strip()
