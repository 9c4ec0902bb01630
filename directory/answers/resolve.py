"""A document at an instant: what is open now, until when, what opens next.

Makes the structures of `directory.answers.structures`. Words are in the active language; instants
carry their zone's offset.
"""

from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from directory.answers.announcements import announcements
from directory.answers.structures import (
    ChannelAnswer,
    ContactAnswer,
    Directory,
    EditionStamp,
    EscalationAnswer,
    ExtensionLink,
    HolidaysAnswer,
    HoursAnswer,
    LevelAnswer,
    PlannedChange,
    RequestTypeAnswer,
)
from directory.contacts.kinds import kind_of
from directory.contacts.readers import may_be_abroad
from directory.contacts.replacements import current_and_next
from directory.editions import document
from directory.editions.document import (
    PublishedChannel,
    PublishedContact,
    PublishedEscalation,
    PublishedLevel,
    Replacement,
    ServiceDocument,
    texts_of,
)
from directory.hours.holidays import holidays_of, place_in_words
from directory.hours.osm import holidays_rule, opening_hours, readers_know_holidays
from directory.hours.rules import day_plan
from directory.hours.schedule import (
    HolidayName,
    HolidayPolicy,
    OpeningHours,
    ReasonKind,
    State,
    Status,
)
from directory.hours.states import state_at
from directory.hours.words import describe_holidays, describe_plan, describe_schedule
from directory.hours.zones import time_zone_note

# The code of a medium, as documents have it.
OFFICE = "office"
NOT_STATED: dict[str, Any] = {"state": None, "reason": "", "until": None, "next_open": None}


class StoredEdition(Protocol):
    """An edition, as far as it is read here: see `directory.models.editions`."""

    number: int
    published_at: datetime
    digest: str
    document: str


def resolve(edition: StoredEdition, at: datetime) -> Directory:
    """What `edition` says at the aware instant `at`, in the active language.

    Dated facts change at midnight in the organisation's time zone. Raises ValueError if `at` is
    naive.
    """
    source = document.decode(edition.document)
    zone = ZoneInfo(settings.ORGANIZATION.time_zone)
    today = at.astimezone(zone).date()
    resolver = _Resolver(source, at, today)
    return Directory(
        slug=source.slug,
        at=at.astimezone(zone),
        edition=EditionStamp(
            number=edition.number,
            published_at=edition.published_at.astimezone(zone),
            digest=edition.digest,
        ),
        channels=tuple(
            resolver.channel(channel) for channel in source.channels if channel.is_valid_on(today)
        ),
        escalation=EscalationAnswer(
            levels=tuple(
                resolver.level(level)
                for level in source.escalation.levels
                if level.is_valid_on(today)
            ),
            **texts_of(PublishedEscalation, source.escalation),
        ),
        announcements=announcements(source, at.astimezone(zone)),
        renamed_from=source.renamed_from or None,
        **texts_of(ServiceDocument, source),
    )


def level_title(level: int) -> str:
    """“Primer escalamiento”, as the documents call it, in the active language."""
    titles = (
        _("First escalation"),
        _("Second escalation"),
        _("Third escalation"),
        _("Fourth escalation"),
        _("Fifth escalation"),
        _("Sixth escalation"),
    )
    return titles[level - 1] if level <= len(titles) else _("Escalation %(n)d") % {"n": level}


