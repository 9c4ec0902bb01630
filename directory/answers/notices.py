"""The notices of a document at an instant: which are in force, for what, and what is out of order.

A contact point is out of order wherever it is given. A channel is so by a notice on itself, on its
service or on all services, or because each of its contacts is; a level only by the latter: when
a service is out of order, people escalate.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import reduce
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from directory.contacts.replacements import current_and_next
from directory.editions.document import (
    Holder,
    PublishedChannel,
    PublishedContact,
    PublishedNotice,
    ServiceDocument,
)
from directory.hours.outages import ALWAYS, NEVER, Outage, common, merged


class NoticeSeverity(StrEnum):
    """How much a notice takes away."""

    INFORMATION = "information"
    LIMITED = "limited"
    OUT_OF_ORDER = "out_of_order"


# Worst first.
RANK = {severity.value: rank for rank, severity in enumerate(reversed(NoticeSeverity))}


class Notices:
    """The notices of a document as they are at the aware instant `at`, in the organisation's zone.
    Those whose time has passed count no more."""

    def __init__(self, source: ServiceDocument, at: datetime) -> None:
        self.zone = ZoneInfo(settings.ORGANIZATION.time_zone)
        self.today = at.astimezone(self.zone).date()
        self.notices = [each for each in source.notices if each.until is None or each.until > at]
        in_force = (each for each in self.notices if each.since <= at)
        newest_first = sorted(in_force, key=lambda each: each.since, reverse=True)
        self.in_force = sorted(newest_first, key=lambda each: RANK[each.severity])
        self._worst_on_channel = _worst(self.in_force, lambda each: each.channel)
        self._worst_on_contact = _worst(self.in_force, lambda each: each.contact_point)
        self._worst_on_all = next(filter(is_general, self.in_force), None)
        self._rank = {each.code: rank for rank, each in enumerate(self.in_force)}
        # By what they are on: a service has many channels, and may have many notices.
        self._outages = [each for each in self.notices if is_outage(each)]
        self._on_all = _outages(each for each in self._outages if is_general(each))
        self._on_channel = _grouped(self._outages, lambda each: each.channel)
        self._on_contact = _grouped(self._outages, lambda each: each.contact_point)

    def on_contact(self, contact: PublishedContact) -> PublishedNotice | None:
        """The worst notice on what is the contact on that day."""
        if not self._worst_on_contact:
            return None
        return self._worst_on_contact.get(current_code(contact, self.today))

    def on(self, holder: Holder) -> PublishedNotice | None:
        """The notice that puts a channel or a level out of order; else the worst on the channel."""
        if not self.in_force:
            return None
        own = None
        if isinstance(holder, PublishedChannel):
            own = self._worst_on_channel.get(holder.code)
            both = (each for each in (own, self._worst_on_all) if each and is_outage(each))
            if notice := min(both, key=lambda each: self._rank[each.code], default=None):
                return notice
        on_contacts = [self.on_contact(contact) for contact in holder.contacts]
        if on_contacts and all(each and is_outage(each) for each in on_contacts):
            return on_contacts[0]
        return own

    def outages(self, holder: Holder) -> list[Outage]:
        """When a channel or a level is out of order, now and later."""
        if not self._outages:
            return []
        own: list[Outage] = []
        if isinstance(holder, PublishedChannel):
            own = [*self._on_all, *_outages(self._on_channel.get(holder.code, ()))]
        of_contacts = [self._outages_of_contact(contact) for contact in holder.contacts]
        return merged([*own, *(reduce(common, of_contacts) if of_contacts else [])])

    def _outages_of_contact(self, contact: PublishedContact) -> list[Outage]:
        """When a contact is out of order: on each day what is in its place counts."""
        steps = [
            (ALWAYS, contact.code),
            *((self._midnight(each.on), each.code) for each in contact.replacements),
            (NEVER, ""),
        ]
        return merged(
            outage
            for (begins, code), (ends, _following) in pairwise(steps)
            for outage in common(
                _outages(self._on_contact.get(code, ())),
                [Outage(begins, ends)],
            )
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)


def is_outage(notice: PublishedNotice) -> bool:
    """Whether what it is on does not work."""
    return notice.severity == NoticeSeverity.OUT_OF_ORDER


def noted(notice: PublishedNotice | None) -> dict[str, Any]:
    """What the answer of something says of the notice on it, as keyword arguments."""
    return {"note": notice.text, "notice": notice.code} if notice else {"note": None}


def effect_in_words(notice: PublishedNotice) -> str:
    """What it takes away, in the active language; empty where that is nothing."""
    if is_outage(notice):
        return _("out of order")
    return _("limited service") if notice.severity == NoticeSeverity.LIMITED else ""


def current_code(contact: PublishedContact, day: date) -> str:
    """The code of the contact point that is in the contact's place on a day."""
    replacement, _planned = current_and_next(contact.replacements, day)
    return (replacement or contact).code


def concerns(notice: PublishedNotice, holder: Holder, day: date) -> bool:
    """Whether a notice on a contact point or a channel is about a channel or a level on a day."""
    given = (current_code(contact, day) for contact in holder.contacts)
    return _is_on(notice, holder) or notice.contact_point in given


def is_general(notice: PublishedNotice) -> bool:
    """Whether it is on the service or on all services."""
    return not (notice.contact_point or notice.channel)


def _is_on(notice: PublishedNotice, holder: Holder) -> bool:
    return isinstance(holder, PublishedChannel) and notice.channel == holder.code


def _outages(outages: Iterable[PublishedNotice]) -> list[Outage]:
    return merged(Outage(each.since, each.until or NEVER) for each in outages)


def _worst(
    in_force: Iterable[PublishedNotice], key: Callable[[PublishedNotice], str]
) -> dict[str, PublishedNotice]:
    """The first notice of each code that is not empty."""
    return {code: some[0] for code, some in _grouped(in_force, key).items()}


def _grouped(
    notices: Iterable[PublishedNotice], key: Callable[[PublishedNotice], str]
) -> dict[str, list[PublishedNotice]]:
    """The notices by a code that is not empty."""
    found: dict[str, list[PublishedNotice]] = {}
    for each in notices:
        if key(each):
            found.setdefault(key(each), []).append(each)
    return found
