"""Running the checks, and what staff have accepted."""

from collections import Counter
from dataclasses import replace

from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.db.models import BigIntegerField, Max, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from directory.models import Edition, FindingAcceptance
from directory.quality import addresses, schedules, services, texts
from directory.quality.facts import load
from directory.quality.finding import SERIOUS_FIRST, Acceptance, Finding, Level

CHECKS = (
    services.not_as_published,
    services.incomplete_channels,
    services.critical_without_answer,
    services.without_level_one,
    services.channels_past_due,
    schedules.contradicting_hours,
    schedules.empty_schedules,
    schedules.spans_past_due,
    addresses.near_identical,
    addresses.plain_http,
    addresses.replacement_past_due,
    texts.outdated_numbers,
    texts.unknown_mentions,
    texts.plain_http_in_texts,
    addresses.not_verified,
)
REMEMBERED_FOR = 10 * 60
LAST_LOOK_FOR = 24 * 60 * 60


def findings(*, fresh: bool = False) -> list[Finding]:
    """All findings, the most serious first, in the active language, with what was accepted.

    What the checks found is remembered until anybody changes something in the back office or
    publishes (or ten minutes pass), so a page that shows findings costs two queries. `fresh`
    looks again. Either way the number of queries does not grow with the directory.
    """
    return _with_acceptances(_look() if fresh else _remembered())


def remembered() -> tuple[list[Finding], bool] | None:
    """What the last look found, without looking again, and whether it still holds: False if
    something has changed or ten minutes have passed since. None if nobody has
    looked for a day. At most two queries."""
    key, last_key = _keys()
    found = cache.get(key)
    holds = found is not None
    if not holds:
        found = cache.get(last_key)
    return None if found is None else (_with_acceptances(found), holds)


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


def _look():
    facts = load()
    found = [finding for check in CHECKS for finding in check(facts)]
    return sorted(found, key=lambda finding: SERIOUS_FIRST.index(finding.level))


def _remembered():
    key, last_key = _keys()
    found = cache.get(key)
    if found is None:
        found = _look()
        cache.set(key, found, REMEMBERED_FOR)
        cache.set(last_key, found, LAST_LOOK_FOR)
    return found


def _keys():
    """Under which what holds now is remembered, and what the last look found."""
    last_entry = LogEntry.objects.order_by("-pk").values("pk")[:1]
    last = Edition.objects.aggregate(
        edition=Max("pk"),
        # One query for both: Django takes the subquery beside an aggregate only, which never counts
        # here.
        change=Coalesce(Subquery(last_entry), Value(0), Max("pk"), output_field=BigIntegerField()),
    )
    language = translation.get_language()
    stamp = [timezone.localdate(), language, last["change"], last["edition"]]
    return "findings:" + ":".join(map(str, stamp)), f"findings:last:{language}"
