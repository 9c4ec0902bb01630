"""SQLite, whose requests do not wait for a lock as long as commands do."""

from typing import Any

from django.db.backends.sqlite3 import base

from config import availability
from config.databases.guarded import Guarded


class DatabaseWrapper(Guarded, base.DatabaseWrapper):
    """Django's; each statement waits for a lock as long as who asks may."""

    _waits: float | None = None

    def connect(self) -> None:
        """As Django's."""
        self._waits = None
        super().connect()

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's."""
        params = super().get_connection_params()
        return {**params, "timeout": self.longest_wait(params["timeout"])}

    def cursor(self) -> Any:
        """As Django's."""
        cursor = super().cursor()
        self._wait_for_locks()
        return cursor

    def first_row_of_driver(self, query: str, parameters: tuple[str, ...]) -> Any:
        """As in Guarded. With each look into the file another thread takes its turn, and Django's
        cursors look more often."""
        self._wait_for_locks()
        return self.connection.execute(query.replace("%s", "?"), parameters).fetchone()

    def _wait_for_locks(self) -> None:
        # A connection is kept for requests of readers and of staff.
        wait = self.longest_wait(self.settings_dict["OPTIONS"].get("timeout", 5))
        if wait != self._waits:
            self.connection.execute(f"PRAGMA busy_timeout = {round(wait * 1000)}")
            self._waits = wait

    def longest_wait(self, otherwise: float) -> float:
        """How many seconds it waits for a lock."""
        patience = availability.patience()
        if patience is None:
            return otherwise
        is_reader = patience <= availability.READER_SECONDS
        return min(otherwise, availability.LOCK_SECONDS if is_reader else availability.TURN_SECONDS)
