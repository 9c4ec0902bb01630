"""Commands that do all in one transaction, or in several that may be done twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from directory.editions import collisions


class RepeatedCommand(BaseCommand):
    """A command that is carried out anew where somebody saves at the same moment, and says in words
    why the database did not let it."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """As Django's."""
        try:
            execute = super().execute
            return collisions.repeated(lambda: execute(*args, **options))
        except (OperationalError, InterfaceError) as error:
            raise CommandError(collisions.in_words(error)) from error
