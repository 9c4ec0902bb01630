"""Settlement: replacements whose day has come are written into the rows.

Pages do not need it: they resolve replacements when they are read. Afterwards the rows say what the
pages say, and the old contact point is free to be deleted or used for something else. What rows
cannot say stays as it was planned.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db.models import Count, QuerySet
from django.utils import timezone

from directory.editions.new_editions import NewEditions
from directory.editions.publish import publish
from directory.editions.turn import publishing_turn
from directory.models import ContactPoint, ContactPointUse, Service
from directory.models.merged_uses import BOTH_GIVEN, merge
from directory.models.recording import watch
from directory.upkeep import replacement


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """One contact point, what takes its place on the day asked about, and how many channels and
    escalation contacts give it."""

    old: ContactPoint
    new: ContactPoint
    uses: int


def due(
    contact_points: QuerySet[ContactPoint] | None = None, on: date | None = None
) -> list[Settlement]:
    """The replacements whose day has come on the date `on` (today in the organisation's time zone,
    by default), the oldest first.

    Takes a queryset of the contact points that may be settled, all by default. A constant number
    of queries.
    """
    contact_points = ContactPoint.objects.all() if contact_points is None else contact_points
    on = on or timezone.localdate()
    olds = list(contact_points.filter(replaced_on__lte=on).order_by("replaced_on", "code"))
    planned = ContactPoint.objects.planned_replacements()
    in_force = {old.pk: planned.following(old.pk, until=on)[-1] for old in olds}
    news = ContactPoint.objects.in_bulk(in_force.values())
    uses: Counter[int] = Counter()
    for model in ContactPoint.use_models():
        given = model.objects.filter(contact_point__in=in_force).order_by()
        uses.update(dict(given.values_list("contact_point").annotate(Count("pk"))))
    return [Settlement(old=old, new=news[in_force[old.pk]], uses=uses[old.pk]) for old in olds]


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What was done: the new editions, and the uses that stay planned because their holder gives
    the new contact point too, and each use has details that the other does not have."""

    editions: NewEditions
    left: list[ContactPointUse]

    @property
    def reasons(self) -> list[str]:
        """Why each use was left, and what to do."""
        return [f"{use.contact_point}: {BOTH_GIVEN % {'holder': use.holder}}" for use in self.left]


@publishing_turn()
def settle(settlements: Iterable[Settlement], by: AbstractUser | None = None) -> Settled:
    """Move the uses of the old contact points to the new ones, and publish. Returns what was done.

    What already gives the new one as well gives it once, with the details of both; where one use
    cannot say them, both stay, and so does the plan. `by` is the user who did it, None for a
    command.
    """
    # As they stand now: somebody may have taken a plan back, or made another one, meanwhile.
    settlements = due(ContactPoint.objects.filter(pk__in=[each.old.pk for each in settlements]))
    left: list[ContactPointUse] = []
    concerned = Service.objects.showing_contact_points([each.old.pk for each in settlements])
    services = list(concerned.order_by().values_list("pk", flat=True))
    for settlement in settlements:
        old, new = settlement.old, settlement.new
        merged = merge(replacement.uses_of([old, new]), new.pk)
        replacement.save_moved(merged, new)
        left += merged.refused
        if not merged.refused:
            watch([old])
            ContactPoint.objects.filter(pk=old.pk).update(replaced_by=None, replaced_on=None)
        # What the old one replaces is replaced by the new one now.
        watch(ContactPoint.objects.filter(replaced_by=old))
        ContactPoint.objects.filter(replaced_by=old).update(replaced_by=new)
    return Settled(editions=publish(Service.objects.filter(pk__in=services), by=by), left=left)
