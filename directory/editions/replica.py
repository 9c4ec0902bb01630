"""Public pages and the API read from a replica, where DATABASE_REPLICA_URL names one; all else, and
which edition is current, from the primary.

A replica may lag. It is read where it has the same mark as the primary (`DirectoryVersion`): then
it has all that was committed before the mark was given, and nothing that the public reads is older
there. Otherwise, and where it fails, the primary is asked.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    InterfaceError,
    OperationalError,
    connections,
)

from config import availability
from config.database_errors import is_outage
from directory.models import DirectoryVersion

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., Any])
REPLICA = "replica"
# So long the replica may take to say its mark; where it does not, nobody asks it for so long.
MARK_SECONDS, AWAY_FOR = 1.0, 5.0

_is_read: ContextVar[bool] = ContextVar("replica", default=False)
_away_until = 0.0


class ReplicaFailed(Exception):
    """The replica did not answer a query. No error of the database: the primary is not away."""


class Router:
    """Sends what is read within `from_replica` there, and all else to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return REPLICA if _is_read.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both databases have the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """What is migrated on the primary gets there by itself."""
        return db != REPLICA


def from_replica(view: View) -> View:
    """The view, which reads from the replica if there is one that has all that the primary has. It
    must change nothing: where the replica fails half-way through, it is called again."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> Any:
        if settings.HAS_REPLICA and _is_in_step():
            try:
                with _read_there():
                    return view(*args, **kwargs)
            except ReplicaFailed as failure:
                _leave_alone(failure.__cause__)
        return view(*args, **kwargs)

    return cast(View, answered)


@contextmanager
def _read_there() -> Iterator[None]:
    token = _is_read.set(True)
    try:
        with connections[REPLICA].execute_wrapper(_executed):
            yield
    finally:
        _is_read.reset(token)


def _executed(execute: Callable[..., Any], *args: Any) -> Any:
    """As Django's. Raises ReplicaFailed where it is away, or had to apply what is newer first."""
    try:
        return execute(*args)
    except (OperationalError, InterfaceError) as error:
        raise ReplicaFailed from error


def _is_in_step() -> bool:
    """Whether the replica has what the primary has. Two queries of one row."""
    if availability.is_away() or time.monotonic() < _away_until:
        return False
    try:
        current = _mark(DEFAULT_DB_ALIAS)
    except (DatabaseError, InterfaceError) as error:
        # The view is told so at once, instead of waiting again.
        if is_outage(error):
            availability.note_away()
        return False
    try:
        with availability.within(MARK_SECONDS):
            return _mark(REPLICA) == current
    except (DatabaseError, InterfaceError) as error:
        _leave_alone(error)
        return False


def _mark(alias: str) -> str | None:
    return DirectoryVersion.objects.using(alias).values_list("mark", flat=True).first()


def _leave_alone(error: BaseException | None) -> None:
    global _away_until
    logger.warning("The replica does not answer; the primary is read: %s", error)
    _away_until = time.monotonic() + AWAY_FOR
