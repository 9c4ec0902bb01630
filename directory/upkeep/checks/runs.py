"""Running the checks, keeping what they found for the pages, and what staff have accepted.

The checks read the whole directory. They run after every change in the back office, once its answer
is sent, and when a command asks for it; pages show what was found last.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db.models import BooleanField, ExpressionWrapper, Max, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from directory.models import Edition, FindingAcceptance, FindingsLook
from directory.upkeep.checks import contact_points, schedules, services, texts
from directory.upkeep.checks.facts import load
from directory.upkeep.checks.finding import SERIOUS_FIRST, Acceptance, Finding, Level

CHECKS = (
    services.not_as_published,
    services.without_channels,
    services.incomplete_channels,
    services.critical_without_answer,
    services.without_level_one,
    services.channels_past_due,
    services.levels_past_due,
    schedules.contradicting_hours,
    schedules.contradicting_escalation_hours,
    schedules.empty_schedules,
    schedules.spans_past_due,
    contact_points.near_identical,
    contact_points.plain_http,
    contact_points.replacement_past_due,
    texts.outdated_numbers,
    texts.unknown_mentions,
    texts.plain_http_in_texts,
    contact_points.not_verified,
)


@dataclass(frozen=True)
class Look:
    """What was found, the most serious first, with what was accepted; when; and whether nothing has
    changed since."""

    findings: list[Finding]
    at: datetime
    holds: bool


def look() -> None:
    """Run the checks over the rows as they stand, and keep what they find in every language.

    The number of queries does not grow with the directory.
    """
    rests_on = {
        "looked_at": timezone.now(),
        "day": timezone.localdate(),
        "last_change": _last(LogEntry),
        "last_edition": _last(Edition),
    }
    facts = load()
    looks = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found = sorted(
                (finding for check in CHECKS for finding in check(facts)),
                key=lambda finding: SERIOUS_FIRST.index(finding.level),
            )
        kept = msgspec.json.encode(found).decode()
        looks.append(FindingsLook(language=language, findings=kept, **rests_on))
    FindingsLook.objects.bulk_create(
        looks,
        update_conflicts=True,
        unique_fields=["language"],
        update_fields=["findings", *rests_on],
    )


def look_if_changed() -> None:
    """`look`, if anybody has changed or published something since the last time: one query."""
    if not FindingsLook.objects.filter(_holds()).exists():
        look()


def last_look() -> Look | None:
    """The last look, in the active language; None before the first. Two queries."""
    looks = FindingsLook.objects.filter(language=translation.get_language())
    kept = looks.annotate(holds=ExpressionWrapper(_holds(), BooleanField())).first()
    if kept is None:
        return None
    found = msgspec.json.decode(kept.findings, type=list[Finding])
    return Look(_with_acceptances(found), kept.looked_at, kept.holds)


def current_look(*, fresh: bool = False) -> Look:
    """The last look if it holds, else one of now. `fresh` looks again in any case, which also sees
    what was changed past the back office."""
    last = None if fresh else last_look()
    if last is None or not last.holds:
        look()
        last = last_look()
    return last


def findings(*, fresh: bool = False) -> list[Finding]:
    """What `current_look` found: all findings as of now, the most serious first, in the active
    language, with what was accepted."""
    return current_look(fresh=fresh).findings


def for_object(instance) -> list[Finding]:
    """The findings about one row."""
    return [finding for finding in findings() if finding.concerns(instance)]


def count_by_level(found: list[Finding]) -> dict[Level, int]:
    """How many of the findings nobody has accepted, for every level."""
    counts = Counter(finding.level for finding in found if finding.is_open)
    return {level: counts[level] for level in SERIOUS_FIRST}


def _with_acceptances(found):
    accepted = {
        each.fingerprint: Acceptance(
            reason=each.reason, by=each.accepted_by.get_username(), at=each.accepted_at
        )
        for each in FindingAcceptance.objects.select_related("accepted_by")
    }
    return [replace(each, acceptance=accepted.get(each.fingerprint)) for each in found]


def _holds():
    """Whether a look still holds: nobody has changed or published anything, and it is today's."""
    return Q(
        day=timezone.localdate(),
        last_change=_last_known(LogEntry),
        last_edition=_last_known(Edition),
    )


def _last_known(model):
    newest = model.objects.order_by("-pk").values("pk")[:1]
    return Coalesce(Subquery(newest), 0)


def _last(model):
    return model.objects.aggregate(last=Coalesce(Max("pk"), 0))["last"]
