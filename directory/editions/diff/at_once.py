"""What customers notice of a change at once, beside what holds from some day on; and how much of a
page it concerns."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone, translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.editions.diff.contacts import display_of, kind_name
from directory.editions.document import (
    Holder,
    PublishedChannel,
    PublishedContact,
    PublishedLevel,
    Replacement,
    ServiceDocument,
)
from directory.editions.names import level_name, place_of
from directory.hours.holidays import holidays_of
from directory.hours.schedule import Status
from directory.hours.states import state_at

NAMED_AT_MOST = 6


class Reach(NamedTuple):
    """How many channels for ordinary requests, how many for critical ones, and how many levels."""

    ordinary: int = 0
    critical: int = 0
    levels: int = 0

    def plus(self, other: "Reach") -> "Reach":
        """Both together."""
        return Reach(*(one + another for one, another in zip(self, other, strict=True)))

    def __str__(self) -> str:
        words = (
            (self.ordinary, ngettext("%d ordinary line", "%d ordinary lines", self.ordinary)),
            (
                self.critical,
                ngettext(
                    "%d line for critical requests",
                    "%d lines for critical requests",
                    self.critical,
                ),
            ),
            (self.levels, ngettext("%d escalation level", "%d escalation levels", self.levels)),
        )
        return get_text_list([text % count for count, text in words if count], _("and"))


def reach(before: ServiceDocument, after: ServiceDocument) -> Reach:
    """The channels and levels of which the page says something else than before."""
    old, new = _said(before), _said(after)
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    changed = [(new.get(key) or old[key])[0] for key in keys]
    channels = [each for each in changed if isinstance(each, PublishedChannel)]
    critical = sum(any(kind.is_critical for kind in each.request_types) for each in channels)
    return Reach(len(channels) - critical, critical, len(changed) - len(channels))


def at_once(before: ServiceDocument, after: ServiceDocument, now: datetime) -> list[str]:
    """What disappears, opens and closes at the instant `now`, in words of the active language; what
    does so on another day is told with its date by the changes."""
    today = timezone.localdate(now)
    old, new = _on_page(before, today), _on_page(after, today)
    gone = [name for key, name in old.items() if key not in new]
    closing: list[str] = []
    opening: list[str] = []
    holders = {_key(each): each for each in after.holders if each.is_valid_on(today)}
    for each in before.holders:
        other = holders.get(_key(each))
        if other is None or before.hours(each.schedule) == after.hours(other.schedule):
            continue
        was, is_now = _is_open(before, each, now), _is_open(after, other, now)
        if was != is_now:
            (closing if was else opening).append(place_of(other, after).name)
    told = (
        (gone, _("Disappears at once: %s")),
        (closing, _("Closes at once: %s")),
        (opening, _("Opens at once: %s")),
    )
    return [words % _in_a_list(names) for names, words in told if names]


def _key(holder: Holder) -> tuple:
    if isinstance(holder, PublishedLevel):
        return holder.level, holder.contact
    return (holder.code,)


def _said(document: ServiceDocument) -> dict[tuple, tuple]:
    """What the page says of each channel and level."""
    return {
        (*_key(each), each.valid_from): (
            each,
            document.hours(each.schedule),
            [notice for notice in document.notices if _is_about(notice.channel, each)],
        )
        for each in document.holders
    }


def _is_about(channel: str, holder: Holder) -> bool:
    return isinstance(holder, PublishedChannel) and channel == holder.code


def _on_page(document: ServiceDocument, today: date) -> dict[tuple, str]:
    """What the page shows on a day: channels, levels, values of contacts, each with its name."""
    shown: dict[tuple, str] = {}
    current = [each for each in document.holders if each.is_valid_on(today)]
    for each in current:
        if isinstance(each, PublishedLevel):
            shown.setdefault((each.level,), level_name(each))
        else:
            shown[(each.code,)] = _("channel “%s”") % place_of(each, document)
    for contact in (contact for each in current for contact in each.contacts):
        given = _in_force(contact, today)
        shown[given.kind, given.value] = f"{kind_name(given)} {display_of(given)}"
    return shown


def _in_force(contact: PublishedContact, today: date) -> PublishedContact | Replacement:
    came: Iterator[Replacement] = (
        step for step in reversed(contact.replacements) if step.on <= today
    )
    return next(came, contact)


def _is_open(document: ServiceDocument, holder: Holder, now: datetime) -> bool:
    schedule = document.hours(holder.schedule)
    holidays = holidays_of(schedule, translation.get_language())
    return state_at(schedule, now, holidays).status is Status.OPEN


def _in_a_list(names: list[str]) -> str:
    shown = list(dict.fromkeys(names))
    more = len(shown) - NAMED_AT_MOST
    if more > 0:
        shown = [*shown[:NAMED_AT_MOST], ngettext("%d more", "%d more", more) % more]
    return get_text_list(shown, _("and"))
