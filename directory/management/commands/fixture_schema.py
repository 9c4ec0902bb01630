"""The JSON Schema (2020-12) of what `loaddata` reads, for editors and validators."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from directory.imports.fixtures.schema import fixture_schema


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--lang",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help=_("of titles and descriptions"),
        )

    def handle(self, lang: str, **options: Any) -> None:
        with translation.override(lang):
            schema = fixture_schema()
        self.stdout.write(json.dumps(schema, ensure_ascii=False, indent=2))