class _Resolver:
    """One document at one instant: each schedule is evaluated once, however often used."""

    def __init__(self, source: ServiceDocument, at: datetime, today: date) -> None:
        self.source = source
        self.at = at
        self.today = today
        self._evaluated: dict[str, tuple[HoursAnswer, dict[str, Any]]] = {}

    def channel(self, channel: PublishedChannel) -> ChannelAnswer:
        """The channel, and whether it answers."""
        stated_hours, state = self.evaluate(channel.schedule)
        return ChannelAnswer(
            code=channel.code,
            medium=channel.medium,
            request_types=tuple(
                msgspec.convert(kind, RequestTypeAnswer, from_attributes=True)
                for kind in channel.request_types
            ),
            hours=stated_hours,
            contacts=self.contacts(channel),
            for_abroad=channel.for_abroad or msgspec.UNSET,
            **texts_of(PublishedChannel, channel),
            **state,
        )

    def level(self, level: PublishedLevel) -> LevelAnswer:
        """The level, and whether it answers."""
        stated_hours, state = (
            self.evaluate(level.schedule) if level.schedule else (None, NOT_STATED)
        )
        return LevelAnswer(
            level=level.level,
            title=level.title or level_title(level.level),
            name=level.name,
            person=level.person,
            escalate_after_minutes=level.escalate_after_minutes,
            hours=stated_hours,
            contacts=tuple(map(self.contact, level.contacts)),
            **state,
        )

    def contacts(self, channel: PublishedChannel) -> tuple[ContactAnswer, ...]:
        """The contacts in order; of an office first where it is."""
        contacts = [self.contact(each, channel.for_abroad) for each in channel.contacts]
        if channel.medium == OFFICE:
            contacts.sort(key=lambda contact: not kind_of(contact.kind).is_place)
        return tuple(contacts)

    def contact(self, contact: PublishedContact, for_abroad: bool = False) -> ContactAnswer:
        """The contact as it is on that day: replacements that are due have taken its place.
        `for_abroad`: it is for callers in other countries."""
        replacement, planned = current_and_next(contact.replacements, self.today)
        current = replacement or contact
        told = _told(current, for_abroad)
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
            changes=_planned_change(planned, for_abroad) if planned else None,
            former=tuple(in_order[: in_order.index(value)]),
            **told,
        )

    def evaluate(self, code: str) -> tuple[HoursAnswer, dict[str, Any]]:
        """The schedule's hours in words, and its state as keyword arguments."""
        if code not in self._evaluated:
            schedule = self.source.schedules[code]
            holidays = holidays_of(schedule, translation.get_language())
            state = state_at(schedule, self.at, holidays)
            today_there = self.at.astimezone(ZoneInfo(schedule.timezone)).date()
            today = day_plan(schedule, today_there, holidays)
            self._evaluated[code] = (
                HoursAnswer(
                    text=describe_schedule(schedule, today_there),
                    opening_hours=opening_hours(
                        schedule,
                        today_there,
                        holidays,
                        with_holidays=readers_know_holidays(schedule),
                    ),
                    holidays=_holidays_answer(schedule, today_there),
                    always_open=schedule.always_open,
                    timezone=schedule.timezone,
                    zone=time_zone_note(schedule, self.today),
                    today_on=today_there,
                    today=describe_plan(today),
                    today_status=today.status,
                    today_reason=today.reason,
                    today_is_holiday=today.reason_kind is ReasonKind.HOLIDAY,
                    today_reason_kind=today.reason_kind,
                ),
                {
                    "state": state.status,
                    "reason": state.reason,
                    "until": state.until,
                    "next_open": state.next_open,
                    "is_holiday": state.reason_kind is ReasonKind.HOLIDAY,
                    "reason_kind": state.reason_kind,
                    "unconfirmed": _unconfirmed(state, schedule, holidays),
                },
            )
        return self._evaluated[code]


def _holidays_answer(schedule: OpeningHours, on: date) -> HolidaysAnswer:
    usual = HolidayPolicy.AS_WEEKDAY
    return HolidaysAnswer(
        rule=usual if schedule.always_open else schedule.holidays,
        text=describe_holidays(schedule, on),
        opening_hours=holidays_rule(schedule, on),
        country=schedule.country,
        subdivision=schedule.subdivision,
        place=place_in_words(schedule.country, schedule.subdivision),
    )


def _planned_change(planned: Replacement, for_abroad: bool) -> PlannedChange:
    return PlannedChange(on=planned.on, **_told(planned, for_abroad))


def _told(contact: PublishedContact | Replacement, for_abroad: bool) -> dict[str, Any]:
    """What an answer says of a number or address itself. What is dialled in one country alone has
    no link for those who call from others."""
    kind, value = kind_of(contact.kind), contact.value
    is_abroad = for_abroad or may_be_abroad()
    only_from, link = kind.only_from(value), kind.href(value, map_url=contact.map)
    facts = {
        "is_toll_free": kind.is_toll_free(value),
        "only_from": only_from,
        "advice": kind.advice(value, is_abroad),
    }
    return {
        "kind": contact.kind,
        "value": value,
        "display": kind.shown(value, is_abroad),
        "href": "" if for_abroad and only_from else link,
        **{name: fact for name, fact in facts.items() if fact},
        **({"map": link or None} if kind.is_place else {}),
        "verified_on": contact.verified_on,
    }


def _unconfirmed(state: State, schedule: OpeningHours, holidays: HolidayName) -> str:
    """The holiday whose unconfirmed hours are the next thing after being closed, or ""."""
    if state.status != Status.CLOSED or state.until is None or state.until == state.next_open:
        return ""
    return day_plan(schedule, state.until.date(), holidays).reason
