"""Django's `dumpdata`, of what `loaddata` reads: rows named by their natural keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import dumpdata
from django.utils.translation import gettext as _

from directory.audit.log import note
from directory.imports.fixtures.loadable import loadable_models
from directory.models import Event


class Command(dumpdata.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        # Keys of this database would name other rows in another one.
        parser.set_defaults(use_natural_foreign_keys=True, use_natural_primary_keys=True, indent=2)

    def handle(self, *app_labels: str, exclude: list[str], **options: Any) -> None:
        if options["format"] == "yaml" and not _has_yaml():
            raise CommandError(_("For YAML install PyYAML, or write the data in JSON."))
        loadable = {model._meta.label_lower for model in loadable_models()}
        others = {model._meta.label_lower for model in apps.get_models()} - loadable
        for label in others.intersection(map(str.lower, app_labels)):
            message = _("“%s” stays in its database: back up the database to keep it.")
            raise CommandError(message % label)
        # Without labels Django's would write users, sessions and the log too.
        labels = app_labels or sorted(loadable)
        note(Event.EXPORTED, what="fixtures", models=sorted(labels), format=options["format"])
        output = options.pop("output")
        try:
            with _whole(output) as written:
                super().handle(*labels, exclude=[*exclude, *others], output=written, **options)
        except (OSError, CommandError) as error:
            # Django tells of whatever it was as of a failure to serialize.
            reason = error if isinstance(error, OSError) else error.__context__
            if not isinstance(reason, OSError):
                raise
            raise CommandError(_("Nothing was written: %s.") % reason) from error


@contextmanager
def _whole(output: str | None) -> Iterator[str | None]:
    """Where to write what is to be whole in the file `output`, or not there: beside it. What an
    earlier run left that was killed is written over."""
    path = Path(output or "")
    if output is None or path.suffix == ".zip" or (path.exists() and not path.is_file()):
        # A pipe or a terminal; or what Django writes under another name.
        yield output
        return
    # Django packs by the ending.
    beside = path.with_name(f".unfinished-{path.name}")
    try:
        yield str(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _has_yaml() -> bool:
    try:
        import yaml  # noqa: F401
    except ImportError:
        return False
    return True
