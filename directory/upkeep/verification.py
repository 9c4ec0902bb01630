"""Marks contact points as verified: somebody tried them, and they worked."""

from datetime import date

from django.db.models import Q, QuerySet

from directory.models import ContactPoint


def mark_verified(contact_points: QuerySet[ContactPoint], day: date) -> list[int]:
    """Note `day` on a queryset of contact points. Returns the keys of those that had another."""
    others = contact_points.filter(~Q(verified_on=day) | Q(verified_on=None))
    keys = list(others.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        ContactPoint.objects.filter(pk__in=keys[start : start + 500]).update(verified_on=day)
    return keys
