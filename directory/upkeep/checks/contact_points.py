"""Checks of contact points: their addresses, their age, what was planned for them."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from directory.models.contact_values import WEB_FIELDS
from directory.models.findings import Severity
from directory.models.number_concerns import concerns_of
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.messages import CheckMessage, Subject


def near_identical(facts: Facts) -> Iterator[CheckMessage]:
    """E-mail and web addresses that differ from another by one slip: `sosporte.`, `soporte.`."""
    checked = {point.pk for point in facts.contact_points}
    # Nothing is compared where no contact point is checked.
    for first, second in facts.addresses.slips if checked else ():
        if checked.isdisjoint((first.pk, second.pk)):
            continue
        yield CheckMessage(
            code="near_identical",
            severity=Severity.WARNING,
            subject=Subject.of(second),
            field=second.value_field,
            related=(Subject.of(first),),
            message=_(
                "“%(second)s” is almost the same as “%(first)s”. If one is a slip, correct it or "
                "use the other in its place."
            )
            % {"second": second.value, "first": first.value},
            basis=(first.value, second.value),
        )


def plain_http(facts: Facts) -> Iterator[CheckMessage]:
    """Web addresses without encryption."""
    for point in facts.contact_points:
        for field in WEB_FIELDS:
            if not getattr(point, field).startswith("http://"):
                continue
            yield CheckMessage(
                code="plain_http",
                severity=Severity.WARNING,
                subject=Subject.of(point),
                field=field,
                message=_(
                    "The address begins with http://, so what customers send can be read on the "
                    "way. Try it with https:// and, if it opens, change it."
                ),
                basis=(getattr(point, field),),
            )


def numbers_to_know(facts: Facts) -> Iterator[CheckMessage]:
    """Numbers that cost customers more than they expect, or that are probably a slip."""
    for point, concern in concerns_of(facts.contact_points):
        yield CheckMessage(
            code=concern.code,
            severity=Severity.ERROR if concern.is_error else Severity.WARNING,
            subject=Subject.of(point),
            field=point.value_field,
            message=str(concern.message),
            basis=(point.kind, point.value),
        )


def not_verified(facts: Facts) -> Iterator[CheckMessage]:
    """Contact points in use that nobody has tried for CONTACT_POINT_VERIFIED_FOR_DAYS days."""
    last_good = facts.today - timedelta(days=facts.verified_for_days)
    for point in facts.contact_points:
        services = facts.usage.services_of_point.get(point.code)
        if not services or (point.verified_on and point.verified_on > last_good):
            continue
        if point.verified_on:
            message = _(
                "Last tried on %(day)s, more than %(days)d days ago. Try it and confirm that it "
                "still works."
            ) % {
                "day": formats.date_format(point.verified_on),
                "days": facts.verified_for_days,
            }
        else:
            message = _("Nobody has noted that it works. Try it and confirm it.")
        yield CheckMessage(
            code="not_verified",
            severity=Severity.INFO,
            subject=Subject.of(point),
            field="verified_on",
            message=message,
            basis=(point.value, str(point.verified_on)),
            services=tuple(services),
        )


def replacement_past_due(facts: Facts) -> Iterator[CheckMessage]:
    """Contact points whose replacement is in force, but which are still given somewhere."""
    for point in facts.contact_points:
        new, day = point.replaced_by, point.replaced_on
        if new and day and day <= facts.today and point.code in facts.usage.points_in_use:
            yield CheckMessage(
                code="replacement_past_due",
                severity=Severity.WARNING,
                subject=Subject.of(point),
                field="replaced_by",
                related=(Subject.of(new),),
                message=_(
                    "Since %(day)s customers read “%(new)s” in its place. Put that one wherever "
                    "this one is still used, then delete this one."
                )
                % {"day": formats.date_format(day), "new": new.display},
                basis=(point.value, str(day), new.value),
                services=tuple(facts.usage.services_of_point[point.code]),
            )
