import sqlite3
from contextlib import closing

import pytest
import time_machine
from django.db import connection, connections

from tests.directory import plans, withdrawals


@pytest.fixture
def monday():
    """It is Monday, 23 November 2026, 10:00 in Bogotá."""
    with time_machine.travel(plans.NOW, tick=False):
        yield


@pytest.fixture
def planned(db, monday):
    """A service with plans to make: see `plans.service`."""
    return plans.service()


@pytest.fixture
def march():
    """It is 10 March 2026, 10:00 in Bogotá: after the editions of `withdrawals`."""
    with time_machine.travel(withdrawals.NOW, tick=False):
        yield


@pytest.fixture
def thrice(db, march):
    """A service with three editions: see `withdrawals.service_with_editions`."""
    return withdrawals.service_with_editions()


@pytest.fixture
def database_for_threads(transactional_db, tmp_path):
    """The database, such that threads write to it as processes do.

    The tests' SQLite is in memory, where connections share one cache and do not wait for each
    other; so they get a copy in a file.
    """
    if connection.vendor != "sqlite":
        yield
        return
    copy = tmp_path / "copy.sqlite3"
    connection.ensure_connection()
    # One connection stays open: the last one that closes tidies up WAL, and the next one to open
    # would be told meanwhile that the database is locked. The name is given back before the test
    # case ends, which closes all connections but those of a database in memory.
    with closing(sqlite3.connect(copy)) as target, pytest.MonkeyPatch.context() as patch:
        connection.connection.backup(target)
        # As `migrate` leaves it: two connections that both switch a new file to WAL at once do
        # not wait for each other, one is told that the database is locked.
        target.execute("PRAGMA journal_mode=WAL").fetchall()
        patch.setitem(connections.settings["default"], "NAME", str(copy))
        yield
