"""Numbers and addresses that are compared with each other: which are almost the same."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from itertools import chain, combinations, islice, takewhile

from django.core.exceptions import ValidationError
from django.db.models import Q

from directory.contacts.addresses import tidy_web
from directory.contacts.kinds import KINDS, VALUE_FIELDS, kind_of
from directory.models import ContactPoint
from directory.models.address_keys import KEYS, address_key, near_keys

# Below that many letters a difference of one is no sign of a slip: "ana" and "ina".
SHORTEST_COMPARED = 6
# Of those that begin or end as an address does. More are compared by `check_directory`.
CANDIDATES_AT_MOST = 500
COMPARED = ("kind", "label", *VALUE_FIELDS)


class Addresses:
    """The contact points by their canonical numbers and addresses."""

    def __init__(self, points: Iterable[ContactPoint]) -> None:
        self.by_value: dict[str, list[ContactPoint]] = defaultdict(list)
        for point in points:
            self.by_value[canonical_value(point)].append(point)

    def __contains__(self, value: str) -> bool:
        return value in self.by_value

    @cached_property
    def slips(self) -> list[tuple[ContactPoint, ContactPoint]]:
        """The pairs of e-mail or web addresses that are written alike or almost alike."""
        # One number may be a phone and take messages.
        written = {
            value: [point for point in points if not kind_of(point.kind).is_number]
            for value, points in self.by_value.items()
        }
        groups = {value: points for value, points in written.items() if points}
        alike = [pair for points in groups.values() for pair in combinations(points, 2)]
        near = [(groups[one][0], groups[other][0]) for one, other in one_slip_apart(groups)]
        ordered = [sorted(pair, key=lambda point: point.pk) for pair in (*alike, *near)]
        pairs = [(first, second) for first, second in ordered]
        return sorted(pairs, key=lambda pair: (pair[0].pk, pair[1].pk))

    def joined(self, other: "Addresses") -> "Addresses":
        """These and others, every contact point once."""
        both = chain(*self.by_value.values(), *other.by_value.values())
        points = {point.pk: point for point in both}
        return Addresses(points[key] for key in sorted(points))

    def near(self, value: str) -> str:
        """The first of the values from which this one differs by a slip, or an empty text."""
        begin, end = halves(value)
        found = _beginning(self._forwards, begin)
        found |= {each[::-1] for each in _beginning(self._backwards, end[::-1])}
        return min((each for each in found if is_slip(each, value)), default="")

    @cached_property
    def _forwards(self) -> list[str]:
        return sorted(self.by_value)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(value[::-1] for value in self.by_value)


def all_addresses() -> Addresses:
    """Those of the whole directory. One query."""
    return Addresses(ContactPoint.objects.only(*COMPARED).order_by("pk").iterator())


def points_with(values: Iterable[str]) -> Addresses:
    """Those that are one of the canonical values. One query."""
    keys = {address_key(value) for value in values}
    if not keys:
        return Addresses([])
    rows = ContactPoint.objects.alias(**KEYS).filter(Q(("whole__in", keys)))
    return Addresses(rows.only(*COMPARED).order_by("pk"))


def addresses_near(values: Iterable[str]) -> Addresses:
    """Those that are, or are almost, one of the canonical values. Two queries."""
    keys = {address_key(value) for value in values}
    if not keys:
        return Addresses([])
    heads, tails = near_keys(keys, SHORTEST_COMPARED)
    rows = ContactPoint.objects.order_by().alias(**KEYS)
    # Not joined by “or”, for which SQLite takes no index.
    whole, *parts = (
        rows.filter(alike).values_list("pk", KEYS["whole"])
        for alike in (Q(whole__in=keys), Q(head__in=heads), Q(tail__in=tails))
    )
    candidates = whole.union(*parts, all=True)[: CANDIDATES_AT_MOST * len(keys)]
    # Numbers of one city begin alike: what is no slip is not loaded.
    near = {
        pk for pk, found in candidates if found in keys or any(is_slip(found, key) for key in keys)
    }
    return Addresses(ContactPoint.objects.only(*COMPARED).filter(pk__in=near).order_by("pk"))


def canonical(address: str) -> str:
    """What two writings of one address share: no scheme, no www., no capitals, no last slash."""
    return re.sub(r"^(https?://)?(www\.)?", "", address.strip().lower()).rstrip("/")


def canonical_value(point: ContactPoint) -> str:
    """The address of a contact point, canonical, or its number, E.164."""
    return str(point.phone) if point.phone else canonical(point.value)


def link_value(link: str) -> str:
    """What a link names, canonical: the number or name of the kind whose links look so (a WhatsApp
    link), else the web address itself."""
    for kind in KINDS.values():
        with suppress(ValidationError):
            if (value := kind.read_link(link)) != link:
                return canonical(value)
    return canonical(tidy_web(link))


def halves(value: str) -> tuple[str, str]:
    """Two pieces of an address, of which one stays as it is where it differs by a slip."""
    middle = (_letters(value) + 1) // 2
    return value[:middle], value[middle + 1 :]


def one_slip_apart(addresses: Iterable[str]) -> list[tuple[str, str]]:
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
    return sorted(pair for pair in pairs if is_slip(*pair))


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


def _letters(address: str) -> int:
    """How long the part is in which a slip would be one: before the @, or all of a web address."""
    return len(address.partition("@")[0])


def _beginning(ordered: list[str], begin: str) -> set[str]:
    """Those of an ordered list that begin so."""
    first = bisect_left(ordered, begin)
    return set(takewhile(lambda each: each.startswith(begin), islice(ordered, first, None)))
