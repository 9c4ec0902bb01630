"""What this process keeps: as many bytes as it may; what was asked for longest ago goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """What knows how many bytes it takes."""

    @property
    def size(self) -> int: ...


Kept = TypeVar("Kept", bound=Sized)
# One answer never takes the place of all others.
LARGEST_PART = 4


class Memory(Generic[Kept]):
    """Keeps at most `limit` bytes; for several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        """What is kept by this key, which is the last to go from now on; None without it."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep it in the place of what was kept by this key; not at all if it is too large."""
        with self._lock:
            self._drop(key)
            if kept.size > self.limit // LARGEST_PART:
                return
            self._kept[key] = kept
            self.size += kept.size
            while self.size > self.limit:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        gone = self._kept.pop(key, None)
        self.size -= gone.size if gone else 0
