"""Database rules that reach further than one row.

A CHECK constraint sees only its own row. `RowsConstraint` states a rule between a row and the
others of its table ("no two spans overlap") and holds it with a trigger, the same way on SQLite and
on PostgreSQL. It is declared in `Meta.constraints`.
"""

from collections.abc import Collection
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model

SQLITE = """
CREATE TRIGGER {name}_{event} AFTER {event} ON %(table)s
WHEN {forbidden} BEGIN SELECT RAISE(ABORT, '{name}'); END
"""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET datestyle = 'ISO' AS $$
BEGIN
    IF {forbidden} THEN
        RAISE check_violation USING MESSAGE = '{name}', CONSTRAINT = '{name}';
    END IF;
    RETURN NULL;
END $$
"""

POSTGRESQL_TRIGGER = """
CREATE TRIGGER {name} AFTER INSERT OR UPDATE ON %(table)s
FOR EACH ROW EXECUTE FUNCTION {name}()
"""


class RowsConstraint(BaseConstraint):
    """Refuse, with an IntegrityError, an insert or update after which `forbidden` is true.

    `forbidden` is a condition in the SQL that SQLite and PostgreSQL share, without a percent sign;
    `NEW` is the row that was written, and all rows are already in place. It is checked row by row,
    deleting is not checked (a cascade passes through every stage), and a change of several rows at
    once takes the old ones away first (as `directory.admin.formsets` does).

    It looks at the rows of its own table alone. What a row of another table must be is left to
    `clean` and `validate_whole`: while SQLite rebuilds a table for a migration, a trigger of
    another one that names it is an error.
    """

    def __init__(
        self,
        *,
        name: str,
        forbidden: str,
        violation_error_code: str | None = None,
        violation_error_message: str | None = None,
    ) -> None:
        super().__init__(
            name=name,
            violation_error_code=violation_error_code,
            violation_error_message=violation_error_message,
        )
        self.forbidden = forbidden

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, RowsConstraint)
            and self.name == other.name
            and self.forbidden == other.forbidden
        )

    __hash__ = BaseConstraint.__hash__

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """As Django's, with `forbidden`."""
        path, args, kwargs = super().deconstruct()
        return path, tuple(args), {**kwargs, "forbidden": self.forbidden}

    def validate(
        self,
        model: type[Model],
        instance: Model,
        exclude: Collection[str] | None = None,
        using: str | None = None,
    ) -> None:
        """Nothing here: one form cannot see the rows that are edited beside it.

        Each model compares with its neighbours in `validate_among`, at the field that is wrong.
        """

    # The stubs want texts of all three; Django's own constraints return statements and None too.

    def constraint_sql(  # type: ignore[override]
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> None:
        """Add the triggers to what the schema editor runs at the end; none stand in the table."""
        # Part of no CREATE TABLE, but wanted as soon as the table stands: also when SQLite rebuilds
        # it for a later migration.
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(  # type: ignore[override]
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        """The statement that adds the rule to a table that stands."""
        first, *others = self._statements(model, schema_editor)
        schema_editor.deferred_sql.extend(others)
        return first

    def remove_sql(  # type: ignore[override]
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        """The statement that takes the rule away."""
        return self._statement(
            f"DROP TRIGGER IF EXISTS {self.name} ON %(table)s", model, schema_editor
        )

    def _statements(
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> list[Statement]:
        if schema_editor.connection.vendor == "sqlite":
            templates = [SQLITE.replace("{event}", event) for event in ("INSERT", "UPDATE")]
        else:
            templates = [POSTGRESQL_FUNCTION, POSTGRESQL_TRIGGER]
        return [self._statement(template, model, schema_editor) for template in templates]

    def _statement(
        self, template: str, model: type[Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        sql = template.replace("{name}", self.name).replace("{forbidden}", self.forbidden)
        return Statement(sql, table=Table(model._meta.db_table, schema_editor.quote_name))
