"""How long requests wait for the database: not without end, and commands as long as it takes."""

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from config import availability
from config.databases.sqlite3.base import DatabaseWrapper
from directory.editions.publish import take_publishing_turn
from tests.threads import in_threads


def shown(*names):
    """What a new connection of this thread says of these settings of PostgreSQL."""
    with connection.cursor() as cursor:
        return [cursor.execute(f"SHOW {name}").fetchone()[0] for name in names]


LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_connections_of_requests_have_limits_on_the_server_and_those_of_commands_none(settings):
    settings.DATABASE_STATEMENT_SECONDS = 7

    def asked():
        with availability.place():
            return shown(*LIMITS)

    assert in_threads(asked, lambda: shown(*LIMITS)) == [["7s", "2s", "1min"], ["0", "0", "0"]]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_is_not_answered_in_time_is_given_up_by_us_and_the_next_one_connects_anew():
    def ask():
        with availability.within(0.05), pytest.raises(OperationalError, match="no answer within"):
            connection.cursor().execute("SELECT pg_sleep(1)")
        assert not connection.is_usable()
        connection.close()
        return shown("lock_timeout")

    assert in_threads(ask) == [["0"]]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_who_waits_for_the_turn_within_a_request_is_told(monkeypatch):
    monkeypatch.setattr("directory.editions.publish.TURN_SECONDS", 0.05)

    def wait():
        refused = pytest.raises(OperationalError)
        with availability.place(back_office=True), refused as raised, transaction.atomic():
            take_publishing_turn()
        return raised.value.__cause__.sqlstate

    with transaction.atomic():
        take_publishing_turn()
        assert in_threads(wait) == ["55P03"]


@pytest.mark.postgresql
def test_a_dead_server_is_noticed(settings):
    options = settings.DATABASES["default"]["OPTIONS"]
    assert options == {
        "connect_timeout": 3,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }


@pytest.mark.django_db
def test_requests_wait_for_a_lock_of_sqlite_less_long_than_commands():
    options = {**connections.settings["default"], "OPTIONS": {"timeout": 30}, "NAME": ":memory:"}
    database = DatabaseWrapper(options)

    def wait():
        with database.cursor() as cursor:
            return cursor.execute("PRAGMA busy_timeout").fetchone()[0] / 1000

    waits = [wait()]
    for back_office in (False, True):
        with availability.place(back_office):
            waits.append(wait())
    waits.append(wait())
    # Django's `close` keeps a database in memory.
    database.connection.close()
    assert waits == [30, 2, 10, 30]


def test_who_cannot_connect_knows_that_it_is_away(monkeypatch):
    def refuse(params):
        raise OperationalError("refused")

    other = connection.copy()
    monkeypatch.setattr(other, "get_new_connection", refuse)
    with pytest.raises(OperationalError):
        other.connect()
    assert availability.is_away()


@pytest.mark.django_db
def test_the_first_row_of_a_query_is_the_same_whether_somebody_watches_or_not():
    query, none = "SELECT %s, 1", "SELECT 1 WHERE %s = 'b'"
    plain = [connection.first_row(each, ("a",)) for each in (query, none)]
    with CaptureQueriesContext(connection) as watched:
        asked = [connection.first_row(each, ("a",)) for each in (query, none)]
    assert plain == asked == [("a", 1), None]
    assert len(watched) == 2


@pytest.mark.django_db(transaction=True)
def test_what_fails_in_a_first_row_is_an_error_of_django():
    with pytest.raises(DatabaseError):
        connection.first_row("SELECT 1 FROM no_such_table WHERE 1 = %s", ("1",))


@pytest.mark.django_db
def test_no_first_row_is_asked_for_by_who_must_ask_nobody():
    with availability.without_database(), pytest.raises(availability.Away):
        connection.first_row("SELECT %s", ("a",))
