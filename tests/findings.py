"""Findings in tests: what the checks find now, and accepting it."""

from directory.models import Finding, FindingAcceptance
from directory.upkeep.checks.runs import run_checks
from tests.factories import UserFactory


def found(code: str) -> list[Finding]:
    """The findings of one kind after a check of the whole directory."""
    run_checks()
    return list(Finding.objects.filter(code=code))


def accept(finding: Finding, by=None) -> FindingAcceptance:
    return FindingAcceptance.objects.create(
        fingerprint=finding.fingerprint,
        code=finding.code,
        subject=finding.subject,
        reason="Acordado",
        accepted_by=by or UserFactory(username="ana"),
    )
