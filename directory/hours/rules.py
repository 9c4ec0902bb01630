"""The rules of opening hours: what a schedule says at an instant, until when, and what comes next.

Plain Python over frozen values; the instant and the calendar of holidays are always passed in.

- Spans are half-open: a line that closes at 19:00 is closed at 19:00:00.
- A span belongs to the day on which it begins. Friday 22:00-06:00 still answers on Saturday at
  02:00, also when Saturday is a holiday or an exception: a closed day removes the spans that begin
  on it and nothing else. (The OpenStreetMap `opening_hours` specification cuts the night before.)
- Precedence: the schedule's own exception, an exception for all, the holiday policy, the weekly
  spans.
- Unknown is a state of its own: nobody has said what happens, so it is neither open nor closed.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from directory.hours.schedule import (
    HOLIDAY,
    WHOLE_DAY,
    DatedException,
    DayPlan,
    HolidayName,
    HolidayPolicy,
    OpeningHours,
    Span,
    State,
    Status,
    WeeklySpan,
)


def state_at(schedule: OpeningHours, now: datetime, holiday_name: HolidayName) -> State:
    """What `schedule` says at `now`, and when that changes, however distant the change is.

    `now` may be in any time zone; a naive one raises ValueError, a `schedule.timezone` that does
    not exist `zoneinfo.ZoneInfoNotFoundError`. An instant in the first or last week of Python's
    calendar (years 1 to 9999) is read as the nearest one within; no change is reported there.
    """
    if now.utcoffset() is None:
        raise ValueError("`now` must be aware: a wall time without a time zone is no instant")
    now = min(max(now, _FIRST), _LAST).astimezone(UTC)
    timeline = _Timeline(schedule, holiday_name)
    status, reason = timeline.at(now)
    until = next_open = None
    for instant, following in timeline.edges_after(now):
        if following is status:
            continue
        until = until or instant.astimezone(timeline.zone)
        if following is Status.OPEN:
            next_open = instant.astimezone(timeline.zone)
        if Status.OPEN in (status, following):
            break
    return State(status, reason, until, next_open)


def day_plan(schedule: OpeningHours, day: date, holiday_name: HolidayName) -> DayPlan:
    """What `schedule` says of the local date `day`, whatever began the day before."""
    if exception := exception_on(schedule, day):
        spans = tuple(sorted(exception.spans, key=attrgetter("opens")))
        return _plan(day, spans, exception.reason)
    if schedule.always_open:
        return _plan(day, (WHOLE_DAY,))
    if not schedule.spans:
        return _plan(day, (WHOLE_DAY,), status=Status.UNKNOWN)

    policy = schedule.holidays
    holiday = "" if policy == HolidayPolicy.AS_WEEKDAY else holiday_name(day)
    if holiday and policy == HolidayPolicy.CLOSED:
        return _plan(day, (), holiday)
    if holiday and policy == HolidayPolicy.OWN_HOURS:
        return _plan(day, spans_in_force(schedule, HOLIDAY, day), holiday)
    usual = spans_in_force(schedule, day.isoweekday(), day)
    if holiday and usual:
        return _plan(day, usual, holiday, Status.UNKNOWN)
    return _plan(day, usual)


def _plan(
    day: date, spans: tuple[Span, ...], reason: str = "", status: Status = Status.OPEN
) -> DayPlan:
    return DayPlan(day=day, status=status if spans else Status.CLOSED, spans=spans, reason=reason)


def exception_on(schedule: OpeningHours, day: date) -> DatedException | None:
    """The exception that decides `day`: the schedule's own first, then the shortest, the latest."""
    covering = [each for each in schedule.exceptions if each.first_day <= day <= each.last_day]
    return min(covering, key=_rank, default=None)


def _rank(exception: DatedException) -> tuple[bool, timedelta, int]:
    first, last = exception.first_day, exception.last_day
    return exception.for_all, last - first, -first.toordinal()


