"""Whether the database has every migration, without looking at all modules each time."""

from functools import cache

from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@cache
def _known() -> frozenset[tuple[str, str]]:
    """All that this code comes with: they change with it alone."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def are_pending() -> bool:
    """Whether the database lacks some. One query, or two. Raises DatabaseError."""
    applied = MigrationRecorder(connection).applied_migrations()
    return not _known() <= applied.keys()


def lacks_migrations(error: BaseException) -> bool:
    """Whether a statement failed for want of a table or column that a migration brings."""
    if not isinstance(error, ProgrammingError | OperationalError):
        return False
    try:
        return are_pending()
    except (DatabaseError, InterfaceError):
        return False
