"""What this process knows of the database without asking it: whether it answered a moment ago, how
many requests use it, and how long each may wait for it.

A database that hangs must not take the threads that need none: probes, files, and the pages that
are known already.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from threading import BoundedSemaphore

from django.conf import settings
from django.db import OperationalError

from config import metrics

# For so many seconds after it was found away nobody asks it again.
AWAY_FOR = 2.0
# Where the others come and go, a place is free within so many seconds.
SOON = 0.1
# So long readers wait for what one statement answers; who waits for a lock longer gets none.
READER_SECONDS = 4.0
LOCK_SECONDS = 2
# So long staff wait for their turn to publish.
TURN_SECONDS = 10
# Whether a connection still answers shows sooner, and whether the database does.
PING_SECONDS, PROBE_SECONDS = 0.5, 1.0

_away_until = 0.0
_patience: ContextVar[float | None] = ContextVar("patience", default=None)
_asks_nobody: ContextVar[bool] = ContextVar("asks_nobody", default=False)


class NoPlace(Exception):
    """As many requests as are allowed at once wait for the database in this process."""


class Away(OperationalError):
    """The database is not asked: it was found away a moment ago, or all places are taken."""


def is_away() -> bool:
    """Whether this request must not ask the database: somebody found it away a moment ago, or there
    was no place."""
    return _asks_nobody.get() or time.monotonic() < _away_until


def note_away() -> None:
    """Remember that the database did not answer."""
    global _away_until
    if time.monotonic() >= _away_until:
        metrics.note_database_away()
    _away_until = time.monotonic() + AWAY_FOR


def note_back() -> None:
    """Remember that it answered."""
    global _away_until
    _away_until = 0.0


class _Places:
    """So many places. Who finds none waits for SOON, and nobody does until one is free again."""

    def __init__(self, number: int) -> None:
        self._free = BoundedSemaphore(number)
        self._is_stuck = False

    def take(self) -> None:
        """Raises NoPlace."""
        if not self._free.acquire(timeout=0 if self._is_stuck else SOON):
            self._is_stuck = True
            raise NoPlace

    def leave(self) -> None:
        self._is_stuck = False
        self._free.release()


@cache
def _places() -> tuple[_Places, _Places]:
    """Those of all, one thread at least is left for what needs no database; and of these those of
    staff, who leave the others to customers while they wait for their turn to publish."""
    threads = settings.GUNICORN_THREADS
    return _Places(max(1, threads - 1)), _Places(max(1, threads // 2))


@contextmanager
def place(back_office: bool = False, seconds: float = READER_SECONDS) -> Iterator[None]:
    """A place among the requests that may use the database, and how long each of its statements may
    take. `back_office` is for what may wait for its turn to publish. Raises NoPlace."""
    wanted = _places() if back_office else _places()[:1]
    taken: list[_Places] = []
    # The server ends a statement of staff first, and says so.
    seconds = settings.DATABASE_STATEMENT_SECONDS + 2 if back_office else seconds
    try:
        for each in wanted:
            each.take()
            taken.append(each)
        with within(seconds):
            yield
    finally:
        for each in reversed(taken):
            each.leave()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is asked of the database is answered within so many seconds, or the connection given up
    (`config.databases`)."""
    before = _patience.get()
    token = _patience.set(seconds if before is None else min(before, seconds))
    try:
        yield
    finally:
        _patience.reset(token)


def patience() -> float | None:
    """Within how many seconds the database has to answer; None outside of requests: commands
    wait."""
    return _patience.get()


@contextmanager
def without_database() -> Iterator[None]:
    """Nothing is asked of the database; what would, raises Away."""
    token = _asks_nobody.set(True)
    try:
        yield
    finally:
        _asks_nobody.reset(token)


def refuse() -> None:
    """Raise Away where nothing may be asked."""
    if _asks_nobody.get():
        raise Away("Nothing is asked of the database now.")
