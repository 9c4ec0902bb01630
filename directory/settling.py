"""Settling: replacements whose day has come are written into the rows.

Pages do not need it: they resolve replacements when they are read. Afterwards the rows say what the
pages say, and the old contact point is free to be deleted or used for something else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from directory.models import ContactPoint, Edition, Service
from directory.publishing import publish, wait_for_our_turn


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """One contact point, what takes its place on the day asked about, and how many channels and
    escalation contacts give it."""

    old: ContactPoint
    new: ContactPoint
    uses: int


def due(contact_points=None, on: date | None = None) -> list[Settlement]:
    """The replacements whose day has come on the date `on` (today in the organisation's time zone,
    by default), the oldest first.

    Takes a queryset of the contact points that may be settled, all by default.
    """
    contact_points = ContactPoint.objects.all() if contact_points is None else contact_points
    on = on or timezone.localdate()
    past = contact_points.filter(replaced_on__lte=on).order_by("replaced_on", "code")
    return [
        Settlement(
            old=old,
            new=_replacement_of(old, on),
            uses=sum(_uses(relation, old).count() for relation in ContactPoint.uses()),
        )
        for old in past.select_related("replaced_by")
    ]


@transaction.atomic
def settle(settlements: Iterable[Settlement], by=None) -> list[Edition]:
    """Let everything that gives the old contact points give the new ones; publish, and return the
    new editions.

    What already gives the new one as well no longer gives the old one. `by` is the user who did it,
    None for a command.
    """
    wait_for_our_turn()
    services: set[int] = set()
    for settlement in settlements:
        old, new = settlement.old, settlement.new
        services.update(old.services().order_by().values_list("pk", flat=True))
        for relation in ContactPoint.uses():
            model = relation.related_model
            having_both = model.objects.filter(contact_point=new).values(model.holder_field)
            uses = _uses(relation, old)
            uses.filter(**{f"{model.holder_field}__in": having_both}).delete()
            uses.update(contact_point=new)
        ContactPoint.objects.filter(pk=old.pk).update(replaced_by=None, replaced_on=None)
        # What the old one replaces is replaced by the new one now.
        ContactPoint.objects.filter(replaced_by=old).update(replaced_by=new)
    return publish(Service.objects.filter(pk__in=services), by=by)


def _replacement_of(old: ContactPoint, on: date) -> ContactPoint:
    # Dates get later along a chain, so it ends.
    new = old.replaced_by
    while new.replaced_on and new.replaced_on <= on:
        new = new.replaced_by
    return new


def _uses(relation, contact_point):
    return relation.related_model.objects.filter(contact_point=contact_point)
