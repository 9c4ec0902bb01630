"""A document at an instant: what is open now, until when, what opens next.

The structures here are the answers of the JSON API (`API.md` is their contract) and what the pages
are rendered from, so both always say the same. Words are in the active language; instants carry
their zone's offset.
"""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory import calendars, document, hours, hours_text, links, zones
from directory.hours import Status
from directory.upcoming import Announcement, announcements


class Answer(msgspec.Struct, frozen=True):
    """A piece of what is said to the public."""


class Changes(Answer, kw_only=True):
    """A planned replacement: from the day `on`, the contact is this one."""

    on: date
    value: str
    display: str
    href: str


class ExtensionLink(Answer, kw_only=True):
    extension: str
    href: str


class Contact(Answer, kw_only=True):
    kind: str
    label: str
    value: str
    display: str
    href: str
    extensions: tuple[str, ...]
    extension_links: tuple[ExtensionLink, ...]
    menu_options: str
    changes: Changes | None


class RequestType(Answer, kw_only=True):
    code: str
    name: str
    covers_all: bool
    is_critical: bool


class Hours(Answer, kw_only=True):
    """Hours in words, as an OpenStreetMap `opening_hours` value, and today's hours in words.

    "Today" is the day `today_on` in the schedule's `timezone`. `zone` says whose time the hours are
    told in, where it is not the organisation's: "hora de Tokyo".

    `today_status` is closed when nothing begins today, unknown when today's hours are not
    confirmed; `today_reason` names the exception or, `today_is_holiday`, the holiday that makes
    it so.
    """

    text: str
    opening_hours: str
    always_open: bool
    timezone: str
    zone: str = ""
    today_on: date
    today: str
    today_status: Status | None = None
    today_reason: str = ""
    today_is_holiday: bool = False


class Answering(Answer, kw_only=True):
    """What answers, or not, at the instant. All null or empty where hours are not stated.

    `reason` is the name of a holiday in the active language if `is_holiday`, else an exception's as
    it was entered. `unconfirmed` names the holiday that makes it unknown whether somebody answers
    from `until` on: what is closed then opens for certain at `next_open`, but perhaps earlier.
    """

    state: Status | None
    reason: str
    until: datetime | None
    next_open: datetime | None
    is_holiday: bool = False
    unconfirmed: str = ""


class Channel(Answering, kw_only=True):
    code: str
    medium: str
    title: str
    description: str
    request_types: tuple[RequestType, ...]
    hours: Hours
    contacts: tuple[Contact, ...]


class Level(Answering, kw_only=True):
    level: int
    title: str
    name: str
    person: str
    escalate_after_minutes: int | None
    hours: Hours | None
    contacts: tuple[Contact, ...]


class Escalation(Answer, kw_only=True):
    instructions: str
    levels: tuple[Level, ...]


class EditionStamp(Answer, kw_only=True):
    number: int
    published_at: datetime
    digest: str


class Directory(Answer, kw_only=True):
    """One service's directory at the instant `at`."""

    slug: str
    name: str
    introduction: str
    at: datetime
    edition: EditionStamp
    channels: tuple[Channel, ...]
    escalation: Escalation
    announcements: tuple[Announcement, ...] = ()


class NextOpening(Answer, kw_only=True):
    channel: Channel
    at: datetime


class WhomToContact(Answer, kw_only=True):
    """Whom to contact for one type of request; `next` is what opens next of what is not open."""

    request_type: str
    at: datetime
    open: tuple[Channel, ...]
    unknown: tuple[Channel, ...]
    next: NextOpening | None
    escalation: tuple[Level, ...]


NOT_STATED = {"state": None, "reason": "", "until": None, "next_open": None}
# Best first.
RANK = {Status.OPEN: 0, Status.UNKNOWN: 1, Status.CLOSED: 2}


def resolve(edition, at: datetime) -> Directory:
    """What `edition` says at the aware instant `at`, in the active language.

    Dated facts change at midnight in the organisation's time zone. Raises ValueError if `at` is
    naive.
    """
    source = document.decode(edition.document)
    zone = ZoneInfo(settings.ORGANIZATION.time_zone)
    reading = _Reading(source, at, at.astimezone(zone).date())
    return Directory(
        slug=source.slug,
        name=source.name,
        introduction=source.introduction,
        at=at.astimezone(zone),
        edition=EditionStamp(
            number=edition.number,
            published_at=edition.published_at.astimezone(zone),
            digest=edition.digest,
        ),
        channels=tuple(
            reading.channel(channel) for channel in source.channels if reading.is_valid(channel)
        ),
        escalation=Escalation(
            instructions=source.escalation.instructions,
            levels=tuple(
                reading.level(level)
                for level in source.escalation.levels
                if reading.is_valid(level)
            ),
        ),
        announcements=announcements(source, reading.today),
    )


def concerned(directory: Directory, request_type: str = "") -> tuple[Channel, ...]:
    """The channels for the request type with this code, those for exactly it first; without a code
    all channels, those for critical requests first. Otherwise the directory's order is kept."""
    if request_type:
        channels = [each for each in directory.channels if _takes(each, request_type)]
        return tuple(sorted(channels, key=lambda channel: not _names(channel, request_type)))
    return tuple(sorted(directory.channels, key=lambda channel: not _is_critical(channel)))


