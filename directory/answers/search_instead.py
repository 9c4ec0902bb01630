"""What a search that finds nothing shows instead."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from directory.answers.former_contacts import FormerContacts, find_former
from directory.answers.near_names import near_names
from directory.editions.document import ServiceDocument, decode


@dataclass(frozen=True, kw_only=True)
class Instead:
    """Services that once gave the number or address, or else those that are called almost so."""

    former: list[FormerContacts] = field(default_factory=list)
    near: list[ServiceDocument] = field(default_factory=list)


def find_instead(editions: Any, text: str, at: datetime) -> Instead:
    """What to show for a text that no current one of the query set of editions has, at the aware
    instant `at`. Four queries at most."""
    if former := find_former(editions, text, at):
        return Instead(former=former)
    keys = near_names(editions.current(), text)
    found = editions.in_bulk(keys)
    return Instead(near=[decode(found[key].document) for key in keys])
