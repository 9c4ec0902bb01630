"""What editors should know of the numbers of contact points before they are published."""

from collections.abc import Iterable, Iterator

from django.db.models import Q

from directory.contacts import showing
from directory.contacts.concerns import FOREIGN, Concern, concerns
from directory.models.contact_points import ContactPoint


def warnings_of(points: Iterable[ContactPoint]) -> list[str]:
    """What `concerns_of` finds, in the active language: “+34 912 34 56 78: …”."""
    return [f"{point.display}: {concern.message}" for point, concern in concerns_of(points)]


def concerns_of(points: Iterable[ContactPoint]) -> Iterator[tuple[ContactPoint, Concern]]:
    """Yield each concern about these stored contact points, with its point.

    A number is a concern, too, where no other one is of its country, which is not the
    organisation's. A query for each of these countries.
    """
    is_only_one: dict[str, bool] = {}
    for point in points:
        for concern in concerns(point.kind, point.value):
            yield point, concern
        code = showing.foreign_code(point.value) if point.value.startswith("+") else ""
        if code and code not in is_only_one:
            numbers = ContactPoint.objects.filter(
                Q(phone__startswith=code) | Q(sms__startswith=code)
            )
            is_only_one[code] = len(numbers.order_by().values("pk")[:2]) == 1
        if code and is_only_one[code]:
            yield point, FOREIGN
