"""Django's `dumpdata`, without rows that are about others by the keys of this database alone."""

from typing import Any

from django.apps import apps
from django.core.management.commands import dumpdata

from directory.editions import contributions
from directory.models import Edition


class Command(dumpdata.Command):
    def handle(self, *app_labels: str, exclude: list[str], **options: Any) -> None:
        super().handle(*app_labels, exclude=[*exclude, *_of_this_database()], **options)


def _of_this_database() -> list[str]:
    """The models whose rows no fixture can name, and `loaddata` refuses: findings, acceptances.

    Editions are refused as well, but a dump of them can be read.
    """
    return [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in contributions.app_labels()
        and not hasattr(model, "natural_key")
        and model is not Edition
    ]
