"""Who is away on a day, and who answers instead, in words."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from directory.contacts.stand_ins import LONGEST_CHAIN, stretch_on
from escalations.models import Absence, EscalationContact


def absences_on(contacts: Iterable[int], day: date) -> list[Absence]:
    """The absences on a day of these contacts, by key, and of who should stand in for them. One
    query, and one for each who stands in for another who is away."""
    found: list[Absence] = []
    sought = {*contacts}
    for _step in range(LONGEST_CHAIN + 1):
        if not sought:
            break
        running = Absence.objects.filter(
            contact__in=sought, first_day__lte=day, last_day__gte=day
        ).select_related("contact", "stand_in")
        found += running
        known = {each.contact_id for each in found}
        sought = {each.stand_in_id for each in found if each.stand_in_id} - known
    return found


def in_words(contact: EscalationContact, absences: Collection[Absence], day: date) -> str:
    """“Away until 15 December, Orlando answers”; empty where the contact is there. `absences` are
    those of `absences_on`."""
    stretch = stretch_on(absences, contact, day)
    if stretch is None:
        return ""
    words = {"day": formats.date_format(stretch.last_day, "SHORT_DATE_FORMAT")}
    if stretch.stand_in:
        words["who"] = stretch.stand_in.short_name
        return _("Away until %(day)s, %(who)s answers") % words
    return _("Away until %(day)s, and nobody stands in") % words
