"""Two transactions in each other's way: done once more, or told as that and as nothing else."""

import io
import sqlite3
import threading

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connection, transaction

from directory.editions import collisions
from directory.imports.fixtures import fixture_import
from directory.models import ContactPoint
from tests.factories import PhoneFactory
from tests.threads import in_threads


def error_of(cause):
    error = OperationalError(*cause.args)
    error.__cause__ = cause
    return error


def of_sqlite(code, text):
    cause = sqlite3.OperationalError(text)
    cause.sqlite_errorcode = code
    return error_of(cause)


DEADLOCK = error_of(psycopg.errors.DeadlockDetected("deadlock detected"))
ERRORS = [
    (DEADLOCK, "Otros guardaron al mismo tiempo"),
    (error_of(psycopg.errors.SerializationFailure("x")), "Otros guardaron al mismo tiempo"),
    (error_of(psycopg.errors.LockNotAvailable("x")), "Otros guardaron al mismo tiempo"),
    (of_sqlite(sqlite3.SQLITE_BUSY, "database is locked"), "Otros guardaron al mismo tiempo"),
    (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT, "database is locked"), "Otros guardaron al mismo"),
    (error_of(psycopg.errors.DiskFull("could not extend file")), "No queda espacio"),
    (of_sqlite(sqlite3.SQLITE_FULL, "database or disk is full"), "No queda espacio"),
    (error_of(psycopg.errors.ReadOnlySqlTransaction("x")), "solo se puede leer"),
    (of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED, "x"), "solo se puede leer"),
    (error_of(psycopg.errors.AdminShutdown("terminated")), "no responde: terminated"),
    (OperationalError("the connection is lost"), "no responde: the connection is lost"),
    (InterfaceError("connection already closed"), "no responde: connection already closed"),
]


class Failing:
    """Fails so often with an error, and is done then."""

    def __init__(self, error, times):
        self.error, self.times, self.calls = error, times, 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        if self.calls <= self.times:
            raise self.error
        return "done"


def test_what_collides_is_done_anew_and_not_for_ever():
    assert collisions.repeated(Failing(DEADLOCK, 2)) == "done"
    work = Failing(DEADLOCK, 9)
    with pytest.raises(OperationalError):
        collisions.repeated(work)
    assert work.calls == 3


def test_nothing_else_is_done_twice():
    work = Failing(OperationalError("the connection is lost"), 9)
    with pytest.raises(OperationalError):
        collisions.repeated(work)
    assert work.calls == 1


def test_within_a_transaction_nothing_is_done_twice(db):
    work = Failing(DEADLOCK, 9)
    with pytest.raises(OperationalError):
        collisions.repeated(work)
    assert work.calls == 1


@pytest.mark.parametrize(("error", "words"), ERRORS)
def test_a_command_says_what_is_the_matter(db, monkeypatch, error, words):
    monkeypatch.setattr(fixture_import, "bring_in", Failing(error, 9))
    with pytest.raises(CommandError, match=f"No se cargó nada.*{words}") as refusal:
        call_command("loaddata", "roles", verbosity=0)
    assert "cambió o borró" not in str(refusal.value)
    monkeypatch.setattr("directory.management.commands.publish.publish", Failing(error, 9))
    with pytest.raises(CommandError, match=words):
        call_command("publish", stdout=io.StringIO())


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_victim_of_a_deadlock_does_its_work_all_the_same():
    """Of somebody who writes rows in the database's own console, and takes no turn."""
    one, other = PhoneFactory(), PhoneFactory()
    both, tries = threading.Barrier(2), []

    def label(row, text):
        ContactPoint.objects.filter(pk=row.pk).update(label=text)

    def patience(text):
        # Who has waited for so long looks whether it is for ever, and is the victim.
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL deadlock_timeout = '{text}'")

    def wait_until_somebody_waits():
        """Who looks before the other waits, finds no deadlock, and does not look again."""
        with connection.cursor() as cursor:
            for _look in range(10_000):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    return

    def console():
        with transaction.atomic():
            patience("60s")
            label(one, "Consola")
            both.wait(60)
            label(other, "Consola")

    def command():
        tries.append(1)
        with transaction.atomic():
            patience("10ms")
            label(other, "Orden")
            if len(tries) == 1:
                both.wait(60)
                wait_until_somebody_waits()
            label(one, "Orden")

    in_threads(console, lambda: collisions.repeated(command))
    assert len(tries) == 2
    assert {*ContactPoint.objects.values_list("label", flat=True)} == {"Orden"}
