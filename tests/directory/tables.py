"""What the tables of the database hold, whatever the application shows of it."""

from django.db import connection


def tables_that_say(*texts):
    """The tables and columns in which one of these texts stands, however it is packed as JSON."""
    forms = {form for text in texts for form in (text, text.encode("unicode-escape").decode())}
    with connection.cursor() as cursor:
        found = set()
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    f"{table}.{name}"
                    for name, value in zip(names, row, strict=True)
                    if any(form in str(value) for form in forms)
                }
    return sorted(found)
