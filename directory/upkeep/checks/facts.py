"""What the checks look at, loaded at once."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from directory.editions.compose import compose
from directory.editions.document import ServiceDocument
from directory.models import ContactPoint, Edition, Schedule, ScheduleException, Service


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The whole directory as its rows stand. `services` come with all that composing reads.

    `published` has the text of each service's current edition by primary key.
    """

    today: date
    services: list[tuple[Service, ServiceDocument]]
    contact_points: list[ContactPoint]
    schedules: list[Schedule]
    exceptions: list[ScheduleException]
    published: dict[int, str]
    verified_for_days: int

    @property
    def contact_points_by_code(self) -> dict[str, ContactPoint]:
        return {point.code: point for point in self.contact_points}

    def codes_in_use(self) -> set[str]:
        """The codes of the contact points that some service gives, now or as planned."""
        codes = set()
        for _service, composed in self.services:
            for holder in (*composed.channels, *composed.escalation.levels):
                for contact in holder.contacts:
                    codes.add(contact.code)
                    codes.update(planned.code for planned in contact.replacements)
        return codes


def load() -> Facts:
    """The facts of now: a constant number of queries for each batch of services."""
    current = Edition.objects.order_by().current()
    return Facts(
        today=timezone.localdate(),
        services=list(compose(Service.objects.order_by("pk"))),
        contact_points=list(ContactPoint.objects.select_related("replaced_by").order_by("pk")),
        schedules=list(Schedule.objects.prefetch_related("spans").order_by("pk")),
        exceptions=list(ScheduleException.objects.order_by("pk")),
        published=dict(current.values_list("service_id", "document")),
        verified_for_days=settings.CONTACT_POINT_VERIFIED_FOR_DAYS,
    )
