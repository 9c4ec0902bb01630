"""PostgreSQL with limits of time for requests: the server's, and one of our own.

The server ends what takes too long, if it can say so. Behind a proxy or a firewall that swallows
what is sent and still acknowledges it, no limit of the server or of TCP ever ends a read.
"""

import time
from types import SimpleNamespace
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base

from config import availability
from config.databases.guarded import Guarded

# What is read of a directory is in memory, where another page costs what the next one does. Without
# it all editions ever published are read where the current ones are wanted
# (https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-RANDOM-PAGE-COST).
PLANNING = {"random_page_cost": "1.1"}


def limits() -> dict[str, str]:
    """What the server is told of a connection of a request."""
    return {
        "statement_timeout": f"{settings.DATABASE_STATEMENT_SECONDS}s",
        "lock_timeout": f"{availability.LOCK_SECONDS}s",
        # A process that was stopped half-way through holds its locks no longer.
        "idle_in_transaction_session_timeout": "60s",
    }


class Connection(psycopg.Connection):
    """Closes itself where what it asked is not answered in time."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg's. Raises OperationalError."""
        patience = availability.patience()
        if timeout is not None or patience is None:
            return super().wait(gen, interval, timeout)
        until = time.monotonic() + patience
        try:
            return super().wait(gen, interval, patience)
        except psycopg.OperationalError as error:
            if time.monotonic() < until:
                raise
            # Whatever arrives now would be taken for the next answer.
            self.close()
            raise psycopg.OperationalError(f"no answer within {patience:g} seconds") from error


class DatabaseWrapper(Guarded, base.DatabaseWrapper):
    """Django's; a connection that a request opens has the limits of requests."""

    Database: Any = SimpleNamespace(**{**vars(psycopg), "connect": Connection.connect})

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's."""
        params, given = super().get_connection_params(), PLANNING
        if (patience := availability.patience()) is not None:
            # psycopg takes no less than two.
            params["connect_timeout"] = min(params["connect_timeout"], max(2, int(patience)))
            given = PLANNING | limits()
        options = [f"-c {name}={value}" for name, value in given.items()]
        # What the administrator says in OPTIONS comes last, and counts.
        params["options"] = " ".join([*options, params.get("options", "")]).strip()
        return params

    def first_row_of_driver(self, query: str, parameters: tuple[str, ...]) -> Any:
        """As in Guarded. It is not prepared: that saves nothing measurable, and not every pooler
        can."""
        with psycopg.Cursor(self.connection) as cursor:
            return cursor.execute(query, parameters).fetchone()
