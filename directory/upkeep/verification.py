"""Marks contact points as verified: somebody tried them, and they worked."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet

from directory.editions.publish import publish
from directory.editions.turn import publishing_turn
from directory.models import ContactPoint, Service
from directory.models.recording import watch

# SQLite takes 32,766 values in one query, and one asks for the services on several ways.
BATCH = 500
MOST_ASKED = 5_000


@publishing_turn()
def mark_verified(
    contact_points: QuerySet[ContactPoint], day: date, by: AbstractBaseUser | None
) -> list[int]:
    """Note `day` on a queryset of contact points, and publish the services that give them. Returns
    the keys of those that had another day."""
    others = contact_points.filter(~Q(verified_on=day) | Q(verified_on=None))
    keys = list(others.order_by("pk").values_list("pk", flat=True))
    watch(ContactPoint(pk=key) for key in keys)
    for start in range(0, len(keys), BATCH):
        ContactPoint.objects.filter(pk__in=keys[start : start + BATCH]).update(verified_on=day)
    are_many = len(keys) > MOST_ASKED
    services = Service.objects
    publish(services.all() if are_many else services.showing_contact_points(keys), by)
    return keys
