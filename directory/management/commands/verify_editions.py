"""Check the digest chain of all editions; exit 1 and say where it breaks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.editions.chain import first_broken
from directory.models import Edition


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        broken = [str(each) for each in first_broken(Edition.objects.all())]
        if broken:
            raise CommandError(
                _("The chain breaks at: %s. It was altered, or one before it is missing.")
                % "; ".join(broken)
            )
        count = Edition.objects.count()
        self.stdout.write(
            ngettext("%d edition is intact.", "%d editions are intact.", count) % count
        )
