"""How passwords are kept: Argon2, and a bounded number of them at once.

A hash costs a tenth of a second of a processor and 46 MiB: that is what protects it. Unbounded,
whoever sends many passwords at once would take all threads, and the pages of customers would wait.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

# Tells `HashingBusy` when to try again.
SECONDS = 3


class HashingBusy(Exception):
    """As many passwords are hashed by this process as are allowed at once."""


_places = BoundedSemaphore(settings.PASSWORDS_HASHED_AT_ONCE)


@contextmanager
def place() -> Iterator[None]:
    """A place to hash a password in. Nobody waits for one: who waits takes a thread as well. Raises
    HashingBusy."""
    if not _places.acquire(blocking=False):
        raise HashingBusy
    try:
        yield
    finally:
        _places.release()


class Argon2(Argon2PasswordHasher):
    """Argon2id in 46 MiB, as strong as OWASP's first choice and one pass more
    (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html), on the one
    processor of its thread."""

    memory_cost = 47_104
    time_cost = 2
    parallelism = 1

    def encode(self, *args: Any, **kwargs: Any) -> str:
        return _in_place(super().encode, *args, **kwargs)

    def verify(self, *args: Any, **kwargs: Any) -> bool:
        return _in_place(super().verify, *args, **kwargs)


class PBKDF2(PBKDF2PasswordHasher):
    """What passwords were kept with before; it also verifies by encoding."""

    def encode(self, *args: Any, **kwargs: Any) -> str:
        return _in_place(super().encode, *args, **kwargs)


def _in_place(do: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    with place():
        return do(*args, **kwargs)
