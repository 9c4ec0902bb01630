"""How much is public of who answers: what changed of it, without what is not public any more."""

from collections.abc import Iterator
from typing import TypeVar

from django.utils.translation import gettext as _
from msgspec.structs import replace

from directory.editions.diff.differences import Difference, value
from directory.editions.document import PUBLIC, PublishedLevel, PublishedStandIn

Answering = TypeVar("Answering", PublishedLevel, PublishedStandIn)
ROLE = "role"


def public_changes(old: Answering, new: Answering) -> Iterator[Difference]:
    """That more or less of somebody is public now."""
    yield from value(_("What is public"), _in_words(old.public), _in_words(new.public))


def as_public_as(old: Answering, new: Answering) -> Answering:
    """What was said of somebody, without what is not said of them any more: what is taken out of
    the page is not repeated by what tells its changes."""
    if new.public == old.public or new.public == PUBLIC:
        return old
    if new.public == ROLE:
        return replace(old, person=new.person, contacts=())
    # Their words may say the name.
    said = {each.code: (each.label, each.menu_options) for each in new.contacts}
    contacts = tuple(
        replace(each, label=label, menu_options=options)
        for each in old.contacts
        for label, options in [said.get(each.code, (new.name, ""))]
    )
    return replace(old, person=new.person, contacts=contacts)


def _in_words(public: str) -> str:
    return {
        PUBLIC: _("Name and contacts"),
        "contacts": _("Role and contacts"),
        ROLE: _("Role only"),
    }.get(public, public)
