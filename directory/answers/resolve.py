"""A document at an instant: what is open now, until when, what opens next.

Makes the structures of `directory.answers.structures`. Words are in the active language; instants
carry their zone's offset.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.utils import timezone, translation

from directory.answers.announcements import announcements
from directory.answers.contacts import Contacts
from directory.answers.distinctions import with_distinctions
from directory.answers.holding import holds_until
from directory.answers.notices import Notices, NoticeSeverity, is_general, noted
from directory.answers.promised_times import (
    named_request_types,
    request_type_answer,
    target_answer,
    times_of,
)
from directory.answers.standing_in import who_answers
from directory.answers.structures import (
    ChannelAnswer,
    Directory,
    EditionStamp,
    EscalationAnswer,
    HolidaysAnswer,
    HoursAnswer,
    LevelAnswer,
    NoticeAnswer,
    TimesCount,
)
from directory.contacts.remembered import remembered
from directory.editions.document import (
    Holder,
    PublishedChannel,
    PublishedEscalation,
    PublishedLevel,
    PublishedNotice,
    ServiceDocument,
    texts_of,
)
from directory.editions.names import level_title, place_of
from directory.editions.reading import StoredEdition, read_as_told
from directory.hours.holidays import holidays_of, place_in_words
from directory.hours.osm import holidays_rule, opening_hours, readers_know_holidays
from directory.hours.outages import Outage, is_out, with_outages
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
NOT_STATED: Mapping[str, Any] = {"state": None, "reason": "", "until": None, "next_open": None}


def resolve(edition: StoredEdition, at: datetime, *, contacts_as_asked: bool = False) -> Directory:
    """What `edition` says at the aware instant `at`, in the active language.

    With `contacts_as_asked` contacts are made when they are asked for: for who shows few of them,
    in that language. It cannot be written down as JSON.

    Dated facts change at midnight in the organisation's time zone. Raises ValueError if `at` is
    naive, AlteredEdition if the edition is not what was published.
    """
    source = read_as_told(edition)
    zone = ZoneInfo(settings.ORGANIZATION.time_zone)
    at = timezone.localtime(at, zone)
    resolver = _Resolver(source, at, contacts_as_asked)
    channels = [each for each in source.channels if each.is_valid_on(at.date())]
    levels = [each for each in source.escalation.levels if each.is_valid_on(at.date())]
    answering = with_distinctions(map(resolver.channel, channels))
    escalated = tuple(map(resolver.level, levels))
    return Directory(
        slug=source.slug,
        at=at,
        holds_until=holds_until(source, [*answering, *escalated], at),
        edition=EditionStamp(
            number=edition.number,
            published_at=edition.published_at.astimezone(zone),
            digest=edition.digest,
        ),
        channels=answering,
        escalation=EscalationAnswer(
            levels=escalated,
            times_count=msgspec.convert(source.escalation.times_count, TimesCount),
            **texts_of(PublishedEscalation, source.escalation),
        ),
        request_types=named_request_types(channels, source.targets, levels),
        targets=tuple(map(target_answer, source.targets)),
        announcements=announcements(source, at),
        # Last: it asks what has been given.
        notices=resolver.notices_in_force(),
        is_international=source.is_international,
        renamed_from=source.renamed_from or None,
        **texts_of(ServiceDocument, source),
    )


class _Resolver:
    """One document at one instant: hours are evaluated once, however often they are used and under
    however many names."""

    def __init__(self, source: ServiceDocument, at: datetime, contacts_as_asked: bool) -> None:
        self.source = source
        self.at = at
        self.today = at.date()
        self.notices = Notices(source, at)
        self.contacts = Contacts(self.notices, source.is_international, contacts_as_asked)
        self._alike: dict[OpeningHours, OpeningHours] = {}
        self._by_code: dict[str, OpeningHours] = {}
        self._hours: dict[int, HoursAnswer] = {}
        self._states: dict[tuple[int, tuple[Outage, ...]], Mapping[str, Any]] = {}
        self._names: dict[str, str] = {}

    def channel(self, channel: PublishedChannel) -> ChannelAnswer:
        """The channel, and whether it answers."""
        return ChannelAnswer(
            code=channel.code,
            medium=channel.medium,
            request_types=tuple(map(request_type_answer, channel.request_types)),
            hours=self.hours(channel.schedule),
            contacts=self.contacts.answers(
                channel.contacts, channel.for_abroad, places_first=channel.medium == OFFICE
            ),
            for_abroad=channel.for_abroad or msgspec.UNSET,
            languages=channel.languages,
            **texts_of(PublishedChannel, channel),
            **self.answering(channel),
        )

    def level(self, level: PublishedLevel) -> LevelAnswer:
        """The level, and whether somebody answers: whoever stands in, while its contact is away."""
        answering = who_answers(self.source.escalation, level, self.today)
        level = answering.level
        state = self.answering(level)
        if answering.is_nobody:
            state |= {"state": Status.CLOSED}
        return LevelAnswer(
            level=level.level,
            title=level.title or level_title(level.level),
            purpose=level.purpose,
            request_types=tuple(map(request_type_answer, level.request_types)),
            name=level.name,
            person=level.person,
            escalate_after={time.request_type.code: time.minutes for time in times_of(level)},
            escalate_after_minutes=level.escalate_after_minutes,
            hours=self.hours(level.schedule) if level.schedule else None,
            contacts=self.contacts.answers(level.contacts),
            standing_in=answering.standing_in,
            **state,
        )

    def notices_in_force(self) -> tuple[NoticeAnswer, ...]:
        """The notices in force on what has been resolved, and those on the service."""
        answers = (self._notice(each) for each in self.notices.in_force)
        return tuple(answer for answer in answers if answer)

    def answering(self, holder: Holder) -> dict[str, Any]:
        """Whether a channel or level answers, as keyword arguments of its answer."""
        outages, notice = self.notices.outages(holder), self.notices.on(holder)
        out_of_order = is_out(outages, self.at)
        if out_of_order or (outages and holder.schedule):
            state = self.state(holder.schedule, outages)
        elif holder.schedule or isinstance(holder, PublishedChannel):
            state = self.state(holder.schedule)
        else:
            state = NOT_STATED
        if notice and out_of_order:
            state = {**state, "reason": notice.text, "reason_kind": ReasonKind.NOTICE}
        return {**state, **noted(notice), "out_of_order": out_of_order}

    def hours(self, code: str) -> HoursAnswer:
        """The hours of a schedule in words."""
        schedule = self._schedule(code)
        if id(schedule) not in self._hours:
            there = self.at.astimezone(ZoneInfo(schedule.timezone)).date()
            self._hours[id(schedule)] = _hours_answer(schedule, there, self.today)
        return self._hours[id(schedule)]

    def state(self, code: str, outages: Sequence[Outage] = ()) -> Mapping[str, Any]:
        """The state of a schedule but for outages, as keyword arguments."""
        schedule = self._schedule(code)
        key = id(schedule), tuple(outages)
        if key not in self._states:
            self._states[key] = _state(schedule, key[1], self.at)
        return self._states[key]

    def _schedule(self, code: str) -> OpeningHours:
        """The schedule with this code, or the first one with the same hours: one object for all."""
        if code not in self._by_code:
            nameless = replace(self.source.hours(code), code="", name="")
            self._by_code[code] = self._alike.setdefault(nameless, nameless)
        return self._by_code[code]

    def _notice(self, notice: PublishedNotice) -> NoticeAnswer | None:
        """The notice; None where it is on nothing that the page gives on that day."""
        about = ""
        if notice.contact_point:
            about = self.contacts.shown.get(notice.contact_point, "")
        elif notice.channel:
            about = self._name(notice.channel)
        if not (about or is_general(notice)):
            return None
        return NoticeAnswer(
            code=notice.code,
            text=notice.text,
            severity=NoticeSeverity(notice.severity),
            since=notice.since.astimezone(self.notices.zone),
            until=notice.until and notice.until.astimezone(self.notices.zone),
            contact_point=notice.contact_point or None,
            channel=notice.channel or None,
            about=about,
            for_all=notice.for_all,
        )

    def _name(self, code: str) -> str:
        """What the channel with this code is called, which many notices may be on; empty where it
        is not there on that day."""
        if code not in self._names:
            channels = (each for each in self.source.channels if each.code == code)
            valid = (each for each in channels if each.is_valid_on(self.today))
            name = next((place_of(each, self.source).name for each in valid), "")
            self._names[code] = name
        return self._names[code]


@remembered(512)
def _hours_answer(schedule: OpeningHours, there: date, here: date) -> HoursAnswer:
    """The hours in words, when it is the day `there` where they hold, and `here` the
    organisation's."""
    holidays = holidays_of(schedule, translation.get_language())
    today = day_plan(schedule, there, holidays)
    return HoursAnswer(
        text=describe_schedule(schedule, there),
        opening_hours=opening_hours(
            schedule, there, holidays, with_holidays=readers_know_holidays(schedule)
        )
        if schedule.is_stated or schedule.exceptions
        else "",
        holidays=_holidays_answer(schedule, there),
        always_open=schedule.always_open,
        timezone=schedule.timezone,
        zone=time_zone_note(schedule, here),
        today_on=there,
        today=describe_plan(today),
        today_status=today.status,
        today_reason=today.reason,
        today_is_holiday=today.reason_kind is ReasonKind.HOLIDAY,
        today_reason_kind=today.reason_kind,
    )


@remembered(512)
def _state(schedule: OpeningHours, outages: tuple[Outage, ...], at: datetime) -> Mapping[str, Any]:
    """The state of a schedule but for outages, as keyword arguments."""
    holidays = holidays_of(schedule, translation.get_language())
    usual = partial(state_at, schedule, holiday_name=holidays)
    state = with_outages(usual, outages, at, ZoneInfo(schedule.timezone))
    return {
        "state": state.status,
        "reason": state.reason,
        "until": state.until,
        "next_open": state.next_open,
        "is_holiday": state.reason_kind is ReasonKind.HOLIDAY,
        "reason_kind": state.reason_kind,
        "unconfirmed": _unconfirmed(state, schedule, holidays),
    }


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


def _unconfirmed(state: State, schedule: OpeningHours, holidays: HolidayName) -> str:
    """The holiday whose unconfirmed hours are the next thing after being closed, or ""."""
    if state.status != Status.CLOSED or state.until is None or state.until == state.next_open:
        return ""
    return day_plan(schedule, state.until.date(), holidays).reason
