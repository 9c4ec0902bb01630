"""Who answers when: a document's coverage as a picture of hours, and its gaps.

Pure functions over a `ServiceDocument`. A picture has one row a day and one cell an hour, in the
wall time of the organisation; a cell says for how many of its minutes each channel answers.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst

from directory.editions.document import PublishedChannel, PublishedRequestType, ServiceDocument
from directory.hours.holidays import holiday_calendar
from directory.hours.rules import day_plan
from directory.hours.schedule import HOLIDAY, HolidayName, HolidayPolicy, OpeningHours, Span, Status
from directory.hours.words import describe_day

HOURS = range(24)
DAY = timedelta(days=1)
# Any Monday of a week in which no zone changes its clocks: the week of a usual week.
USUAL_MONDAY = date(2026, 1, 5)

Takes = Callable[[PublishedChannel], bool]
"""Whether a channel counts."""


def is_for(request_type: str) -> Takes:
    """Channels that take the request type with this code: for it, or for all."""
    return partial(_takes, request_type)


def _takes(request_type, channel):
    return any(kind.covers_all or kind.code == request_type for kind in channel.request_types)


def is_for_critical(channel: PublishedChannel) -> bool:
    """Channels that take critical incidents: for them, or for all."""
    return any(kind.covers_all or kind.is_critical for kind in channel.request_types)


def is_one_of(channels: Iterable[PublishedChannel]) -> Takes:
    """These channels."""
    codes = {channel.code for channel in channels}
    return lambda channel: channel.code in codes


@dataclass(frozen=True, kw_only=True)
class Group:
    """Request types that the same channels take: one picture shows them all."""

    request_types: tuple[PublishedRequestType, ...]
    channels: tuple[PublishedChannel, ...]


def by_channels(
    source: ServiceDocument, request_types: Iterable[PublishedRequestType]
) -> list[Group]:
    """The request types, grouped by who takes them; the order of both is kept."""
    groups: dict[tuple[PublishedChannel, ...], list] = {}
    for kind in request_types:
        takes = is_for(kind.code)
        groups.setdefault(tuple(filter(takes, source.channels)), []).append(kind)
    return [
        Group(request_types=tuple(kinds), channels=channels) for channels, kinds in groups.items()
    ]


def without_past_channels(source: ServiceDocument, on: date) -> ServiceDocument:
    """The document without the channels whose last day was before a date."""
    kept = tuple(
        channel
        for channel in source.channels
        if channel.valid_until is None or channel.valid_until >= on
    )
    return msgspec.structs.replace(source, channels=kept)


@dataclass(frozen=True)
class ChannelHour:
    """A channel that answers in an hour, from and until these wall times (00:00: midnight)."""

    channel: PublishedChannel
    status: Status
    spans: tuple[Span, ...]

    @property
    def is_whole_hour(self) -> bool:
        return sum(_minutes(span) for span in self.spans) >= 60


@dataclass(frozen=True, kw_only=True)
class Cell:
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
class Day:
    """One row. `gaps` are when nobody answers, to the minute; `reasons` the holiday or exception
    of the day. Unknown hours are no gap."""

    day: date
    cells: tuple[Cell, ...]
    gaps: tuple[Span, ...]
    reasons: tuple[str, ...]


def usual_week(source: ServiceDocument, takes: Takes, on: date) -> tuple[Day, ...]:
    """Monday to Sunday as they usually are, with the hours and channels in force on a date:
    without holidays and exceptions."""
    channels = [
        (channel, usual(source.schedules[channel.schedule], on))
        for channel in source.channels
        if takes(channel) and _is_valid(channel, on)
    ]
    return tuple(
        _day(
            [(channel, schedule) for channel, schedule in channels if schedule],
            USUAL_MONDAY + number * DAY,
            _no_holidays,
        )
        for number in range(7)
    )


def coming_days(
    source: ServiceDocument, takes: Takes, first: date, count: int = 14
) -> tuple[Day, ...]:
    """The days from `first` on, with their holidays (named in the active language), exceptions and
    the channels that are valid on each."""
    days = []
    for day in (first + number * DAY for number in range(count)):
        channels = [
            (channel, source.schedules[channel.schedule])
            for channel in source.channels
            if takes(channel) and _is_valid(channel, day)
        ]
        days.append(_day(channels, day, _holidays_of))
    return tuple(days)


def usual_gaps(source: ServiceDocument, takes: Takes, on: date) -> tuple[tuple[Span, ...], ...]:
    """For Monday to Sunday, when nobody answers in a usual week."""
    schedules = {
        usual(source.schedules[channel.schedule], on)
        for channel in source.channels
        if takes(channel) and _is_valid(channel, on)
    }
    return _gaps_of_week(frozenset(schedules - {None}))


def usual(schedule: OpeningHours, on: date) -> OpeningHours | None:
    """The schedule as its week is on a date, for ever. None if all its hours are for other days."""
    in_force = tuple(
        replace(span, valid_from=None, valid_until=None)
        for span in schedule.spans
        if span.is_in_force(on) and span.day != HOLIDAY
    )
    if schedule.spans and not in_force:
        return None
    # A holiday tells from a usual day only; equal weeks are equal values.
    return replace(
        schedule,
        code="",
        name="",
        spans=in_force,
        exceptions=(),
        holidays=HolidayPolicy.AS_WEEKDAY,
    )


def gaps_in_words(gaps: Iterable[tuple[Span, ...]]) -> str:
    """“Lunes a viernes: 7 p.m. a 7 a.m. …”: the gaps of a week, Monday to Sunday, as the pages
    write hours."""
    sentences: list[tuple[list[int], str]] = []
    for number, spans in enumerate(gaps):
        text = describe_day(spans) if spans else ""
        if sentences and sentences[-1][1] == text:
            sentences[-1][0].append(number)
        else:
            sentences.append(([number], text))
    return "; ".join(
        capfirst(f"{_days_in_words(numbers)}: {text}") for numbers, text in sentences if text
    )


def _days_in_words(numbers):
    first, last = str(WEEKDAYS[numbers[0]]), str(WEEKDAYS[numbers[-1]])
    if len(numbers) == 1:
        return first
    return translation.gettext("%(first)s to %(last)s") % {"first": first, "last": last}


@lru_cache(maxsize=1024)
def _gaps_of_week(schedules):
    if any(schedule.always_open for schedule in schedules):
        return ((),) * 7
    days = (USUAL_MONDAY + number * DAY for number in range(7))
    return tuple(
        _gaps(
            [
                (begins, ends)
                for schedule in schedules
                for begins, ends, _status in _on_day(schedule, day, _no_holidays)
            ],
            day,
        )
        for day in days
    )


def _day(channels, day, holidays):
    times = [
        (channel, begins, ends, status)
        for channel, schedule in channels
        for begins, ends, status in _on_day(schedule, day, holidays)
    ]
    reasons = {
        plan.reason: None
        for _channel, schedule in channels
        if (plan := day_plan(schedule, day, holidays(schedule))).reason
    }
    return Day(
        day=day,
        cells=tuple(_cell(times, day, hour) for hour in HOURS),
        gaps=_gaps([(begins, ends) for _channel, begins, ends, _status in times], day),
        reasons=tuple(reasons),
    )


def _cell(times, day, hour):
    starts, stops = hour * 60, hour * 60 + 60
    here = [
        (channel, max(begins, starts), min(ends, stops), status)
        for channel, begins, ends, status in times
        if begins < stops and ends > starts
    ]
    open_minutes = {m for _c, b, e, status in here if status is Status.OPEN for m in range(b, e)}
    unknown = {m for _c, b, e, status in here if status is Status.UNKNOWN for m in range(b, e)}
    by_channel: dict[tuple[str, Status], list] = {}
    for channel, begins, ends, status in here:
        by_channel.setdefault((channel.code, status), [channel, []])[1].append((begins, ends))
    return Cell(
        hour=hour,
        answers=tuple(
            ChannelHour(channel, status, tuple(_span(*each) for each in sorted(spans)))
            for (_code, status), (channel, spans) in by_channel.items()
        ),
        minutes=len(open_minutes),
        unknown_minutes=len(unknown - open_minutes),
    )


def _on_day(
    schedule: OpeningHours, day: date, holidays: Callable[[OpeningHours], HolidayName]
) -> Iterator[tuple[int, int, Status]]:
    """When it answers on a local day, also by what began the day before, as minutes from midnight
    to midnight (0 to 1440) in the organisation's wall time."""
    own, ours = ZoneInfo(schedule.timezone), ZoneInfo(settings.ORGANIZATION.time_zone)
    # Another zone can put a day's spans two days away.
    around = (0, -1) if own == ours else (0, -1, -2, 1)
    midnight = datetime.combine(day, time.min)
    for near in around:
        plan = day_plan(schedule, day + near * DAY, holidays(schedule))
        for span in plan.spans:
            begins = datetime.combine(plan.day, span.opens)
            ends = datetime.combine(plan.day + span.ends_next_day * DAY, span.closes)
            if own != ours:
                begins, ends = (
                    each.replace(tzinfo=own).astimezone(UTC).astimezone(ours).replace(tzinfo=None)
                    for each in (begins, ends)
                )
            first = max(int((begins - midnight).total_seconds()) // 60, 0)
            last = min(-int(-(ends - midnight).total_seconds() // 60), 24 * 60)
            if first < last:
                yield first, last, plan.status


def _gaps(intervals, day):
    """What of the 1440 minutes no interval covers, as spans."""
    gaps, free_from = [], 0
    for begins, ends in sorted(intervals):
        if begins > free_from:
            gaps.append(_span(free_from, begins))
        free_from = max(free_from, ends)
    if free_from < 24 * 60:
        gaps.append(_span(free_from, 24 * 60))
    return tuple(gaps)


def _span(begins, ends):
    return Span(opens=_time(begins), closes=_time(ends))


def _minutes(span):
    begins, ends = (at.hour * 60 + at.minute for at in (span.opens, span.closes))
    return (ends - begins) % (24 * 60) or 24 * 60


def _time(minutes):
    return time(minutes // 60 % 24, minutes % 60)


def _is_valid(channel, on):
    return (channel.valid_from is None or channel.valid_from <= on) and (
        channel.valid_until is None or on <= channel.valid_until
    )


def _no_holidays(schedule):
    return lambda day: ""


def _holidays_of(schedule):
    return holiday_calendar(schedule.country, translation.get_language())