def spans_in_force(schedule: OpeningHours, day: int, on: date) -> tuple[WeeklySpan, ...]:
    """The weekly spans of `day` (1-7 or HOLIDAY) that are valid on the date `on`, in order."""
    spans = [span for span in schedule.spans if span.day == day and span.is_in_force(on)]
    return tuple(sorted(spans, key=attrgetter("opens")))


def deciding_exceptions(schedule: OpeningHours) -> Iterator[tuple[date, date, DatedException]]:
    """The exceptions with the first and last of the days that each decides, in order."""
    begins = {each.first_day.toordinal() for each in schedule.exceptions}
    ends = {each.last_day.toordinal() + 1 for each in schedule.exceptions}
    stretches = groupby(
        pairwise(sorted(begins | ends)),
        key=lambda stretch: exception_on(schedule, date.fromordinal(stretch[0])),
    )
    for exception, stretch in stretches:
        if exception:
            parts = list(stretch)
            first, end = parts[0][0], parts[-1][1]
            yield date.fromordinal(first), date.fromordinal(end - 1), exception


def overlapping(spans: Iterable[Span]) -> tuple[Span, Span] | None:
    """The first two spans, of one schedule or of one exception, that overlap, or None.

    Weekly spans are compared with those of their day and, after midnight, of the next weekday,
    when their validities share a date. An exception's spans, like those of HOLIDAY, are compared
    within their day only: whether another such day follows differs from case to case.
    """
    return next((pair for pair in combinations(spans, 2) if _overlap(*pair)), None)


def _overlap(one: Span, other: Span) -> bool:
    gap = _since_midnight(other.opens) - _since_midnight(one.opens)
    if isinstance(one, WeeklySpan) and isinstance(other, WeeklySpan):
        begins = max(one.valid_from or date.min, other.valid_from or date.min)
        ends = min(one.valid_until or date.max, other.valid_until or date.max)
        if begins > ends or (HOLIDAY in (one.day, other.day) and one.day != other.day):
            return False
        gap += (other.day - one.day) * _DAY
    # On the circle of a week: does either open before the one that opened earlier has closed?
    return gap % _WEEK < _length(one) or -gap % _WEEK < _length(other)


def _length(span: Span) -> timedelta:
    return (_since_midnight(span.closes) - _since_midnight(span.opens)) % _DAY or _DAY


def _since_midnight(at: time) -> timedelta:
    return datetime.combine(date.min, at, UTC) - datetime.min.replace(tzinfo=UTC)


_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
# A week inside Python's calendar, so that no zone and no neighbouring day leads out of it.
_FIRST = datetime(1, 1, 8, tzinfo=UTC)
_LAST = datetime(9999, 12, 24, tzinfo=UTC)


class _Interval(NamedTuple):
    begins: datetime  # UTC: datetimes of one zone compare by wall time, wrong when clocks change
    ends: datetime
    status: Status
    reason: str


