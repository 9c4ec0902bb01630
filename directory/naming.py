"""How parts of a document, days and times of validity are called, in the active language."""

import re
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from directory.document import Channel, Level, ServiceDocument


def place(holder: Channel | Level, document: ServiceDocument) -> str:
    """What readers know a channel or level by: “Telefónico”, with the types of request where
    others have the same title; “Nivel 2”."""
    if isinstance(holder, Level):
        return _("Level %d") % holder.level
    if sum(each.title == holder.title for each in document.channels) <= 1:
        return holder.title
    return f"{holder.title} ({', '.join(kind.name for kind in holder.request_types)})"


def is_level(place: str) -> bool:
    """Whether `place`, called so in the active language, is a level, or several."""
    level = _("Level %d").replace("%d", r"\d+")
    return re.fullmatch(f"{level}(, {level})*", place) is not None


def in_days(first: date, last: date) -> str:
    """“24 de diciembre de 2026”, or from one day to another."""
    words = [formats.date_format(day, "DATE_FORMAT") for day in (first, last)]
    if first == last:
        return words[0]
    return _("%(first)s until %(last)s") % {"first": words[0], "last": words[1]}


def in_validity(first: date | None, last: date | None) -> str:
    """“desde el 1 de diciembre de 2026”, “hasta el …”, both; “siempre” without limits."""
    words = {
        "first": formats.date_format(first, "DATE_FORMAT") if first else "",
        "last": formats.date_format(last, "DATE_FORMAT") if last else "",
    }
    if first and last:
        return _("from %(first)s until %(last)s") % words
    if first:
        return _("from %(first)s on") % words
    return _("until %(last)s") % words if last else _("always")
