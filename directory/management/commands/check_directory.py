"""Findings about the data; exit 1 if an open one is as serious as --fail-level, or more."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.management.repeated import RepeatedCommand
from directory.models import Finding, FindingAcceptance
from directory.models.findings import Severity
from directory.upkeep.checks.runs import run_checks
from directory.upkeep.reports import forget


class Command(RepeatedCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fail-level",
            choices=[severity.word for severity in Severity],
            default=Severity.ERROR.word,
            help=_("the least serious level that makes it fail; “error” by default"),
        )

    def handle(self, *, fail_level: str, verbosity: int, **options: Any) -> None:
        """Check the whole directory and print what is open; with -v 2 also what was accepted."""
        forget(timezone.now())
        run_checks()
        accepted = {
            each.fingerprint: each
            for each in FindingAcceptance.objects.select_related("accepted_by")
        }
        for finding in Finding.objects.iterator(chunk_size=500):
            acceptance = accepted.get(finding.fingerprint)
            if acceptance is None or verbosity > 1:
                self.stdout.write(f"{finding.get_severity_display()}: {finding.subject}")
                self.stdout.write(f"    {finding.message}{_accepted(acceptance)}")
        counts = Finding.objects.counts()
        still_open = [counts[severity] for severity in Severity]
        self.stdout.write(self._summary(sum(still_open), counts[None]))
        if failing := sum(still_open[: Severity.from_word(fail_level)]):
            raise CommandError(
                ngettext(
                    "%d finding has to be seen to.", "%d findings have to be seen to.", failing
                )
                % failing
            )

    def _summary(self, count: int, accepted: int) -> str:
        summary = (
            ngettext("%d finding.", "%d findings.", count) % count if count else _("No findings.")
        )
        if accepted:
            summary += " " + ngettext("%d accepted.", "%d accepted.", accepted) % accepted
        return summary


def _accepted(acceptance: FindingAcceptance | None) -> str:
    if acceptance is None:
        return ""
    words = {"name": acceptance.accepted_by.get_username(), "reason": acceptance.reason}
    accepted = _("accepted by %(name)s: %(reason)s")
    return f" [{accepted % words}]"
