"""Django's `dumpdata`, of what `loaddata` reads: rows named by their natural keys."""

from typing import Any

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import dumpdata
from django.utils.translation import gettext as _

from directory.imports.fixtures.loadable import loadable_models


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
        super().handle(*labels, exclude=[*exclude, *others], **options)


def _has_yaml() -> bool:
    try:
        import yaml  # noqa: F401
    except ImportError:
        return False
    return True
