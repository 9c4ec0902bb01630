"""How long the processor may be busy with one file.

What a file holds is counted while it is read, and no step takes longer than its size; but a file
may be made of what takes long for its size. The clock is that of the thread alone: on a busy
machine a good file is refused no sooner.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import thread_time

from django.utils.translation import gettext as _

from directory.imports.spreadsheets.cells import FileRefused

MOST_SECONDS = 2.0
_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def measured() -> Iterator[None]:
    """In the block a file is read."""
    token = _until.set(thread_time() + MOST_SECONDS)
    try:
        yield
    finally:
        _until.reset(token)


def refuse_slow() -> None:
    """Raise FileRefused if the file that is read has taken MOST_SECONDS."""
    until = _until.get()
    if until is not None and thread_time() > until:
        raise FileRefused(_("Reading this file takes too long. Split it into several."))
