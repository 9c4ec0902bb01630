#!/usr/bin/env python
"""The commands of the project: `manage.py help`."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

from config.environment import NotConfigured


def main() -> None:
    """Run the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for argument in sys.argv:
        if not _is_text(argument):
            sys.exit(f"{argument!r} is not UTF-8. Type it anew.")
    try:
        try:
            execute_from_command_line(sys.argv)
        finally:
            sys.stdout.flush()
    except NotConfigured as error:
        sys.exit(str(error))
    except OperationalError as error:
        _tell_outage(error)
        raise
    except BrokenPipeError:
        # Whoever reads has read enough: `check_directory | head`. What is left goes nowhere, as
        # https://docs.python.org/3/library/signal.html#note-on-sigpipe says.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _is_text(argument: str) -> bool:
    """Whether it was UTF-8 (PEP 383): no database takes anything else."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True


def _tell_outage(error: OperationalError) -> None:
    """End, saying why, where the database is what fails: Django's own commands do not."""
    from config.database_errors import is_outage
    from directory.editions.collisions import in_words

    if is_outage(error):
        sys.exit(in_words(error))


if __name__ == "__main__":
    main()
