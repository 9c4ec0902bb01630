"""Writes to the database behind the application's back, as who has stolen its password would."""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from directory.models import append_only


def execute(sql, *params):
    """Run a statement. Returns how many rows it concerned."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


@contextmanager
def triggers_dropped(database=connection):
    """Without the triggers of the tables to which rows are only added: whoever owns the tables can
    drop them."""
    editor = database.schema_editor()
    _settle(database)
    append_only.remove(apps, editor)
    yield
    _settle(database)
    append_only.install(apps, editor)


def _settle(database):
    # PostgreSQL alters no table of which a foreign key is still to be checked.
    if database.vendor == "postgresql" and database.in_atomic_block:
        database.check_constraints()


def tamper(sql, *params, rows=1):
    """Run a statement that the triggers would refuse, and that concerns so many rows."""
    with triggers_dropped():
        assert execute(sql, *params) == rows


def set_values(edition, **values):
    """Write these values, and leave all else of the edition's row as it is."""
    columns = ", ".join(f"{name} = %s" for name in values)
    sql = "UPDATE directory_edition SET {} WHERE id = %s"
    tamper(sql.format(columns), *values.values(), edition.pk)
