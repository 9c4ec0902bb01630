"""The contacts of channels and levels on a day: what has taken their place, what dials them, what
works."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

from directory.answers.later import Later
from directory.answers.notices import Notices, is_outage, noted
from directory.answers.structures import ContactAnswer, ExtensionLink, PlannedChange
from directory.contacts.countries import home
from directory.contacts.kinds import kind_of
from directory.contacts.readers import may_be_abroad
from directory.contacts.remembered import remembered
from directory.contacts.replacements import current_and_next
from directory.editions.document import PublishedContact, Replacement


class Contacts:
    """Makes the answers of contacts at the instant of some notices, in the active language.

    `is_international`: customers of their service may be in several countries. `shown` is how what
    has been given is displayed, by the code of its contact point. With `as_asked` the contacts of a
    channel or level are each made when it is asked for, unless their order depends on what they
    are.
    """

    def __init__(self, notices: Notices, is_international: bool, as_asked: bool = False) -> None:
        self.notices = notices
        self.is_international = is_international
        self.is_abroad = is_international or may_be_abroad()
        self.as_asked = as_asked and not notices.in_force
        self.shown: dict[str, str] = {}

    def answers(
        self,
        contacts: Sequence[PublishedContact],
        for_abroad: bool = False,
        places_first: bool = False,
    ) -> tuple[ContactAnswer, ...]:
        """The contacts of a channel or a level, those that work first; of these, with
        `places_first`, the places. `for_abroad`: they are for callers in other countries."""
        if self.as_asked and not places_first:
            later = Later(contacts, partial(self._answer, for_abroad=for_abroad))
            return cast("tuple[ContactAnswer, ...]", later)
        answers = [self._answer(contact, for_abroad) for contact in contacts]
        if places_first:
            answers.sort(key=lambda contact: not kind_of(contact.kind).is_place)
        return tuple(sorted(answers, key=lambda contact: contact.out_of_order))

    def _answer(self, contact: PublishedContact, for_abroad: bool) -> ContactAnswer:
        """The contact as it is on that day: replacements that are due have taken its place."""
        replacement, planned = current_and_next(contact.replacements, self.notices.today)
        current = replacement or contact
        notice = self.notices.on_contact(contact)
        told = self._told(current, for_abroad)
        out_of_order = notice is not None and is_outage(notice)
        if out_of_order:
            # Nothing invites to use it; what people recognise it by stays.
            told["href"] = ""
        self.shown[current.code] = told["display"]
        kind, value = kind_of(current.kind), current.value
        in_order = [contact.value, *(step.value for step in contact.replacements)]
        return ContactAnswer(
            code=contact.code,
            label=current.label,
            extensions=contact.extensions,
            extension_links=tuple(
                ExtensionLink(
                    extension=extension,
                    href=told["href"] and kind.href(current.value, extension),
                )
                for extension in contact.extensions
            ),
            menu_options=contact.menu_options,
            changes=(
                PlannedChange(on=planned.on, **self._told(planned, for_abroad)) if planned else None
            ),
            former=tuple(in_order[: in_order.index(value)]),
            out_of_order=out_of_order,
            **noted(notice),
            **told,
        )

    def _told(self, contact: PublishedContact | Replacement, for_abroad: bool) -> dict[str, Any]:
        """What an answer says of a number or address itself."""
        told = {
            **_told_of(contact.kind, contact.value, contact.map, for_abroad or self.is_abroad),
            "verified_on": contact.verified_on,
        }
        if not self._reaches(told.get("only_from", ""), for_abroad):
            told["href"] = ""
        return told

    def _reaches(self, only_from: str, for_abroad: bool) -> bool:
        """Whether callers may be in the one country from which something is dialled, if it is one.
        Those of a service for several countries may be in any."""
        if only_from == home().region:
            return not for_abroad
        return not only_from or self.is_international


@remembered(1024)
def _told_of(code: str, value: str, map_url: str, is_abroad: bool) -> Mapping[str, Any]:
    """What is told of a number or address of the kind with this code, wherever it stands."""
    kind = kind_of(code)
    link = kind.href(value, map_url=map_url)
    facts = {
        "is_toll_free": kind.is_toll_free(value),
        "only_from": kind.only_from(value),
        "advice": kind.advice(value, is_abroad),
    }
    return {
        "kind": code,
        "value": value,
        "display": kind.shown(value, is_abroad),
        "href": link,
        **{name: fact for name, fact in facts.items() if fact},
        **({"map": link or None} if kind.is_place else {}),
    }
