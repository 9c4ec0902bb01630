"""Checks of contact points: their addresses, their age, what was planned for them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache
from itertools import combinations

from django.utils import formats
from django.utils.translation import gettext as _

from directory.models import ContactPoint
from directory.upkeep.checks.facts import Facts
from directory.upkeep.checks.finding import Finding, Level, Subject

# Below that many letters a difference of one is no sign of a slip: "ana" and "ina".
SHORTEST_COMPARED = 6


def near_identical(facts: Facts) -> Iterator[Finding]:
    """E-mail and web addresses that differ from another by one slip: `sosporte.`, `soporte.`."""
    points = [point for point in facts.contact_points if point.email or point.url]
    by_address = defaultdict(list)
    for point in points:
        by_address[canonical(point.value)].append(point)
    same = [pair for group in by_address.values() for pair in combinations(group, 2)]
    slips = one_slip_apart(frozenset(by_address))
    near = [(by_address[one][0], by_address[other][0]) for one, other in slips]
    for one, other in sorted([*same, *near], key=lambda pair: (pair[0].pk, pair[1].pk)):
        first, second = sorted((one, other), key=lambda point: point.pk)
        yield Finding(
            code="near_identical",
            level=Level.WARNING,
            subject=Subject.of(second),
            field=second.value_field,
            related=(Subject.of(first),),
            message=_(
                "“%(second)s” is almost the same as “%(first)s”. If one is a slip, correct it or "
                "use the other in its place."
            )
            % {"second": second.value, "first": first.value},
            judged=(first.value, second.value),
        )


def plain_http(facts: Facts) -> Iterator[Finding]:
    """Web addresses without encryption."""
    for point in facts.contact_points:
        if point.url.lower().startswith("http://"):
            yield Finding(
                code="plain_http",
                level=Level.WARNING,
                subject=Subject.of(point),
                field="url",
                message=_(
                    "The address begins with http://, so what customers send can be read on the "
                    "way. Try it with https:// and, if it opens, change it."
                ),
                judged=(point.url,),
            )


def not_verified(facts: Facts) -> Iterator[Finding]:
    """Contact points in use that nobody has tried for CONTACT_POINT_VERIFIED_FOR_DAYS days."""
    in_use = facts.codes_in_use()
    last_good = facts.today - timedelta(days=facts.verified_for_days)
    for point in facts.contact_points:
        if point.code not in in_use or (point.verified_on and point.verified_on > last_good):
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
        yield Finding(
            code="not_verified",
            level=Level.INFO,
            subject=Subject.of(point),
            field="verified_on",
            message=message,
            judged=(point.value, str(point.verified_on)),
        )


def replacement_past_due(facts: Facts) -> Iterator[Finding]:
    """Contact points whose replacement is in force, but which are still given somewhere."""
    given = {
        contact.code
        for _service, composed in facts.services
        for holder in (*composed.channels, *composed.escalation.levels)
        for contact in holder.contacts
    }
    for point in facts.contact_points:
        if point.replaced_on and point.replaced_on <= facts.today and point.code in given:
            yield Finding(
                code="replacement_past_due",
                level=Level.WARNING,
                subject=Subject.of(point),
                field="replaced_by",
                related=(Subject.of(point.replaced_by),),
                message=_(
                    "Since %(day)s customers read “%(new)s” in its place. Put that one wherever "
                    "this one is still used, then delete this one."
                )
                % {
                    "day": formats.date_format(point.replaced_on),
                    "new": point.replaced_by.display,
                },
                judged=(point.value, str(point.replaced_on), point.replaced_by.value),
            )


def canonical(address: str) -> str:
    """What two writings of one address share: no scheme, no www., no capitals, no last slash."""
    return re.sub(r"^(https?://)?(www\.)?", "", address.strip().lower()).rstrip("/")


@lru_cache(maxsize=2)  # Most edits leave the addresses as they are.
def one_slip_apart(addresses: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The pairs of distinct addresses with one letter more, less, different or swapped.

    A difference in digits is meant (`soporte1@`, `soporte2@`), and so is one in the first letter
    (`jperez@`, `mperez@`). Only addresses that share a form with one letter left out are compared,
    so that thousands take no longer than a moment.
    """
    buckets = defaultdict(set)
    for address in addresses:
        digits = re.sub(r"\D", "", address)
        for position in range(len(address)):
            buckets[digits, address[:position] + address[position + 1 :]].add(address)
        buckets[digits, address].add(address)
    pairs = {
        pair
        for bucket in buckets.values()
        if len(bucket) > 1
        for pair in combinations(sorted(bucket), 2)
    }
    return tuple(sorted(pair for pair in pairs if is_slip(*pair)))


def is_slip(one: str, other: str) -> bool:
    """Whether the two differ by one letter, or by two neighbours in the other order."""
    if one == other or min(_letters(one), _letters(other)) < SHORTEST_COMPARED:
        return False
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    one, other = one[begin:], other[begin:]
    end = 0
    while end < min(len(one), len(other)) and one[-1 - end] == other[-1 - end]:
        end += 1
    rest, other_rest = one[: len(one) - end], other[: len(other) - end]
    if begin == 0:
        return False
    swapped = len(rest) == 2 and rest == other_rest[::-1]
    return swapped or (len(rest) <= 1 and len(other_rest) <= 1)


def _letters(address):
    """How long the part is in which a slip would be one: before the @, or all of a web address."""
    return len(address.partition("@")[0])


def values(points: Iterable[ContactPoint]) -> set[str]:
    """The addresses, canonical, and the numbers, E.164, of contact points."""
    return {str(point.phone) if point.phone else canonical(point.value) for point in points}
