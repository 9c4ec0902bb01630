"""Settling: replacements whose day has come are written into the rows.

Pages do not need it: they resolve replacements when they are read. Afterwards the rows say what the
pages say, and the old contact point is free to be deleted or used for something else. What rows
cannot say stays as it was planned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from directory.editions.publish import publish, take_publishing_turn
from directory.models import ContactPoint, ContactPointUse, Edition, Service
from directory.models.contact_points import BOTH_GIVEN

BATCH = 500


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


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What was done: the new editions, and the uses that stay planned because their holder gives
    the new contact point too, and each use has details that the other does not have."""

    editions: list[Edition]
    left: list[ContactPointUse]

    @property
    def reasons(self) -> list[str]:
        """Why each use was left, and what to do."""
        return [
            f"{use.contact_point}: {BOTH_GIVEN % {'holder': getattr(use, use.holder_field)}}"
            for use in self.left
        ]


@transaction.atomic
def settle(settlements: Iterable[Settlement], by=None) -> Settled:
    """Let everything that gives the old contact points give the new ones, and publish.

    What already gives the new one as well gives it once, with the details of both; where one use
    cannot say them, both stay, and so does the plan. `by` is the user who did it, None for a
    command.
    """
    take_publishing_turn()
    services: set[int] = set()
    left = []
    for settlement in settlements:
        old, new = settlement.old, settlement.new
        services.update(old.services().order_by().values_list("pk", flat=True))
        staying = [use for relation in ContactPoint.uses() for use in _move(relation, old, new)]
        left += staying
        if not staying:
            ContactPoint.objects.filter(pk=old.pk).update(replaced_by=None, replaced_on=None)
        # What the old one replaces is replaced by the new one now.
        ContactPoint.objects.filter(replaced_by=old).update(replaced_by=new)
    return Settled(editions=publish(Service.objects.filter(pk__in=services), by=by), left=left)


def _move(relation, old, new):
    """Let the uses of `old` be uses of `new`; returns those that cannot."""
    model = relation.related_model
    uses, holder = _uses(relation, old), model.holder_field
    having_both = {f"{holder}__in": _uses(relation, new).values(holder)}
    kept = {
        getattr(use, f"{holder}_id"): use
        for use in _uses(relation, new).filter(**{f"{holder}__in": uses.values(holder)})
    }
    staying = []
    if kept:
        double = uses.filter(**having_both)
        for use in double.select_related("contact_point", *model.holder_related):
            if not kept[getattr(use, f"{holder}_id")].absorb(use):
                staying.append(use)
        double.exclude(pk__in=[use.pk for use in staying]).delete()
        model.objects.bulk_update(kept.values(), [*model.DETAILS, "position"], BATCH)
    uses.exclude(**having_both).update(contact_point=new)
    return staying


def _replacement_of(old: ContactPoint, on: date) -> ContactPoint:
    # Dates get later along a chain, so it ends.
    new = old.replaced_by
    while new.replaced_on and new.replaced_on <= on:
        new = new.replaced_by
    return new


def _uses(relation, contact_point):
    return relation.related_model.objects.filter(contact_point=contact_point)
