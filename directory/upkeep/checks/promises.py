"""Checks of promised times: whether anybody takes what is promised, and whether levels follow."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from directory.answers.channel_filters import is_for
from directory.editions import contributions
from directory.editions.document import PublishedEscalation
from directory.hours.durations import describe_duration
from directory.models.findings import Severity
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.messages import CheckMessage, Subject


def promised_to_nobody(facts: Facts) -> Iterator[CheckMessage]:
    """Services that promise times for a type of request which none of their channels takes."""
    for service, composed in facts.services:
        if not service.is_published:
            # Of a draft nothing can be missing yet.
            continue
        channels = [each for each in composed.channels if not each.is_past_on(facts.today)]
        for target in composed.targets:
            kind = target.request_type
            if kind.covers_all or any(map(is_for(kind.code), channels)):
                continue
            yield CheckMessage(
                code="promised_to_nobody",
                severity=Severity.WARNING,
                subject=Subject.of(service),
                field="targets",
                message=_(
                    "It promises times for “%(type)s”, but none of its channels takes that. Choose "
                    "the type at a channel, or take the times out."
                )
                % {"type": kind.name},
                basis=(kind.code,),
            )


def levels_out_of_order(facts: Facts) -> Iterator[CheckMessage]:
    """Levels that, counted since the report, are asked before the one below them."""
    for service, composed in facts.services:
        rows = contributions.level_rows(service)
        if not rows or composed.escalation.times_count != "since_report":
            continue
        for name, before, after in _earlier(composed.escalation):
            message = _(
                "“%(type)s”: level %(after)d is asked %(after_time)s after the report, level "
                "%(before)d only %(before_time)s after it. Check both times."
            )
            words = {
                "type": name or _("All others"),
                "after": after[0],
                "after_time": describe_duration(after[1]),
                "before": before[0],
                "before_time": describe_duration(before[1]),
            }
            policy, _contact = rows[0]
            yield CheckMessage(
                code="levels_out_of_order",
                severity=Severity.WARNING,
                subject=Subject.of(policy),
                field=contributions.levels_name(),
                related=(Subject.of(service),),
                message=message % words,
                basis=(name, before, after),
            )


def _earlier(
    escalation: PublishedEscalation,
) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """For each type of request (its name, "" for all others) the levels that follow each other in
    number and not in time: each with its minutes."""
    times: dict[str, dict[int, int]] = defaultdict(dict)
    for level in escalation.levels:
        for time in level.escalate_after:
            times[time.request_type.name][level.level] = time.minutes
        if level.escalate_after_minutes is not None:
            times[""][level.level] = level.escalate_after_minutes
    for name, minutes in times.items():
        for before, after in pairwise(sorted(minutes.items())):
            if after[1] < before[1]:
                yield name, before, after
