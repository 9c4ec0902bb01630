"""How databases are connected to."""

import pytest

from config import checks, connections
from config.environment import addresses


@pytest.mark.parametrize(
    ("cores", "threads", "processes"), [(1, 4, 3), (2, 4, 5), (64, 4, 22), (64, 64, 1), (8, 8, 11)]
)
def test_processes_are_as_many_as_the_database_has_connections_for(cores, threads, processes):
    assert connections.processes(None, cores, threads) == processes
    assert processes * threads <= connections.CONNECTIONS
    assert connections.processes(50, cores, threads) == 50


def test_the_address_of_the_database_may_say_its_own_limits():
    address = addresses.database("postgres://x@y/z?connect_timeout=9&sslmode=require")
    chosen = connections.database(address, 60)
    assert chosen["ENGINE"] == "config.databases.postgresql"
    assert chosen["OPTIONS"]["connect_timeout"] == 9
    assert chosen["OPTIONS"]["sslmode"] == "require"
    assert chosen["OPTIONS"]["tcp_user_timeout"] == 10_000


def test_a_file_is_one_of_sqlite():
    chosen = connections.database(addresses.database("sqlite:////srv/own.sqlite3"), 7)
    names = ("ENGINE", "NAME", "CONN_MAX_AGE")
    assert [chosen[name] for name in names] == [
        "config.databases.sqlite3",
        "/srv/own.sqlite3",
        7,
    ]


@pytest.mark.parametrize(
    ("engine", "wanted", "told"),
    [
        ("postgresql", 91, ["config.W001"]),
        ("postgresql", 90, []),
        ("sqlite3", 500, ["config.I006"]),
    ],
)
def test_more_connections_than_the_database_has_are_told(
    settings, monkeypatch, engine, wanted, told
):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", f"config.databases.{engine}")
    settings.DATABASE_CONNECTIONS, settings.DATABASE_CONNECTIONS_WANTED = 90, wanted
    assert [each.id for each in checks._database()] == told
