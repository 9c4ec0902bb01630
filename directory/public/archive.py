"""An edition as an archive: what its page said, and what of it holds no more.

A number that is published no more may be somebody else's by now: nothing invites to dial it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.answers.structures import ChannelAnswer, ContactAnswer, Directory, LevelAnswer


@dataclass(frozen=True)
class ArchivedContact:
    """A contact of an edition. `today` are what the current page gives for it: itself, or what has
    taken its place; none: it is published no more."""

    contact: ContactAnswer
    today: tuple[ContactAnswer, ...]

    @property
    def is_given(self) -> bool:
        """Whether the current page still gives this number or address."""
        return any(_value(each) == _value(self.contact) for each in self.today)

    @property
    def href(self) -> str:
        """What uses it; empty where the current page would not use it either."""
        return next((each.href for each in self.today if self.is_given), "")


class Today:
    """What the current page of a service gives."""

    def __init__(self, current: Directory) -> None:
        self.given: dict[tuple[str, str], ContactAnswer] = {}
        self.by_code: dict[str, ContactAnswer] = {}
        for contact in _contacts(current):
            self.given.setdefault(_value(contact), contact)
            self.by_code.setdefault(contact.code, contact)

    def archived(self, contact: ContactAnswer) -> ArchivedContact:
        """The contact of an edition, with what is given for it today."""
        same = self.given.get(_value(contact))
        found = [same] if same else [*self._in_its_place(contact)]
        return ArchivedContact(contact, tuple(found))

    def _in_its_place(self, contact: ContactAnswer) -> Iterator[ContactAnswer]:
        """What has its code now, or else took the place of its value on a day that was planned."""
        if contact.code in self.by_code:
            yield self.by_code[contact.code]
            return
        for each in self.given.values():
            if contact.value in each.former:
                yield each


def archived_contacts(
    holder: ChannelAnswer | LevelAnswer, today: Today
) -> tuple[ArchivedContact, ...]:
    """The contacts of a channel or level of an edition."""
    return tuple(today.archived(contact) for contact in holder.contacts)


def _contacts(directory: Directory) -> Iterator[ContactAnswer]:
    return (contact for holder in directory.holders for contact in holder.contacts)


def _value(contact: ContactAnswer) -> tuple[str, str]:
    return contact.kind, contact.value
