"""Everything for a first look: migrate, load the real directories, an admin login, serve."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from directory.models import Service

FIXTURES = (
    "roles",
    "shared",
    "clave_segura",
    "camara_comercio_bogota",
    "subasta_electronica",
    "certifactura",
    "mesa_de_ayuda",
)
USERNAME = "admin"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-server", action="store_true", help=_("only prepare"))
        parser.add_argument("--port", type=int, default=8000, help=_("of the server, on loopback"))

    def handle(self, no_server: bool, port: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                _("This is for a first look. In production mode use migrate and gunicorn.")
            )
        call_command("migrate", verbosity=0)
        if Service.objects.exists():
            # Loading again would undo what somebody has edited since.
            self.stdout.write(_("The directories were left as they are."))
        else:
            call_command("loaddata", *FIXTURES, verbosity=0)
        password = self.create_admin()
        address = f"http://127.0.0.1:{port}"
        self.stdout.write(_("Public pages: %s/") % address)
        self.stdout.write(_("Back office:  %s/admin/") % address)
        if password:
            self.stdout.write(
                _("Sign in as %(name)s with the password %(password)s (shown only now).")
                % {"name": USERNAME, "password": password}
            )
        else:
            self.stdout.write(_("The login %s was left as it is.") % USERNAME)
        if not no_server:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

    def create_admin(self) -> str | None:
        """Create the superuser; return its password, or None if there already is one."""
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists() or users.filter(username=USERNAME).exists():
            return None
        password = secrets.token_urlsafe(12)
        users.create_superuser(USERNAME, password=password)
        return password
