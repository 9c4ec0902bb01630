"""Copy all of another database, with its editions, numbers, accounts and audit log, into this one,
which is migrated and empty; exit 1 and leave it empty if the copied history does not hold."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from environ import Env

from directory.audit.log import note
from directory.imports.database_copy import NotCopied, copy_rows, opened
from directory.models import Edition
from directory.models.audit_entries import Event


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "source", help=_("its address, as in DATABASE_URL: sqlite:////srv/old/db.sqlite3")
        )

    def handle(self, source: str, **options: Any) -> None:
        try:
            with opened(_database(source)), transaction.atomic():
                counts = copy_rows()
                call_command("verify_editions", stdout=self.stdout)
                rows = sum(counts.values())
                note(Event.IMPORTED, what="database", rows=rows, editions=counts[Edition])
        except NotCopied as error:
            raise CommandError(_why(error)) from error
        except DatabaseError as error:
            raise CommandError(_("Nothing was copied: %s") % error) from error
        self.stdout.write(
            _("Copied %(rows)d rows, %(editions)d editions among them.")
            % {"rows": rows, "editions": counts[Edition]}
        )


def _database(address: str) -> dict[str, Any]:
    """What it says, as `settings.DATABASES` has it. Raises CommandError."""
    if address.partition("://")[0] not in Env.DB_SCHEMES:
        raise CommandError(
            _("“%s” is no address of a database. Write it as in sqlite:////srv/old/db.sqlite3.")
            % address
        )
    database: dict[str, Any] = Env.db_url_config(address)
    if database["ENGINE"].endswith("sqlite3"):
        # Without `mode=ro` a misspelt name would make an empty database.
        database |= {
            "NAME": f"file:{database['NAME']}?mode=ro",
            "OPTIONS": {"uri": True, "timeout": 30},
        }
    return database


def _why(error: NotCopied) -> str:
    if error.model:
        told = _("This database has rows already (%s). Copy into a new one that is only migrated.")
        return told % error.model._meta.verbose_name_plural
    if error.is_source:
        return _("That database lacks migrations. Run “migrate” on it with this release first.")
    return _("This database lacks migrations. Run “migrate” first.")
