"""Checks of hours: those that have ended, those that contradict each other.

That nobody stated any is no fault: customers read so.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.hours.holidays import has_regional_holidays
from directory.hours.schedule import HolidayPolicy, OpeningHours
from directory.hours.words import describe_schedule
from directory.hours.zones import with_time_zone_note
from directory.models import ContactPoint
from directory.models.findings import Severity
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.messages import CheckMessage, Subject
from directory.upkeep.checks.usage import REMEMBERED_AT_MOST, UseHolder, Uses

# On the pages of so many channels or escalation contacts a contradiction is shown.
SHOWN_AT_MOST = 100
# Escalation contacts of one pattern that a contradiction names.
NAMED_AT_MOST = 10

ByPattern = dict[OpeningHours, list[UseHolder]]


def holidays_of_no_region(facts: Facts) -> Iterator[CheckMessage]:
    """Schedules that close on public holidays, or may, in a country whose regions have some of
    their own, and that name none: on those they read open."""
    for schedule in facts.schedules:
        is_concerned = not schedule.always_open and schedule.holidays != HolidayPolicy.AS_WEEKDAY
        if not is_concerned or schedule.subdivision or not schedule.spans.all():
            continue
        if not has_regional_holidays(schedule.country, facts.today.year):
            continue
        services = facts.usage.services_of_schedule.get(schedule.code, ())
        yield CheckMessage(
            code="holidays_of_no_region",
            severity=Severity.WARNING if services else Severity.INFO,
            subject=Subject.of(schedule),
            field="subdivision",
            message=_(
                "The holidays of its region are not known: only those of the whole country "
                "(%(country)s) count. Choose the region, or accept it if no other holidays apply."
            )
            % {"country": schedule.country},
            basis=(schedule.country,),
            services=tuple(services),
        )


def spans_past_due(facts: Facts) -> Iterator[CheckMessage]:
    """Schedules all of whose hours have ended: they are closed for good."""
    for schedule in facts.schedules:
        spans = schedule.spans.all()
        if spans and all(span.is_past_on(facts.today) for span in spans):
            yield CheckMessage(
                code="hours_past_due",
                severity=Severity.WARNING,
                subject=Subject.of(schedule),
                field=f"spans.{spans[0].pk}.valid_until",
                message=_(
                    "All its hours were valid until a day that has passed, so it is closed for "
                    "good. Add the hours of now."
                ),
                basis=tuple(str(span.valid_until) for span in spans),
            )


def contradicting_hours(facts: Facts) -> Iterator[CheckMessage]:
    """Contacts that, reached the same way for the same requests, answer at different hours.

    Within one service that is a contradiction on one page. Between services it may be agreed (one
    customer has support around the clock), so it is only information.
    """
    seen = set()
    for point, by_pattern in _contradictions(facts, facts.usage.in_channels):
        channels = frozenset(each.subject.pk for group in by_pattern.values() for each in group)
        if (point.pk, channels) in seen:
            continue
        seen.add((point.pk, channels))
        services = [{holder.service for holder in group} for group in by_pattern.values()]
        within_one = sum(map(len, services)) > len(set().union(*services))
        severity = Severity.WARNING if within_one else Severity.INFO
        yield _contradiction(point, severity, by_pattern, 1, facts.today)


def contradicting_escalation_hours(facts: Facts) -> Iterator[CheckMessage]:
    """Contacts that, reached the same way, answer for different escalation contacts at different
    hours. People may well differ, so it is only information."""
    for point, by_pattern in _contradictions(facts, facts.usage.in_levels):
        once = {
            # The same escalation contact stands in the levels of many services.
            pattern: sorted(
                {holder.subject: holder for holder in group}.values(),
                key=lambda holder: holder.subject.pk,
            )
            for pattern, group in by_pattern.items()
        }
        yield _contradiction(point, Severity.INFO, once, NAMED_AT_MOST, facts.today)


def _contradictions(facts: Facts, uses: Uses) -> Iterator[tuple[ContactPoint, ByPattern]]:
    """The checked contact points with more than one pattern of hours for one way to reach them."""
    points = {point.code: point for point in facts.contact_points if point.pk in facts.compared}
    for (code, *_how), by_schedule in uses.items():
        if code not in points or len(by_schedule) < 2:
            continue
        by_pattern: ByPattern = {}
        for schedule, holders in by_schedule.items():
            by_pattern.setdefault(facts.usage.hours[schedule], []).extend(holders)
        if len(by_pattern) > 1:
            yield points[code], by_pattern


def _in_words(schedule: OpeningHours, today: date) -> str:
    return with_time_zone_note(describe_schedule(schedule, today), schedule, today)


def _contradiction(
    point: ContactPoint,
    severity: Severity,
    by_pattern: ByPattern,
    named: int,
    today: date,
) -> CheckMessage:
    """`by_pattern`: hours without their name -> who keeps them, of whom the first `named` are
    named."""
    hours = [
        f"{_named(group, named)}: {_in_words(pattern, today)}"
        for pattern, group in by_pattern.items()
    ]
    holders = [holder for group in by_pattern.values() for holder in group]
    return CheckMessage(
        code="contradicting_hours",
        severity=severity,
        subject=Subject.of(point),
        related=tuple(holder.subject for holder in holders[:SHOWN_AT_MOST]),
        message=_(
            "It answers the same requests at different hours. Correct what is wrong, or accept "
            "it if that is agreed. %(hours)s"
        )
        % {"hours": "; ".join(hours)},
        basis=tuple(
            sorted(
                (holder.subject.pk, repr(pattern))
                for pattern, group in by_pattern.items()
                for holder in group
            )
        ),
        services=tuple(dict.fromkeys(holder.service for holder in holders))[:REMEMBERED_AT_MOST],
    )


def _named(holders: list[UseHolder], at_most: int) -> str:
    """The first of them by name, and how many more there are."""
    names = list(dict.fromkeys(holder.name for holder in holders))
    shown, more = ", ".join(names[:at_most]), len(names) - at_most
    if more <= 0:
        return shown
    return ngettext("%(service)s and %(n)d more", "%(service)s and %(n)d more", more) % {
        "service": shown,
        "n": more,
    }
