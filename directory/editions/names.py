"""How parts of a document, days and times of validity are called, in the active language."""

import re

from django.utils.translation import gettext as _

from directory.editions.document import PublishedChannel, PublishedLevel, ServiceDocument


def holder_name(holder: PublishedChannel | PublishedLevel, document: ServiceDocument) -> str:
    """What readers know a channel or level by: “Telefónico”, with the types of request where
    others have the same title; “Nivel 2”."""
    if isinstance(holder, PublishedLevel):
        return _("Level %d") % holder.level
    if sum(each.title == holder.title for each in document.channels) <= 1:
        return holder.title
    return f"{holder.title} ({', '.join(kind.name for kind in holder.request_types)})"


def is_level(place: str) -> bool:
    """Whether `place`, called so in the active language, is a level, or several."""
    level = _("Level %d").replace("%d", r"\d+")
    return re.fullmatch(f"{level}(, {level})*", place) is not None
