"""What both databases have in common."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from config import availability


class Guarded(BaseDatabaseWrapper):
    """Is not asked by a request that must not, and is known to be away where nobody can connect."""

    Database: Any

    def connect(self) -> None:
        """As Django's. Raises Away."""
        availability.refuse()
        try:
            super().connect()
        except (OperationalError, self.Database.OperationalError):
            # A replica that is away is done without.
            if self.alias == DEFAULT_DB_ALIAS:
                availability.note_away()
            raise

    def cursor(self) -> Any:
        """As Django's. Raises Away."""
        availability.refuse()
        return super().cursor()

    def chunked_cursor(self) -> Any:
        """As Django's. Raises Away."""
        availability.refuse()
        return super().chunked_cursor()

    def first_row(self, query: str, parameters: tuple[str, ...]) -> Any:
        """The first row that a query finds, None without one. Raises Away.

        Django's cursors cost half as much again as the driver's own; they are for who wants to know
        of each query."""
        if self.queries_logged or self.execute_wrappers:
            with self.cursor() as cursor:
                cursor.execute(query, parameters)
                return cursor.fetchone()
        availability.refuse()
        with self.wrap_database_errors:
            self.ensure_connection()
            return self.first_row_of_driver(query, parameters)

    def first_row_of_driver(self, query: str, parameters: tuple[str, ...]) -> Any:
        """The same from the open connection. Raises what the driver does."""
        raise NotImplementedError

    def is_usable(self) -> bool:
        """Whether it still answers, at once."""
        with availability.within(availability.PING_SECONDS):
            return super().is_usable()
