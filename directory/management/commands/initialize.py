"""What an empty directory needs: request types and roles in the organisation's language, and a
first administrator, who gets a link to set a password. Nobody's data; what is there stays."""

import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.origin import origin
from directory.admin.invitations import user_name
from directory.admin.sign_in.account_links import password_link
from directory.audit.log import note
from directory.contacts.text import tidy, visible
from directory.editions.turn import publishing_turn
from directory.management.usual_roles import make_usual_roles
from directory.models import Event
from directory.upkeep.usual_request_types import make_usual_types


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--admin-name", default="", help=_("the first administrator’s name"))
        parser.add_argument("--admin-email", default="", help=_("and e-mail address"))

    def handle(self, admin_name: str, admin_email: str, **options: Any) -> None:
        """Make what is missing, and say what was made and what was left."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(_("The database is not prepared. First run: manage.py migrate"))
        with publishing_turn():
            types, roles = make_usual_types(), make_usual_roles()
        self._tell(
            [each.name for each in types],
            ngettext(
                "%(count)d request type was made: %(names)s.",
                "%(count)d request types were made: %(names)s.",
                len(types),
            ),
            _("The request types were left as they are."),
        )
        self._tell(
            [each.name for each in roles],
            ngettext(
                "%(count)d role was made: %(names)s.",
                "%(count)d roles were made: %(names)s.",
                len(roles),
            ),
            _("The roles were left as they are."),
        )
        self._first_administrator(_in_one_line(admin_name), _in_one_line(admin_email))

    def _tell(self, made: list[str], words: str, left: str) -> None:
        said = {"count": len(made), "names": ", ".join(made)}
        self.stdout.write(words % said if made else left)

    def _first_administrator(self, name: str, email: str) -> None:
        """Make one, unless there is one; who has not come in yet gets another link."""
        administrators = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
        people = list(administrators)
        if any(person.has_usable_password() for person in people):
            self.stdout.write(_("The administrators were left as they are."))
            return
        person = people[0] if people else self._only_administrator(name, email)
        link = password_link(person, settings.BACK_OFFICE_URL or origin())
        self.stdout.write(
            ngettext(
                "%(name)s sets a password here, once, within %(days)d day: %(link)s",
                "%(name)s sets a password here, once, within %(days)d days: %(link)s",
                settings.PASSWORD_LINK_VALID_FOR_DAYS,
            )
            % {
                "name": person.get_full_name() or person.username,
                "days": settings.PASSWORD_LINK_VALID_FOR_DAYS,
                "link": link,
            }
        )

    def _only_administrator(self, name: str, email: str) -> User:
        """A new one; or the one that has been made meanwhile."""
        name = name or self._ask(_("Name of the first administrator: "))
        email = email or self._ask(_("E-mail address: "))
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"--admin-email: {' '.join(error.messages)}") from error
        if not name:
            raise CommandError(
                _("Nobody was made administrator. Add --admin-name and --admin-email.")
            )
        first, _blank, last = name.partition(" ")
        # Of two who do this at once one waits for the other.
        with publishing_turn():
            if person := User.objects.filter(is_superuser=True, is_active=True).first():
                return person
            if other := User.objects.filter(email__iexact=email).first():
                message = _("%(name)s has this address already.")
                raise CommandError(message % {"name": other.get_full_name() or other.username})
            person = User(username=user_name(email), first_name=first, last_name=last, email=email)
            person.is_staff = person.is_superuser = True
            person.set_unusable_password()
            try:
                person.full_clean()
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
            person.save()
            note(Event.PERSON_INVITED, about=person, email=email)
        return person

    def _ask(self, question: str) -> str:
        """What is typed; nothing where nobody is there to type."""
        if not sys.stdin.isatty():
            raise CommandError(
                _("Nobody was made administrator. Add --admin-name and --admin-email.")
            )
        return _in_one_line(input(question))


def _in_one_line(text: str) -> str:
    return " ".join(visible(tidy(text)).split())
