"""Who answers when: a document's coverage as a picture of hours.

Pure functions over a `ServiceDocument`. A picture has one row a day and one cell an hour, in the
wall time of the organisation; a cell says for how many of its minutes each channel answers.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import msgspec
from django.utils import translation

from directory.answers import day_minutes
from directory.answers.channel_filters import ChannelFilter, is_for
from directory.answers.gaps import USUAL_WEEK, usual_schedule
from directory.editions.document import PublishedChannel, PublishedRequestType, ServiceDocument
from directory.hours.holidays import holidays_of
from directory.hours.rules import day_plan
from directory.hours.schedule import HolidayName, OpeningHours, Span, Status, no_holidays
from directory.hours.upcoming import ONE_DAY

HOURS = range(24)


@dataclass(frozen=True, kw_only=True)
class RequestTypeGroup:
    """Request types that the same channels take: one picture shows them all."""

    request_types: tuple[PublishedRequestType, ...]
    channels: tuple[PublishedChannel, ...]


def by_channels(
    source: ServiceDocument, request_types: Iterable[PublishedRequestType]
) -> list[RequestTypeGroup]:
    """The request types, grouped by who takes them; the order of both is kept."""
    groups: dict[tuple[PublishedChannel, ...], list[PublishedRequestType]] = {}
    for kind in request_types:
        is_included = is_for(kind.code)
        groups.setdefault(tuple(filter(is_included, source.channels)), []).append(kind)
    return [
        RequestTypeGroup(request_types=tuple(kinds), channels=channels)
        for channels, kinds in groups.items()
    ]


def without_past_channels(source: ServiceDocument, on: date) -> ServiceDocument:
    """The document without the channels whose last day was before a date."""
    kept = tuple(channel for channel in source.channels if not channel.is_past_on(on))
    return msgspec.structs.replace(source, channels=kept)


@dataclass(frozen=True)
class ChannelHour:
    """A channel that answers in an hour, from and until these wall times (00:00: midnight)."""

    channel: PublishedChannel
    status: Status
    spans: tuple[Span, ...]

    @property
    def is_whole_hour(self) -> bool:
        """Whether it answers all the hour."""
        return sum(day_minutes.length(span) for span in self.spans) >= 60


@dataclass(frozen=True, kw_only=True)
class HourCell:
    """One hour. `minutes` is for how long it is open, by whatever channel; `unknown_minutes` for
    how long nobody knows, beyond that."""

    hour: int
    answers: tuple[ChannelHour, ...]
    minutes: int
    unknown_minutes: int

    @property
    def state(self) -> str:
        """“open” all the hour, “partly” open, “unknown”, or “closed”."""
        if self.minutes:
            return "open" if self.minutes >= 60 else "partly"
        return "unknown" if self.unknown_minutes else "closed"


@dataclass(frozen=True, kw_only=True)
class CoverageDay:
    """One row. `gaps` are when nobody answers, to the minute; `reasons` the holiday or exception
    of the day. Unknown hours are no gap."""

    day: date
    cells: tuple[HourCell, ...]
    gaps: tuple[Span, ...]
    reasons: tuple[str, ...]


def usual_week(
    source: ServiceDocument, is_included: ChannelFilter, on: date
) -> tuple[CoverageDay, ...]:
    """Monday to Sunday as they usually are, with the hours and channels in force on a date:
    without holidays and exceptions."""
    channels = [
        (channel, usual_schedule(source.hours(channel.schedule), on))
        for channel in source.channels
        if is_included(channel) and channel.is_valid_on(on)
    ]
    return tuple(
        _day(
            [(channel, schedule) for channel, schedule in channels if schedule],
            day,
            lambda schedule: no_holidays,
        )
        for day in USUAL_WEEK
    )


def upcoming_days(
    source: ServiceDocument, is_included: ChannelFilter, first: date, count: int = 14
) -> tuple[CoverageDay, ...]:
    """The days from `first` on, with their holidays (named in the active language), exceptions and
    the channels that are valid on each."""
    days = []
    for day in (first + number * ONE_DAY for number in range(count)):
        channels = [
            (channel, source.hours(channel.schedule))
            for channel in source.channels
            if is_included(channel) and channel.is_valid_on(day)
        ]
        days.append(_day(channels, day, _holidays_of))
    return tuple(days)


def _day(
    channels: list[tuple[PublishedChannel, OpeningHours]],
    day: date,
    holidays: Callable[[OpeningHours], HolidayName],
) -> CoverageDay:
    times = [
        (channel, begins, ends, status)
        for channel, schedule in channels
        for begins, ends, status in day_minutes.minutes_on(schedule, day, holidays(schedule))
    ]
    reasons = {
        plan.reason: None
        for _channel, schedule in channels
        if (plan := day_plan(schedule, day, holidays(schedule))).reason
    }
    return CoverageDay(
        day=day,
        cells=tuple(_cell(times, hour) for hour in HOURS),
        gaps=day_minutes.gaps((begins, ends) for _channel, begins, ends, _status in times),
        reasons=tuple(reasons),
    )


def _cell(times: list[tuple[PublishedChannel, int, int, Status]], hour: int) -> HourCell:
    starts, stops = hour * 60, hour * 60 + 60
    here = [
        (channel, max(begins, starts), min(ends, stops), status)
        for channel, begins, ends, status in times
        if begins < stops and ends > starts
    ]
    open_minutes = {m for _c, b, e, status in here if status is Status.OPEN for m in range(b, e)}
    unknown = {m for _c, b, e, status in here if status is Status.UNKNOWN for m in range(b, e)}
    channels = {channel.code: channel for channel, _begins, _ends, _status in here}
    minutes_of: dict[tuple[str, Status], list[tuple[int, int]]] = {}
    for channel, begins, ends, status in here:
        minutes_of.setdefault((channel.code, status), []).append((begins, ends))
    return HourCell(
        hour=hour,
        answers=tuple(
            ChannelHour(
                channels[code], status, tuple(day_minutes.span_of(*each) for each in sorted(spans))
            )
            for (code, status), spans in minutes_of.items()
        ),
        minutes=len(open_minutes),
        unknown_minutes=len(unknown - open_minutes),
    )


def _holidays_of(schedule: OpeningHours) -> HolidayName:
    return holidays_of(schedule, translation.get_language())
