"""Write the public pages as static files, a mirror to fail over to."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from directory.public import static_mirror


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "directory", type=Path, help=_("replaced if it is empty or holds an earlier copy")
        )
        parser.add_argument(
            "--base-url",
            help=_("where the live site is, such as https://soporte.example.com"),
        )

    def handle(self, directory: Path, base_url: str | None, **options: Any) -> None:
        scheme = "https" if settings.PRODUCTION else "http"
        base_url = (base_url or f"{scheme}://{settings.ALLOWED_HOSTS[0]}").rstrip("/")
        if urlsplit(base_url).scheme not in ("http", "https") or not urlsplit(base_url).hostname:
            raise CommandError(_("“%s” is no address. Write it whole, with https://.") % base_url)
        try:
            # Each page that is rendered leaves its language active.
            with translation.override(translation.get_language()):
                written = sum(1 for _address in static_mirror.write(directory.absolute(), base_url))
        except FileExistsError as error:
            raise CommandError(
                _("%s holds other files. Name an empty directory, or one for copies alone.") % error
            ) from error
        except ImproperlyConfigured as error:
            raise CommandError(
                _("%s. Is this host in ALLOWED_HOSTS, and does the page open?") % error
            ) from error
        self.stdout.write(
            _("%(count)d files written to %(directory)s.")
            % {"count": written, "directory": directory}
        )
