"""Tables to which rows are only added: triggers refuse any other change of them.

`TABLES` declares each such table with the acts that may still change a row of it. An update that is
none of them, a deletion, and an insertion that would take the place of a row (`INSERT OR REPLACE`
of SQLite) raise an IntegrityError; so does TRUNCATE on PostgreSQL. It holds for every program; who
may alter the tables themselves can also drop their triggers, so in production that is another role
of the database than the site's.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model, UniqueConstraint


class Act(NamedTuple):
    """A change of a row that is allowed: of these fields alone, where the condition holds.

    The condition is in the SQL that SQLite and PostgreSQL share, without a percent sign; `OLD` is
    the row as it is stored, `NEW` as it would be.
    """

    fields: tuple[str, ...]
    condition: str


class AppendOnly(NamedTuple):
    """A model of the app `directory` whose rows are only added, but for these acts."""

    model: str
    acts: tuple[Act, ...] = ()


WITHDRAWAL = "withdrawn_at", "withdrawn_by", "withdrawn_reason", "withdrawal_seal"
ERASURE = "document", "nonce", "search_text", "erased_at", "erased_by", "erasure_seal"

TABLES = (
    AppendOnly(
        "edition",
        (
            Act(WITHDRAWAL, "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL"),
            # It is shown again.
            Act(WITHDRAWAL, "NEW.withdrawn_at IS NULL AND OLD.erased_at IS NULL"),
            Act(
                ERASURE,
                "OLD.withdrawn_at IS NOT NULL AND OLD.erased_at IS NULL"
                " AND NEW.erased_at IS NOT NULL"
                " AND NEW.document = '' AND NEW.nonce = '' AND NEW.search_text = ''",
            ),
            Act(("search_text",), "OLD.erased_at IS NULL"),
        ),
    ),
    AppendOnly(
        "currentedition",
        (Act(("edition", "number", "digest", "seal"), "NEW.number > OLD.number"),),
    ),
    AppendOnly("auditentry"),
    AppendOnly("checkpoint"),
)

MESSAGE = "{table} is append-only"
# The triggers of a table by their names; {same} is true of a row whose place NEW would take.
SQLITE = {
    "{table}_append_only_update": """
        CREATE TRIGGER {name} BEFORE UPDATE ON {table}
        WHEN ({allowed}) IS NOT TRUE BEGIN SELECT RAISE(ABORT, '{message}'); END
    """,
    "{table}_append_only_delete": """
        CREATE TRIGGER {name} BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{message}'); END
    """,
    # REPLACE deletes without asking the triggers of DELETE (https://sqlite.org/lang_conflict.html).
    "{table}_append_only_insert": """
        CREATE TRIGGER {name} BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} OLD WHERE ({same}) AND ({allowed}) IS NOT TRUE)
        BEGIN SELECT RAISE(ABORT, '{message}'); END
    """,
}
POSTGRESQL_FUNCTION = """
    CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF {allowed} THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE integrity_constraint_violation USING MESSAGE = '{message}';
    END $$
"""
POSTGRESQL = {
    "{table}_append_only": """
        CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_append_only()
    """,
    "{table}_append_only_truncate": """
        CREATE TRIGGER {name} BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()
    """,
}


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the tables that these models know, anew where they stand.

    An operation of a migration (`RunPython`); again after each `migrate`, as SQLite rebuilds tables
    without them, and as a later migration may have added a column.
    """
    _install(apps, schema_editor.connection)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers: the opposite of `install`."""
    _remove(apps, schema_editor.connection)


def renew(*, using: str, apps: Apps = installed_apps, **_signal: Any) -> None:
    """`install` after each `migrate`: a receiver of `post_migrate`."""
    with transaction.atomic(using):
        _install(apps, connections[using])


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that should stand in this database and do not, or are off."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    wanted = [
        name.format(table=model._meta.db_table)
        for model, _acts in _tables(installed_apps)
        for name in _triggers(connection)
    ]
    return [name for name in wanted if name not in standing]


def _install(apps: Apps, connection: BaseDatabaseWrapper) -> None:
    _remove(apps, connection)
    for model, acts in _tables(apps):
        table = model._meta.db_table
        values = {
            "table": table,
            "allowed": " OR ".join(_allowed(model, act, connection) for act in acts) or "FALSE",
            "message": MESSAGE.format(table=table),
            "same": _same(model),
        }
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL_FUNCTION.format(**values))
            for template, statement in _triggers(connection).items():
                name = template.format(table=table)
                cursor.execute(statement.format(name=name, **values))
                if connection.vendor == "postgresql":
                    # Also in a session that says it replicates another database.
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def _remove(apps: Apps, connection: BaseDatabaseWrapper) -> None:
    for model, _acts in _tables(apps):
        table = model._meta.db_table
        of_table = "" if connection.vendor == "sqlite" else f" ON {table}"
        with connection.cursor() as cursor:
            for template in _triggers(connection):
                name = template.format(table=table)
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")


def _tables(apps: Apps) -> Iterator[tuple[type[Model], tuple[Act, ...]]]:
    """The declared models that these apps have; in an early migration not all."""
    models = apps.all_models["directory"]
    return ((models[name], acts) for name, acts in TABLES if name in models)


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def _allowed(model: type[Model], act: Act, connection: BaseDatabaseWrapper) -> str:
    """SQL that is true where NEW differs from OLD by this act alone."""
    same = "IS" if connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"
    kept = [field.column for field in model._meta.local_fields if field.name not in act.fields]
    return "(" + " AND ".join([act.condition, *(f"NEW.{n} {same} OLD.{n}" for n in kept)]) + ")"


def _same(model: type[Model]) -> str:
    """SQL that is true of a row OLD that has something unique of NEW."""
    meta = model._meta
    column = {field.name: field.column for field in meta.local_fields}
    unique = [each.fields for each in meta.constraints if isinstance(each, UniqueConstraint)]
    columns = [[field.column] for field in meta.local_fields if field.unique]
    columns += [[column[name] for name in names] for names in unique]
    return " OR ".join(
        "(" + " AND ".join(f"OLD.{name} = NEW.{name}" for name in names) + ")" for names in columns
    )
