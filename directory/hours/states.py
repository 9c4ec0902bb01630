"""What a schedule says at an instant, until when, and when it opens next.

Intervals are compared in UTC, so that changes of the clocks are counted right. The rules of single
days are in `directory.hours.rules`.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import chain, pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from directory.hours.exceptions import exception_on, exception_times, is_for_every_day
from directory.hours.rules import day_plan
from directory.hours.schedule import DayPlan, HolidayName, OpeningHours, ReasonKind, State, Status
from directory.hours.validity import occurrences

# A week inside Python's calendar, so that no zone and no neighbouring day leads out of it.
_FIRST = datetime(1, 1, 8, tzinfo=UTC)
_LAST = datetime(9999, 12, 24, tzinfo=UTC)

# Where a century has no leap year, a day of the year is a given day of the week again after twelve
# years, a 29 February after 40.
YEARS_UNTIL_ALL_OCCURRED, WITH_LEAP_DAYS = 13, 41


def state_at(schedule: OpeningHours, now: datetime, holiday_name: HolidayName) -> State:
    """What `schedule` says at `now`, and when that changes, however distant the change is.

    Only what a movable holiday alone does to days that recur every year is searched for some years
    and no longer (YEARS_UNTIL_ALL_OCCURRED).

    `now` may be in any time zone; a naive one raises ValueError, a `schedule.timezone` that does
    not exist `zoneinfo.ZoneInfoNotFoundError`. An instant in the first or last week of Python's
    calendar (years 1 to 9999) is read as the nearest one within; no change is reported there.
    """
    if now.utcoffset() is None:
        raise ValueError("`now` must be aware: a wall time without a time zone is no instant")
    now = min(max(now, _FIRST), _LAST).astimezone(UTC)
    timeline = _Timeline(schedule, holiday_name)
    status, plan = timeline.at(now)
    until = next_open = None
    for instant, following in timeline.edges_after(now):
        if following is status:
            continue
        until = until or instant.astimezone(timeline.zone)
        if following is Status.OPEN:
            next_open = instant.astimezone(timeline.zone)
        if Status.OPEN in (status, following) or not timeline.ever_opens:
            break
    reason, kind = (plan.reason, plan.reason_kind) if plan else ("", ReasonKind.NONE)
    return State(status, reason, until, next_open, kind)


class _Interval(NamedTuple):
    begins: datetime  # UTC: datetimes of one zone compare by wall time, wrong when clocks change
    ends: datetime
    plan: DayPlan  # of the day on which it begins

    @property
    def status(self) -> Status:
        """Open or unknown."""
        return self.plan.status


class _Timeline:
    """A schedule's intervals as instants, worked out for the days that are asked for.

    Days are ordinals (`date.toordinal`), so that arithmetic on them cannot overflow.
    """

    def __init__(self, schedule: OpeningHours, holiday_name: HolidayName):
        self.zone = ZoneInfo(schedule.timezone)
        self._schedule = schedule
        self._holiday_name = holiday_name
        self._intervals: dict[int, list[_Interval]] = {}

    @property
    def ever_opens(self) -> bool:
        """Whether anything of it says that it opens, on some day or other."""
        schedule = self._schedule
        return schedule.always_open or bool(
            schedule.spans or any(each.also_on_days_off for each in schedule.exceptions)
        )

    def at(self, instant: datetime) -> tuple[Status, DayPlan | None]:
        """The status at an instant, and what was said of a day that is the reason for it."""
        today = instant.astimezone(self.zone).date()
        if interval := _deciding(self._around(today.toordinal()), instant):
            return interval.status, interval.plan
        plan = day_plan(self._schedule, today, self._holiday_name)
        # A holiday that leaves the usual hours in doubt is not why it is closed outside of them.
        return Status.CLOSED, None if plan.status is Status.UNKNOWN else plan

    def edges_after(self, now: datetime) -> Iterator[tuple[datetime, Status]]:
        """The instants at which intervals begin or end, in order, with the status from then on."""
        for day in self._representative_days(now.astimezone(self.zone).toordinal()):
            intervals = self._around(day)
            begins = max(self._instant(day, time.min), now)
            ends = min(self._instant(day + 1, time.min), _LAST)
            for edge in sorted({edge for each in intervals for edge in (each.begins, each.ends)}):
                if begins <= edge < ends and edge != now:
                    interval = _deciding(intervals, edge)
                    yield edge, interval.status if interval else Status.CLOSED

    def _representative_days(self, first: int) -> Iterator[int]:
        """The days from `first` on on which every kind of change occurs at least once."""
        end = _LAST.toordinal() + 2
        boundaries = sorted(day for day in self._dated_boundaries() if first < day < end)
        for since, until in pairwise([first, *boundaries, end]):
            edges = chain([since], self._recurring_boundaries(since, until), [until])
            for start, following in pairwise(edges):
                if self._days_are_alike(start):
                    yield from range(start, min(start + 3, following))
                else:
                    yield from self._representative_days_between(start, following)

    def _dated_boundaries(self) -> set[int]:
        """The days from which other spans or exceptions are in force than the day before; of what
        recurs, the first one."""
        parts = list(self._dated_parts())
        begins = {first.toordinal() for first, _last, _every_year in parts if first}
        ends = {
            last.toordinal() + 1 for _first, last, every_year in parts if last and not every_year
        }
        return begins | ends

    def _recurring_boundaries(self, since: int, until: int) -> Iterator[int]:
        """The days between two of these on which something that recurs begins, or has ended.

        Later than when every day of the year has been every day of the week nothing is new. 1
        January may be told twice: as the day after the last of a year, and as the first.
        """
        yearly = [(first, last) for first, last, every_year in self._dated_parts() if every_year]
        monthly = [each for each in self._schedule.exceptions if each.monthly]
        if not yearly and not monthly:
            return
        has_leap_days = any((day.month, day.day) == (2, 29) for days in yearly for day in days)
        years = WITH_LEAP_DAYS if has_leap_days else YEARS_UNTIL_ALL_OCCURRED
        this_year = date.fromordinal(since).year
        last_year = date.fromordinal(min(until, date.max.toordinal())).year
        for year in range(this_year, min(this_year + years, last_year) + 1):
            begins, ends = date(year, 1, 1), date(year, 12, 31)
            times = [
                *(occurrences(*days, begins, ends, every_year=True) for days in yearly),
                *(
                    exception_times(each, self._schedule, begins, ends, self._holiday_name)
                    for each in monthly
                ),
            ]
            days = {
                day
                for begun, ended in chain.from_iterable(times)
                for day in (begun.toordinal(), ended.toordinal() + 1)
                if begins.toordinal() <= day <= ends.toordinal() + 1
            }
            yield from sorted(day for day in days if since < day < until)

    def _dated_parts(self) -> Iterator[tuple[Any, Any, bool]]:
        """The first and last day of the exceptions and spans, and whether they recur."""
        for each in self._schedule.exceptions:
            yield each.first_day, each.last_day, each.every_year
        for span in self._schedule.spans:
            yield span.valid_from, span.valid_until, span.every_year

    def _days_are_alike(self, start: int) -> bool:
        """Whether the rules in force on a day know neither weekdays nor holidays."""
        schedule, day = self._schedule, date.fromordinal(start)
        exception = exception_on(schedule, day, self._holiday_name)
        return (
            schedule.always_open
            or (exception is not None and is_for_every_day(exception))
            or not any(span.is_valid_on(day) for span in schedule.spans)
        )

    def _representative_days_between(self, start: int, end: int) -> Iterator[int]:
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
                    plan,
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
