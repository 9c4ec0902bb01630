"""How the database is asked, in ways that Django lacks.

`name__folded` takes no notice of accents and capitals, in both databases. `pk__in` passes over
numbers that no row can have.
"""

from django.db.backends.signals import connection_created
from django.db.models import CharField, IntegerField, TextField, Transform
from django.db.models.lookups import In

from directory.contacts.text import fold

# The accents that Latin letters are decomposed into: grave, acute, circumflex, tilde, macron,
# breve, dot, diaeresis, ring, double acute, caron, comma below, cedilla, ogonek.
ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0326\u0327\u0328"


class Folded(Transform):
    """Text in lower case and without accents; what it is compared with, too.

    PostgreSQL's `unaccent` would need an extension that whoever runs the database must allow.
    """

    lookup_name = "folded"
    function = "FOLDED"
    bilateral = True

    def as_postgresql(self, compiler, connection, **context):
        template = f"LOWER(TRANSLATE(NORMALIZE(%(expressions)s, NFKD), '{ACCENTS}', ''))"
        return self.as_sql(compiler, connection, template=template, **context)


class PossibleIn(In):
    """As Django's `exact` does: a number that the column cannot hold is in no row.

    Whatever keys a request brings, SQLite would answer the too large ones with an OverflowError.
    """

    def process_rhs(self, compiler, connection):
        if self.rhs_is_direct_value():
            kind = self.lhs.output_field.get_internal_type()
            self.rhs = [each for each in self.rhs if _fits(each, connection, kind)]
        return super().process_rhs(compiler, connection)


def _fits(value, connection, kind):
    lowest, highest = connection.ops.integer_field_range(kind)
    return not isinstance(value, int) or (
        (lowest is None or lowest <= value) and (highest is None or value <= highest)
    )


def give_to_sqlite(connection, **kwargs):
    """Receives each new connection."""
    if connection.vendor == "sqlite":
        # Deterministic: what is searched for is folded once, not for each row.
        connection.connection.create_function(
            Folded.function, 1, lambda text: text and fold(text), deterministic=True
        )


def register():
    for field in (CharField, TextField):
        field.register_lookup(Folded)
    IntegerField.register_lookup(PossibleIn)
    connection_created.connect(give_to_sqlite, dispatch_uid="directory.models.lookups")
