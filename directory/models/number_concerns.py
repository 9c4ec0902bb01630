"""What editors should know of the numbers of contact points before they are published."""

from collections.abc import Iterable, Iterator

from directory.contacts import showing
from directory.contacts.concerns import FOREIGN, Concern, concerns
from directory.models.contact_points import ContactPoint


def warnings_of(points: Iterable[ContactPoint]) -> list[str]:
    """What `concerns_of` finds, in the active language: “+34 912 34 56 78: …”."""
    return [f"{point.display}: {concern.message}" for point, concern in concerns_of(points)]


def concerns_of(points: Iterable[ContactPoint]) -> Iterator[tuple[ContactPoint, Concern]]:
    """Yield each concern about these stored contact points, with its point.

    Of the numbers of another country the first one is a concern: where there was none before. A
    query for each of these countries.
    """
    first_of_code: dict[str, int | None] = {}
    for point in points:
        for concern in concerns(point.kind, point.value):
            yield point, concern
        code = showing.foreign_code(point.value) if point.phone else ""
        if code and code not in first_of_code:
            numbers = ContactPoint.objects.filter(phone__startswith=code).order_by("pk")
            first_of_code[code] = numbers.values_list("pk", flat=True).first()
        if code and first_of_code[code] == point.pk:
            yield point, FOREIGN
