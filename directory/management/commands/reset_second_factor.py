"""Remove the second factors of somebody who lost them, where nobody else can: for whoever has the
server."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from directory.audit.log import note
from directory.models import Event
from directory.models.second_factors import remove_second_factors


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help=_("the user name of the account"))

    @transaction.atomic
    def handle(self, username: str, **options: Any) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(_("Nobody has the user name “%(name)s”.") % {"name": username})
        remove_second_factors(person)
        note(Event.FACTOR_RESET, about=person)
        message = _("%(name)s signs in with the password, and sets up another second factor then.")
        self.stdout.write(message % {"name": username})
