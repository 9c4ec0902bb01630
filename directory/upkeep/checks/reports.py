"""Checks of what customers report: contacts that did not work for them."""

from collections.abc import Iterator

from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Service
from directory.models.contact_reports import ContactReport, ReportSummary
from directory.models.findings import Severity
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.messages import CheckMessage, Subject

CODE = "reported_by_customers"
# As much of a customer's words as a finding repeats.
LONGEST_WORDS = 160


def reported_by_customers(facts: Facts) -> Iterator[CheckMessage]:
    """Contact points of which customers say that they do not work. Shown on the pages of the
    services that they were reported on, too."""
    for point in facts.contact_points:
        if summary := facts.reports.get(point.pk):
            yield CheckMessage(
                code=CODE,
                severity=Severity.WARNING,
                subject=Subject.of(point),
                field="reports",
                message=_message(summary),
                basis=(point.value, summary.newest.pk, summary.count),
                related=tuple(Subject(Service._meta.label_lower, key) for key in summary.services),
            )


def _message(summary: ReportSummary) -> str:
    told = ngettext(
        "A customer reports: %(problems)s (%(day)s).",
        "%(count)d reports of customers: %(problems)s. The newest is of %(day)s.",
        summary.count,
    ) % {"count": summary.count, "problems": summary.problems, "day": _day(summary.newest)}
    words = _("Try it, correct it, and close the reports with a word.")
    if report := summary.newest_with_text:
        text = Truncator(report.text).chars(LONGEST_WORDS)
        return " ".join([told, _("In the customer's words: “%(text)s”.") % {"text": text}, words])
    return f"{told} {words}"


def _day(report: ContactReport) -> str:
    return formats.date_format(timezone.localtime(report.made_at), "DATE_FORMAT")
