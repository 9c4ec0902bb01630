"""All rows of another database, with their keys, into this one, which has none: from SQLite to
PostgreSQL, or back. What is written is what was read: nothing is saved, checked or published anew,
so editions, numbers, seals, accounts and the audit log are the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.db.utils import ConnectionHandler

SOURCE = "copied"
# Rows that are held in memory at once.
BATCH = 500
# `migrate` makes them, with keys of its own.
MADE_BY_MIGRATE: tuple[type[Model], ...] = (Permission, ContentType)


class NotCopied(Exception):
    """Nothing was copied. `model` is the one that has rows already; without one, `is_source` says
    which of the two databases lacks migrations."""

    def __init__(self, model: type[Model] | None = None, is_source: bool = False) -> None:
        self.model, self.is_source = model, is_source
        super().__init__(model, is_source)


@contextmanager
def opened(database: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """A connection to another database, as `settings.DATABASES` describes one, named SOURCE."""
    if database["ENGINE"].endswith("postgresql"):
        from psycopg import IsolationLevel

        # All that is read is of one moment.
        options = {**database.get("OPTIONS", {}), "isolation_level": IsolationLevel.REPEATABLE_READ}
        database = {**database, "OPTIONS": options}
    connections[SOURCE] = ConnectionHandler({"default": {}, SOURCE: database})[SOURCE]
    try:
        yield connections[SOURCE]
    finally:
        connections[SOURCE].close()
        del connections[SOURCE]


def copied_models() -> list[type[Model]]:
    """What has a table: ours, Django's, and those between many and many."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]


def copy_rows() -> dict[type[Model], int]:
    """Copy all rows of the database that is `opened`; return how many of each model.

    In one transaction, so all or nothing. Raises NotCopied.
    """
    models = copied_models()
    with transaction.atomic(using=SOURCE), transaction.atomic():
        for each in (connections[SOURCE], connection):
            executor = MigrationExecutor(each)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                raise NotCopied(is_source=each is not connection)
        for model in models:
            if model not in MADE_BY_MIGRATE and model._base_manager.exists():
                raise NotCopied(model)
        for model in MADE_BY_MIGRATE:
            model._base_manager.all().delete()
        counts = {model: _copy(model) for model in models}
        connection.check_constraints()
        _continue_numbers(models)
    ContentType.objects.clear_cache()
    return counts


def _copy(model: type[Model]) -> int:
    """Copy the rows of one model; return how many."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    read = model._base_manager.using(SOURCE).order_by("pk")
    rows = read.values_list(*(field.attname for field in fields)).iterator(BATCH)
    count, batch = 0, []
    with connection.cursor() as cursor:
        for row in rows:
            values = zip(fields, row, strict=True)
            batch.append([field.get_db_prep_save(value, connection) for field, value in values])
            count += 1
            if len(batch) == BATCH:
                cursor.executemany(statement, batch)
                batch.clear()
        if batch:
            cursor.executemany(statement, batch)
    return count


def _continue_numbers(models: list[type[Model]]) -> None:
    """Let the next row of each table have a key of its own."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
