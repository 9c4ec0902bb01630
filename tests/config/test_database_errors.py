"""A database that is away or busy is told as such; a query of ours that is wrong is not."""

import sqlite3
from contextlib import closing

import pytest
from django.core.cache import cache
from django.db import (
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)
from django.db.migrations.recorder import MigrationRecorder
from psycopg import errors as postgresql

from config.availability import Away
from config.database_errors import is_busy, is_outage, is_read_only

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


def test_a_database_that_is_not_migrated_is_told_as_such(client, fail):
    MigrationRecorder.Migration.objects.filter(app="escalations").delete()

    def ask():
        with transaction.atomic():
            connection.cursor().execute("SELECT no_such_column FROM directory_service")

    fail(ask)
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "<h1>Un momento, por favor</h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "busy", "read_only"),
    [
        ("LockNotAvailable", True, False),
        ("QueryCanceled", True, False),
        ("DeadlockDetected", True, False),
        ("SerializationFailure", True, False),
        ("AdminShutdown", False, False),
        ("CannotConnectNow", False, False),
        ("TooManyConnections", False, False),
        ("DiskFull", False, False),
        ("ReadOnlySqlTransaction", False, True),
    ],
)
def test_a_server_that_cannot_is_an_outage_although_it_answers(name, busy, read_only):
    cause = getattr(postgresql, name)()
    error = caused_by(cause, InternalError if read_only else OperationalError)
    assert (is_outage(error), is_busy(error), is_read_only(error)) == (True, busy, read_only)


@pytest.mark.parametrize(
    ("code", "outage", "busy", "read_only"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, True, True, False),
        (sqlite3.SQLITE_LOCKED, True, True, False),
        (sqlite3.SQLITE_FULL, True, False, False),
        (sqlite3.SQLITE_CANTOPEN, True, False, False),
        (sqlite3.SQLITE_READONLY_DIRECTORY, True, False, True),
        (sqlite3.SQLITE_ERROR, False, False, False),
    ],
)
def test_so_is_a_file_that_cannot(code, outage, busy, read_only):
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorcode = code
    error = caused_by(cause)
    assert (is_outage(error), is_busy(error), is_read_only(error)) == (outage, busy, read_only)


def test_what_may_ask_nobody_is_an_outage():
    assert is_outage(Away("x"))


@pytest.mark.parametrize(
    ("cause", "said", "later"),
    [
        (postgresql.LockNotAvailable(), "Otras personas están publicando en este momento", "5"),
        (postgresql.ReadOnlySqlTransaction(), "la base de datos solo se puede leer", "30"),
        (postgresql.AdminShutdown(), "En este momento no hay conexión con el directorio", "30"),
    ],
)
def test_staff_are_told_why_nothing_was_saved_and_keep_what_they_typed(
    admin_client, monkeypatch, cause, said, later
):
    def refuse(*args, **kwargs):
        error = InternalError if is_read_only(caused_by(cause)) else OperationalError
        raise caused_by(cause, error)

    monkeypatch.setattr("directory.models.RequestType.save", refuse)
    typed = {"name": "Lo que escribí", "code": "nuevo", "position": "9"}
    response = admin_client.post("/admin/directory/requesttype/add/", typed)
    assert (response.status_code, response["Retry-After"]) == (503, later)
    page = response.content.decode()
    assert said in page
    assert 'value="Lo que escribí"' in page


def test_an_outage_within_a_middleware_is_told_as_one_too(admin_client, monkeypatch):
    def fail(*args):
        raise caused_by(postgresql.AdminShutdown())

    admin_client.raise_request_exception = False
    monkeypatch.setattr("directory.admin.confirming._take", fail)
    sent = {"name": "Lo que escribí", "_second_factor_password": "x"}
    response = admin_client.post("/admin/directory/requesttype/add/", sent)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert 'value="Lo que escribí"' in response.content.decode()


def test_staff_read_on_where_the_use_of_their_session_cannot_be_written(admin_client, monkeypatch):
    def fail(*args):
        raise caused_by(postgresql.ReadOnlySqlTransaction(), InternalError)

    monkeypatch.setattr("directory.models.Session.objects.use", fail)
    cache.clear()
    assert admin_client.get("/admin/directory/requesttype/add/").status_code == 200


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