class _Timeline:
    """A schedule's intervals as instants, worked out for the days that are asked for.

    Days are ordinals (`date.toordinal`), so that arithmetic on them cannot overflow.
    """

    def __init__(self, schedule: OpeningHours, holiday_name: HolidayName):
        self.zone = ZoneInfo(schedule.timezone)
        self._schedule = schedule
        self._holiday_name = holiday_name
        self._intervals: dict[int, list[_Interval]] = {}

    def at(self, instant: datetime) -> tuple[Status, str]:
        """The status at an instant, and its reason."""
        today = instant.astimezone(self.zone).date()
        if interval := _deciding(self._around(today.toordinal()), instant):
            return interval.status, interval.reason
        plan = day_plan(self._schedule, today, self._holiday_name)
        # A holiday that leaves the usual hours in doubt is not why it is closed outside of them.
        return Status.CLOSED, "" if plan.status is Status.UNKNOWN else plan.reason

    def edges_after(self, now: datetime) -> Iterator[tuple[datetime, Status]]:
        """The instants at which intervals begin or end, in order, with the status from then on."""
        for day in self._telling_days(now.astimezone(self.zone).toordinal()):
            intervals = self._around(day)
            begins = max(self._instant(day, time.min), now)
            ends = min(self._instant(day + 1, time.min), _LAST)
            for edge in sorted({edge for each in intervals for edge in (each.begins, each.ends)}):
                if begins <= edge < ends and edge != now:
                    interval = _deciding(intervals, edge)
                    yield edge, interval.status if interval else Status.CLOSED

    def _telling_days(self, first: int) -> Iterator[int]:
        """The days from `first` on that between them show every change there will ever be."""
        end = _LAST.toordinal() + 2
        boundaries = sorted(day for day in self._dated_boundaries() if first < day < end)
        for start, following in pairwise([first, *boundaries, end]):
            if self._days_are_alike(start):
                yield from range(start, min(start + 3, following))
            else:
                yield from self._telling_days_between(start, following)

    def _dated_boundaries(self) -> set[int]:
        """The days from which other spans or exceptions are in force than the day before."""
        ranges = [(each.first_day, each.last_day) for each in self._schedule.exceptions]
        ranges += [(span.valid_from, span.valid_until) for span in self._schedule.spans]
        begins = {first.toordinal() for first, _ in ranges if first}
        return begins | {last.toordinal() + 1 for _, last in ranges if last}

    def _days_are_alike(self, start: int) -> bool:
        """Whether the rules in force on a day know neither weekdays nor holidays."""
        schedule, day = self._schedule, date.fromordinal(start)
        return (
            schedule.always_open
            or exception_on(schedule, day) is not None
            or not any(span.is_in_force(day) for span in schedule.spans)
        )

    def _telling_days_between(self, start: int, end: int) -> Iterator[int]:
        """The days that show all that the rules do from one dated boundary to the next.

        The rules there know weekdays and holidays only, and what is `_around` a day decides it. So
        after two weeks (in one, the clocks may have changed) a day shows nothing new unless there
        is a holiday around it or was one a week before. Every country has holidays every year.
        """
        settled = min(start + 17, end)
        yield from range(start, settled)
        holidays = [
            day
            for day in range(start, min(start + 400, end))
            if self._holiday_name(date.fromordinal(day))
        ]
        affected = {day + days for day in holidays for days in (-1, 0, 1, 2, 6, 7, 8, 9)}
        yield from sorted(day for day in affected if settled <= day < end)

    def _around(self, day: int) -> list[_Interval]:
        """Every interval that can touch `day`.

        A span ends on the next day at the latest. The further day on either side is for clocks that
        were put across midnight, or past a whole day: Samoa had no 30 December 2011.
        """
        return [each for near in range(day - 2, day + 2) for each in self._beginning_on(near)]

    def _beginning_on(self, day: int) -> list[_Interval]:
        """The intervals of the spans that begin on `day`.

        One that is skipped when clocks go forward may end before it begins; it covers no instant.
        """
        if day not in self._intervals:
            plan = day_plan(self._schedule, date.fromordinal(day), self._holiday_name)
            self._intervals[day] = [
                _Interval(
                    self._instant(day, span.opens),
                    self._instant(day + span.ends_next_day, span.closes),
                    plan.status,
                    plan.reason,
                )
                for span in plan.spans
            ]
        return self._intervals[day]

    def _instant(self, day: int, at: time) -> datetime:
        """The instant of a local wall time, in UTC.

        As RFC 5545, 3.3.5 has it: the first of two equal wall times, and one that is skipped is
        counted with the offset from before the gap.
        """
        return datetime.combine(date.fromordinal(day), at, self.zone).astimezone(UTC)


def _deciding(intervals: list[_Interval], instant: datetime) -> _Interval | None:
    """The interval that decides at an instant: open before unknown."""
    covering = [each for each in intervals if each.begins <= instant < each.ends]
    return min(covering, key=lambda each: each.status is not Status.OPEN, default=None)
