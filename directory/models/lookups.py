"""Look-ups of our own, for both databases: `name__folded`, text compared without accents and
capitals; `pk__among`, thousands of keys as one value."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import CharField, ForeignKey, IntegerField, Lookup, TextField, Transform
from django.db.models.sql.compiler import SQLCompiler

from directory.contacts.text import fold

# The accents that Latin letters are decomposed into: grave, acute, circumflex, tilde, macron,
# breve, dot, diaeresis, ring, double acute, caron, comma below, cedilla, ogonek.
ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0326\u0327\u0328"


class Folded(Transform):
    """Text in lower case and without accents; what it is compared with, too.

    PostgreSQL's `unaccent` is an extension, which not every hosted database allows.
    """

    lookup_name = "folded"
    function = "FOLDED"
    bilateral = True

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """As Django's, with the function of PostgreSQL."""
        template = f"LOWER(TRANSLATE(NORMALIZE(%(expressions)s, NFKD), '{ACCENTS}', ''))"
        return self.as_sql(compiler, connection, template=template, **context)


class Among(Lookup):
    """As `in`, of whole numbers, which go to the database as one value: each value of its own would
    take longer than what is read with it, and SQLite ends at 32,766 of them."""

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Iterable[int]) -> None:
        super().__init__(lhs, list(rhs))

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        """The keys as a JSON array."""
        key, params = self.process_lhs(compiler, connection)
        return f"{key} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.rhs)]  # noqa: S608

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        """The keys as an array."""
        key, params = self.process_lhs(compiler, connection)
        return f"{key} = ANY(%s)", [*params, self.rhs]


def give_to_sqlite(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Receives each new connection; SQLite gets the function that `Folded` calls."""
    if connection.vendor == "sqlite":
        # Deterministic: what is searched for is folded once, not for each row.
        connection.connection.create_function(
            Folded.function, 1, lambda text: text and fold(text), deterministic=True
        )


def register() -> None:
    """Make them known; called once, from `DirectoryConfig.ready`."""
    for field in (CharField, TextField):
        field.register_lookup(Folded)
    for key in (IntegerField, ForeignKey):
        key.register_lookup(Among)
    connection_created.connect(give_to_sqlite, dispatch_uid="directory.models.lookups")
