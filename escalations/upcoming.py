"""Absences among what is coming: in the calendar and on the start page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from directory.hours.upcoming import Upcoming, UpcomingKind
from directory.upkeep.calendar import Event
from escalations.models import Absence, AbsenceContact


def absence_events(first: date, last: date, at_most: int | None = None) -> Iterator[Event]:
    """The absences that share a day with those from `first` to `last`, the first `at_most` of
    them."""
    rows: QuerySet[Any] = Absence.objects.filter(last_day__gte=first, first_day__lte=last)
    rows = rows.select_related("contact", "stand_in").annotate(
        has_contacts=Exists(AbsenceContact.objects.filter(absence=OuterRef("pk")))
    )
    for row in rows.order_by("first_day", "pk")[:at_most]:
        yield Event(
            what=Upcoming(
                kind=UpcomingKind.ABSENCE, first_day=row.first_day, last_day=row.last_day
            ),
            text=_in_words(row),
            subjects=(row,),
        )


def _in_words(absence: Any) -> str:
    """“Nelson no está; responde Orlando”."""
    names = {"away": absence.contact.short_name}
    if absence.stand_in:
        names["who"] = absence.stand_in.short_name
        return _("%(away)s is away; %(who)s answers") % names
    if absence.has_contacts:
        return _("%(away)s is away and answers at other contacts") % names
    return _("%(away)s is away, and nobody stands in") % names
