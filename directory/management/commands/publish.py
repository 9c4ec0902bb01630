"""Publish what differs from the current editions, and let the search know the languages that the
site has now. Safe to repeat."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.editions.publish import publish
from directory.editions.search_index import renew_index
from directory.editions.turn import publishing_turn
from directory.management.repeated import RepeatedCommand
from directory.models import Service


class Command(RepeatedCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="slug", help=_("all services by default"))

    def handle(self, slugs: list[str], verbosity: int, **options: Any) -> None:
        services = Service.objects.all()
        if slugs:
            services = services.filter(slug__in=slugs)
            unknown = set(slugs) - set(services.values_list("slug", flat=True))
            if unknown:
                raise CommandError(
                    _("There is no service “%(slug)s”.") % {"slug": ", ".join(sorted(unknown))}
                )
            drafts = services.filter(is_published=False).values_list("slug", flat=True)
            if drafts:
                raise CommandError(
                    _("“%(slug)s” is not marked as published. Mark it in the back office first.")
                    % {"slug": ", ".join(drafts)}
                )
        with publishing_turn():
            editions = publish(services, progress=self.progress(services, verbosity))
            renew_index(services.published())
        if verbosity > 1:
            for edition in editions:
                self.stdout.write(str(edition))
        self.stdout.write(
            ngettext("Published %d edition.", "Published %d editions.", len(editions))
            % len(editions)
        )

    def progress(self, services: Any, verbosity: int) -> Callable[[int], None]:
        """What `publish` calls with the number of services looked at: a line on a terminal that
        counts up, nothing elsewhere."""
        if verbosity < 1 or not self.stdout.isatty():
            return lambda done: None
        total = services.published().count()

        def show(done: int) -> None:
            end = "\n" if done >= total else ""
            text = _("%(done)d of %(total)d services") % {"done": done, "total": total}
            self.stdout.write(f"\r{text}", ending=end)
            self.stdout.flush()

        return show
