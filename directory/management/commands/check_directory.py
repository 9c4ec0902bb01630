"""Findings about the data; exit 1 if an open one is as serious as --fail-level, or more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.upkeep import checks


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fail-level",
            choices=[level.value for level in checks.Level],
            default=checks.Level.ERROR.value,
            help=_("the least serious level that makes it fail; “error” by default"),
        )

    def handle(self, fail_level: str, verbosity: int, **options: Any) -> None:
        found = checks.findings(fresh=True)
        for finding in found:
            if finding.is_open:
                self.stdout.write(f"{finding.level.label}: {finding.subject.name}")
                self.stdout.write(f"    {finding.message}")
            elif finding.acceptance and verbosity > 1:
                self.stdout.write(f"{finding.level.label}: {finding.subject.name}")
                accepted = _("accepted by %(name)s: %(reason)s")
                said = {"name": finding.acceptance.by, "reason": finding.acceptance.reason}
                self.stdout.write(f"    {finding.message} [{accepted % said}]")
        still_open = [finding for finding in found if finding.is_open]
        self.stdout.write(self._summary(still_open, len(found) - len(still_open)))
        failing = [each for each in still_open if each.level.reaches(checks.Level(fail_level))]
        if failing:
            raise CommandError(
                ngettext(
                    "%d finding has to be seen to.", "%d findings have to be seen to.", len(failing)
                )
                % len(failing)
            )

    def _summary(self, still_open: list[checks.Finding], accepted: int) -> str:
        count = len(still_open)
        summary = (
            ngettext("%d finding.", "%d findings.", count) % count if count else _("No findings.")
        )
        if accepted:
            summary += " " + ngettext("%d accepted.", "%d accepted.", accepted) % accepted
        return summary