def whom_to_contact(directory: Directory, request_type: str = "") -> WhomToContact:
    """Who answers for the request type with this code, or in general, in the order of
    `concerned`."""
    channels = concerned(directory, request_type)
    return WhomToContact(
        request_type=request_type,
        at=directory.at,
        open=tuple(channel for channel in channels if channel.state == Status.OPEN),
        unknown=tuple(channel for channel in channels if channel.state == Status.UNKNOWN),
        next=next_opening(channels),
        escalation=directory.escalation.levels,
    )


def next_opening(channels: Iterable[Channel]) -> NextOpening | None:
    """The earliest opening among those that are not open."""
    opening = [channel for channel in channels if channel.next_open]
    if not opening:
        return None
    first = min(opening, key=lambda channel: channel.next_open)
    return NextOpening(channel=first, at=first.next_open)


def best(channels: Iterable[Channel]) -> Answering:
    """The state of a service: that of its best channel. Open before unknown before closed; of the
    open ones the one that stays longest, of the others the one that opens first."""

    def order(channel):
        never = datetime.max.replace(tzinfo=timezone.get_fixed_timezone(0))
        if channel.state == Status.OPEN:
            return RANK[channel.state], -(channel.until or never).timestamp()
        return RANK[channel.state], (channel.next_open or never).timestamp()

    nothing = Answering(state=Status.UNKNOWN, reason="", until=None, next_open=None)
    return min(channels, key=order, default=nothing)


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


def _takes(channel, request_type):
    return any(kind.covers_all or kind.code == request_type for kind in channel.request_types)


def _names(channel, request_type):
    return any(kind.code == request_type for kind in channel.request_types)


def _is_critical(channel):
    return any(kind.is_critical for kind in channel.request_types)


class _Reading:
    """One document read at one instant: each schedule is evaluated once, however often used."""

    def __init__(self, source: document.ServiceDocument, at: datetime, today: date):
        self.source = source
        self.at = at
        self.today = today
        self._evaluated = {}

    def is_valid(self, part):
        """Whether a channel or level holds on that day."""
        return (part.valid_from is None or part.valid_from <= self.today) and (
            part.valid_until is None or self.today <= part.valid_until
        )

    def channel(self, channel):
        stated_hours, state = self.evaluate(channel.schedule)
        return Channel(
            code=channel.code,
            medium=channel.medium,
            title=channel.title,
            description=channel.description,
            request_types=tuple(
                msgspec.convert(kind, RequestType, from_attributes=True)
                for kind in channel.request_types
            ),
            hours=stated_hours,
            contacts=tuple(map(self.contact, channel.contacts)),
            **state,
        )

    def level(self, level):
        stated_hours, state = (
            self.evaluate(level.schedule) if level.schedule else (None, NOT_STATED)
        )
        return Level(
            level=level.level,
            title=level_title(level.level),
            name=level.name,
            person=level.person,
            escalate_after_minutes=level.escalate_after_minutes,
            hours=stated_hours,
            contacts=tuple(map(self.contact, level.contacts)),
            **state,
        )

    def contact(self, contact):
        """The contact as it is on that day: replacements that are due have taken its place."""
        kind, label, value, changes = contact.kind, contact.label, contact.value, None
        for planned in contact.replacements:
            if planned.on > self.today:
                changes = Changes(
                    on=planned.on,
                    value=planned.value,
                    display=links.display(planned.kind, planned.value),
                    href=links.href(planned.kind, planned.value),
                )
                break
            kind, label, value = planned.kind, planned.label, planned.value
        return Contact(
            kind=kind,
            label=label,
            value=value,
            display=links.display(kind, value),
            href=links.href(kind, value),
            extensions=contact.extensions,
            extension_links=tuple(
                ExtensionLink(extension=extension, href=links.href(kind, value, extension))
                for extension in contact.extensions
            ),
            menu_options=contact.menu_options,
            changes=changes,
        )

    def evaluate(self, code):
        """The schedule's hours in words, and its state as keyword arguments."""
        if code not in self._evaluated:
            schedule = self.source.schedules[code]
            holidays = calendars.holiday_name(schedule.country, translation.get_language())
            state = hours.state_at(schedule, self.at, holidays)
            today_there = self.at.astimezone(ZoneInfo(schedule.timezone)).date()
            today = hours.day_plan(schedule, today_there, holidays)
            self._evaluated[code] = (
                Hours(
                    text=hours_text.describe(schedule, today_there),
                    opening_hours=hours_text.opening_hours(schedule, today_there),
                    always_open=schedule.always_open,
                    timezone=schedule.timezone,
                    zone=zones.told(schedule, self.today),
                    today_on=today_there,
                    today=hours_text.describe_plan(today),
                    today_status=today.status,
                    today_reason=today.reason,
                    today_is_holiday=_names_holiday(today.reason, schedule),
                ),
                {
                    "state": state.status,
                    "reason": state.reason,
                    "until": state.until,
                    "next_open": state.next_open,
                    "is_holiday": _names_holiday(state.reason, schedule),
                    "unconfirmed": _unconfirmed(state, schedule, holidays),
                },
            )
        return self._evaluated[code]


def _names_holiday(reason, schedule):
    """Whether the reason for a state is a holiday: the only other ones are exceptions."""
    return reason != "" and all(each.reason != reason for each in schedule.exceptions)


def _unconfirmed(state, schedule, holidays):
    """The holiday whose unconfirmed hours are the next thing after being closed, or ""."""
    if state.status != Status.CLOSED or state.until in (None, state.next_open):
        return ""
    return hours.day_plan(schedule, state.until.date(), holidays).reason
