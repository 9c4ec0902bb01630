"""What editors should know of the numbers of contact points before they are published."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db.models import Q

from directory.contacts import showing
from directory.contacts.concerns import FOREIGN, Concern, concerns
from directory.models.contact_points import ContactPoint

# Countries with one calling code differ in the digits behind it: +1 876.
AREA = 3
# So many numbers of a calling code are looked at, however many there are.
LOOKED_AT = 500


def warnings_of(points: Iterable[ContactPoint], new: Collection[int] = ()) -> list[str]:
    """What `concerns_of` finds, in the active language: “+34 912 34 56 78: …”."""
    return [f"{point.display}: {concern.message}" for point, concern in concerns_of(points, new)]


def concerns_of(
    points: Iterable[ContactPoint], new: Collection[int] = ()
) -> Iterator[tuple[ContactPoint, Concern]]:
    """Yield each concern about these stored contact points, with its point.

    A number is a concern, too, where no other one is of its country, which is not the
    organisation's. Those of `new`, by primary key, do not vouch for each other. Two queries at most
    for each of these countries.
    """
    known: dict[str, list[int]] = {}
    for point in points:
        for concern in concerns(point.kind, point.value):
            yield point, concern
        region = showing.foreign_region(point.value) if point.value.startswith("+") else ""
        if not region:
            continue
        if region not in known:
            of_region = _numbers_of(region, str(point.value))
            known[region] = list(islice((key for key in of_region if key not in new), 2))
        if not {*known[region]} - {point.pk}:
            yield point, FOREIGN


def concerns_of_text(number: str, known: dict[str, bool]) -> Iterator[Concern]:
    """The same about a number (E.164) that a text names; contact points vouch for it. `known` keeps
    of which regions there are any: two queries at most for each."""
    yield from concerns("phone", number)
    region = showing.foreign_region(number)
    if not region:
        return
    if region not in known:
        known[region] = any(_numbers_of(region, number))
    if not known[region]:
        yield FOREIGN


def _numbers_of(region: str, number: str) -> Iterator[int]:
    """The primary keys of numbers of a region: of those that begin as this one does, and of its
    calling code, some."""
    code = showing.calling_code(number)
    seen: set[int] = set()
    for beginning in (number[: len(code) + AREA], code):
        begins = Q(phone__startswith=beginning) | Q(sms__startswith=beginning)
        rows = ContactPoint.objects.filter(begins).order_by().values_list("pk", "phone", "sms")
        for key, phone, sms in rows[:LOOKED_AT]:
            if key not in seen and showing.foreign_region(str(phone or sms)) == region:
                seen.add(key)
                yield key
