"""Write past replacements of contact points into the rows. Shows them first; --write does it."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.management.repeated import RepeatedCommand
from directory.upkeep import settlement


class Command(RepeatedCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help=_("do it, and publish"))

    def handle(self, write: bool, **options: Any) -> None:
        settlements = settlement.due()
        if not settlements:
            self.stdout.write(_("No replacement is waiting: its day has not come."))
            return
        for each in settlements:
            day: Any = each.old.replaced_on
            date = formats.date_format(day, "DATE_FORMAT")
            uses = ngettext("%d use", "%d uses", each.uses) % each.uses
            self.stdout.write(f"{each.old} → {each.new} ({date}; {uses})")
        if not write:
            self.stdout.write(_("Nothing was written. Repeat with --write to do it."))
            return
        settled = settlement.settle(settlements)
        for reason in settled.reasons:
            self.stderr.write(reason)
        editions = settled.editions
        self.stdout.write(
            ngettext("Published %d edition.", "Published %d editions.", len(editions))
            % len(editions)
        )
