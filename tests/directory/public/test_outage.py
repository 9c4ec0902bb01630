"""A database that is away or busy is told as such; a query of ours that is wrong is not."""

import sqlite3
from contextlib import closing

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from psycopg import errors as postgresql

from directory.public.outage import is_outage

pytestmark = pytest.mark.django_db


def sqlite_error(path, statement):
    """What SQLite says to a statement while another connection has locked the file."""
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, timeout=0)) as ours,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as raised:
            ours.execute(statement)
    return raised.value


def caused_by(cause, error=OperationalError):
    """Django's error, as it wraps the driver's."""
    wrapped = error(*cause.args)
    wrapped.__cause__ = cause
    return wrapped


@pytest.fixture
def fail(monkeypatch):
    """A function that makes the list of services call another one first."""
    return lambda act: monkeypatch.setattr("directory.public.views.find", lambda *args: act())


def test_locked_database_is_told_with_when_to_come_back(client, fail, tmp_path):
    def lock():
        raise caused_by(sqlite_error(tmp_path / "file", "SELECT * FROM sqlite_master"))

    fail(lock)
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "<h1>Un momento, por favor</h1>" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["SELECT no_such_column FROM directory_service", "SELECT 1 FROM no_such_table"]
)
def test_missing_column_is_a_mistake_of_ours_with_its_traceback(client, fail, caplog, query):
    client.raise_request_exception = False
    fail(lambda: connection.cursor().execute(query))
    response = client.get("/")
    assert (response.status_code, "Retry-After" in response) == (500, False)
    assert "<h1>Algo falló de nuestro lado</h1>" in response.content.decode()
    assert [record.exc_info[0] for record in caplog.records] in (
        [OperationalError],
        [ProgrammingError],
    )


@pytest.mark.parametrize(
    "name", ["LockNotAvailable", "QueryCanceled", "AdminShutdown", "TooManyConnections"]
)
def test_busy_server_is_an_outage_although_it_answers(name):
    assert is_outage(caused_by(getattr(postgresql, name)()))


def test_error_without_a_code_is_an_outage_if_the_connection_does_not_answer(monkeypatch):
    error = caused_by(postgresql.OperationalError("the connection is closed"), InterfaceError)
    assert not is_outage(error)

    def refuse():
        raise error

    monkeypatch.setattr(connection, "cursor", refuse)
    assert is_outage(error)


def test_other_errors_are_no_outage():
    assert not is_outage(ProgrammingError("syntax"))
    assert not is_outage(ZeroDivisionError())
