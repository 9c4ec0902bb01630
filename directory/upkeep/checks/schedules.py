"""Checks of hours: schedules that say nothing, contacts whose hours contradict each other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.contacts.text import fold
from directory.editions import extensions
from directory.hours.words import describe_schedule
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.finding import Finding, Level, Subject


def empty_schedules(facts: Facts) -> Iterator[Finding]:
    """Schedules without hours: pages say “not stated” for whatever keeps them."""
    used = {code for _service, composed in facts.services for code in composed.schedules}
    for schedule in facts.schedules:
        if schedule.always_open or schedule.spans.all():
            continue
        in_use = schedule.code in used
        yield Finding(
            code="empty_schedule",
            level=Level.WARNING if in_use else Level.INFO,
            subject=Subject.of(schedule),
            message=_("It has no hours, so customers read “hours not stated”. Add its hours.")
            if in_use
            else _("It has no hours and nothing uses it. Add its hours, or delete it."),
            judged=(in_use,),
        )


def spans_past_due(facts: Facts) -> Iterator[Finding]:
    """Schedules all of whose hours have ended: they are closed for good."""
    for schedule in facts.schedules:
        spans = schedule.spans.all()
        if spans and all(span.is_past_on(facts.today) for span in spans):
            yield Finding(
                code="hours_past_due",
                level=Level.WARNING,
                subject=Subject.of(schedule),
                message=_(
                    "All its hours were valid until a day that has passed, so it is closed for "
                    "good. Add the hours of now."
                ),
                judged=tuple(str(span.valid_until) for span in spans),
            )


def contradicting_hours(facts: Facts) -> Iterator[Finding]:
    """Contacts that, reached the same way for the same requests, answer at different hours.

    Within one service that is a contradiction on one page. Between services it may be agreed (one
    customer has support around the clock), so it is only worth a look.
    """
    points, seen = facts.contact_points_by_code, set()
    for (code, *_how), by_pattern in _channels_by_use_and_pattern(facts).items():
        channels = frozenset(each.pk for group in by_pattern.values() for each in group)
        if len(by_pattern) < 2 or (code, channels) in seen:
            continue
        seen.add((code, channels))
        services = [{channel.service_id for channel in group} for group in by_pattern.values()]
        within_one = sum(map(len, services)) > len(set().union(*services))
        yield _contradiction(
            points[code],
            Level.WARNING if within_one else Level.INFO,
            by_pattern,
            _named,
            facts.today,
        )


def contradicting_escalation_hours(facts: Facts) -> Iterator[Finding]:
    """Contacts that, reached the same way, answer for different escalation contacts at different
    hours. People may well differ, so it is only worth a look."""
    points = facts.contact_points_by_code
    uses = defaultdict(lambda: defaultdict(set))
    for service, composed in facts.services:
        patterns, levels = _patterns(composed), composed.escalation.levels
        rows = extensions.level_rows(service)
        for (_policy, answering), level in zip(rows, levels, strict=True):
            if not level.schedule or (level.valid_until and level.valid_until < facts.today):
                continue
            for contact in level.contacts:
                how = (contact.code, fold(contact.menu_options), contact.extensions)
                uses[how][patterns[level.schedule]].add(answering)
    for (code, *_how), by_pattern in uses.items():
        if len(by_pattern) > 1:
            ordered = {
                pattern: sorted(contacts, key=lambda contact: contact.pk)
                for pattern, contacts in by_pattern.items()
            }
            yield _contradiction(points[code], Level.INFO, ordered, _listed, facts.today)


def _contradiction(point, level, by_pattern, named, today):
    """`by_pattern`: hours without their name -> the rows that keep them, which `named` names."""
    said = [
        f"{named(group)}: {describe_schedule(pattern, today)}"
        for pattern, group in by_pattern.items()
    ]
    return Finding(
        code="contradicting_hours",
        level=level,
        subject=Subject.of(point),
        related=tuple(Subject.of(each) for group in by_pattern.values() for each in group),
        message=_(
            "It answers the same requests at different hours. Correct what is wrong, or accept "
            "it if that is agreed. %(hours)s"
        )
        % {"hours": "; ".join(said)},
        judged=tuple(
            sorted(
                (each.pk, repr(pattern)) for pattern, group in by_pattern.items() for each in group
            )
        ),
    )


def _channels_by_use_and_pattern(facts):
    """(contact, menu, extensions, request type) -> hours without their name -> channels."""
    uses = defaultdict(lambda: defaultdict(list))
    for service, composed in facts.services:
        patterns = _patterns(composed)
        for row, channel in zip(service.channels.all(), composed.channels, strict=True):
            if channel.is_past_on(facts.today):
                continue
            for contact in channel.contacts:
                for kind in channel.request_types:
                    how = (contact.code, fold(contact.menu_options), contact.extensions, kind.code)
                    uses[how][patterns[channel.schedule]].append(row)
    return uses


def _patterns(composed):
    """The hours of a document by code, without their name: two schedules may say the same."""
    return {
        code: replace(schedule, code="", name="") for code, schedule in composed.schedules.items()
    }


def _listed(contacts):
    return ", ".join(map(str, contacts))


def _named(channels):
    services = list(dict.fromkeys(str(channel.service) for channel in channels))
    more = len(services) - 1
    if not more:
        return services[0]
    return ngettext("%(service)s and %(n)d more", "%(service)s and %(n)d more", more) % {
        "service": services[0],
        "n": more,
    }
