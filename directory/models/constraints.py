"""Database rules that reach further than one row.

A CHECK constraint sees only its own row. `RowsConstraint` states a rule between a row and the
others of its table ("no two spans overlap") and holds it with a trigger, the same way on SQLite and
on PostgreSQL. It stands in `Meta.constraints` like every other constraint.
"""

from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint

SQLITE = """
CREATE TRIGGER {name}_{event} AFTER {event} ON %(table)s
WHEN {forbidden} BEGIN SELECT RAISE(ABORT, '{name}'); END
"""

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
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
    so deleting is not looked at (a cascade passes through every stage), and whoever changes several
    rows at once takes the old ones away first (as `directory.admin.formsets` does).

    It looks at the rows of its own table alone. What a row of another table must be is left to
    `clean` and `validate_whole`: while SQLite rebuilds a table for a migration, a trigger of
    another one that names it is an error.
    """

    def __init__(self, *, name, forbidden, violation_error_code=None, violation_error_message=None):
        super().__init__(
            name=name,
            violation_error_code=violation_error_code,
            violation_error_message=violation_error_message,
        )
        self.forbidden = forbidden

    def __eq__(self, other):
        return (
            isinstance(other, RowsConstraint)
            and self.name == other.name
            and self.forbidden == other.forbidden
        )

    __hash__ = BaseConstraint.__hash__

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "forbidden": self.forbidden}

    def validate(self, model, instance, exclude=None, using=None):
        """Nothing here: one form cannot see the rows that are edited beside it.

        Each model compares with its neighbours in `validate_among`, at the field that is wrong.
        """

    def constraint_sql(self, model, schema_editor):
        # Part of no CREATE TABLE, but wanted as soon as the table stands: also when SQLite rebuilds
        # it for a later migration.
        schema_editor.deferred_sql.extend(self._statements(model, schema_editor))

    def create_sql(self, model, schema_editor):
        first, *others = self._statements(model, schema_editor)
        schema_editor.deferred_sql.extend(others)
        return first

    def remove_sql(self, model, schema_editor):
        return self._statement(
            f"DROP TRIGGER IF EXISTS {self.name} ON %(table)s", model, schema_editor
        )

    def _statements(self, model, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            templates = [SQLITE.replace("{event}", event) for event in ("INSERT", "UPDATE")]
        else:
            templates = [POSTGRESQL_FUNCTION, POSTGRESQL_TRIGGER]
        return [self._statement(template, model, schema_editor) for template in templates]

    def _statement(self, template, model, schema_editor):
        sql = template.replace("{name}", self.name).replace("{forbidden}", self.forbidden)
        return Statement(sql, table=Table(model._meta.db_table, schema_editor.quote_name))
