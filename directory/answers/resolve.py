"""A document at an instant: what is open now, until when, what opens next.

Makes the structures of `directory.answers.structures`. Words are in the active language; instants
carry their zone's offset.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol
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
from directory.editions import shipped
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
    source = shipped.read(edition.document)
    zone = ZoneInfo(settings.ORGANIZATION.time_zone)
    at = timezone.localtime(at, zone)
    resolver = _Resolver(source, at)
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
    """One document at one instant: each schedule is evaluated once, however often used."""

    def __init__(self, source: ServiceDocument, at: datetime) -> None:
        self.source = source
        self.at = at
        self.today = at.date()
        self.notices = Notices(source, at)
        self.contacts = Contacts(self.notices, source.is_international)
        self._evaluated: dict[str, tuple[HoursAnswer, dict[str, Any]]] = {}

    def channel(self, channel: PublishedChannel) -> ChannelAnswer:
        """The channel, and whether it answers."""
        stated_hours, _usual = self.evaluate(channel.schedule)
        return ChannelAnswer(
            code=channel.code,
            medium=channel.medium,
            request_types=tuple(map(request_type_answer, channel.request_types)),
            hours=stated_hours,
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
            hours=self.evaluate(level.schedule)[0] if level.schedule else None,
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
            state = self._state(holder.schedule, outages)
        elif holder.schedule or isinstance(holder, PublishedChannel):
            state = self.evaluate(holder.schedule)[1]
        else:
            state = NOT_STATED
        if notice and out_of_order:
            state = {**state, "reason": notice.text, "reason_kind": ReasonKind.NOTICE}
        return {**state, **noted(notice), "out_of_order": out_of_order}

    def evaluate(self, code: str) -> tuple[HoursAnswer, dict[str, Any]]:
        """The schedule's hours in words, and its state as keyword arguments."""
        if code not in self._evaluated:
            schedule = self.source.hours(code)
            holidays = holidays_of(schedule, translation.get_language())
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
                    )
                    if schedule.is_stated or schedule.exceptions
                    else "",
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
                self._state(code),
            )
        return self._evaluated[code]

    def _state(self, code: str, outages: Sequence[Outage] = ()) -> dict[str, Any]:
        """The state of a schedule but for outages, as keyword arguments."""
        schedule = self.source.hours(code)
        holidays = holidays_of(schedule, translation.get_language())
        usual = partial(state_at, schedule, holiday_name=holidays)
        state = with_outages(usual, outages, self.at, ZoneInfo(schedule.timezone))
        return {
            "state": state.status,
            "reason": state.reason,
            "until": state.until,
            "next_open": state.next_open,
            "is_holiday": state.reason_kind is ReasonKind.HOLIDAY,
            "reason_kind": state.reason_kind,
            "unconfirmed": _unconfirmed(state, schedule, holidays),
        }

    def _notice(self, notice: PublishedNotice) -> NoticeAnswer | None:
        """The notice; None where it is on nothing that the page gives on that day."""
        about = ""
        if notice.contact_point:
            about = self.contacts.shown.get(notice.contact_point, "")
        elif notice.channel:
            channels = (each for each in self.source.channels if each.code == notice.channel)
            valid = (each for each in channels if each.is_valid_on(self.today))
            about = next((place_of(each, self.source).name for each in valid), "")
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
