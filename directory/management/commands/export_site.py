"""Write the public pages as static files, a mirror to fail over to."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from config.origin import origin
from directory.audit.log import note
from directory.models import Event
from directory.public import static_mirror


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "directory", type=Path, help=_("replaced if it is empty or holds an earlier copy")
        )
        parser.add_argument(
            "--base-url",
            help=_("where the live site is, such as https://soporte.example.com; else PUBLIC_URL"),
        )

    def handle(self, directory: Path, base_url: str | None, **options: Any) -> None:
        base_url = (base_url or origin()).rstrip("/")
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
            raise CommandError(
                _("“%s” is no address of a site. Write it as in https://soporte.example.com.")
                % base_url
            )
        try:
            # Each page that is rendered leaves its language active.
            with translation.override(translation.get_language()):
                written = sum(1 for _address in static_mirror.write(directory.absolute(), base_url))
        except static_mirror.OtherFiles as error:
            raise CommandError(
                _("%s holds other files. Name an empty directory, or one for copies alone.") % error
            ) from error
        except OSError as error:
            message = _("Nothing was written, and an earlier copy stays as it is: %s.")
            raise CommandError(message % error) from error
        except ImproperlyConfigured as error:
            raise CommandError(_("%s. Does the page open?") % error) from error
        note(Event.EXPORTED, what="site", files=written, base_url=base_url)
        self.stdout.write(
            _("%(count)d files written to %(directory)s.")
            % {"count": written, "directory": directory}
        )
