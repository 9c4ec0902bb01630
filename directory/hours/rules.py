"""The rules of opening hours: what a schedule says of a day, and which exception decides it.

Plain Python over frozen values; the day and the calendar of holidays are always passed in. What
holds at an instant is computed in `directory.hours.states`.

- Spans are half-open: a line that closes at 19:00 is closed at 19:00:00.
- A span belongs to the day on which it begins. Friday 22:00-06:00 still answers on Saturday at
  02:00, also when Saturday is a holiday or an exception: a closed day removes the spans that begin
  on it and nothing else. (The OpenStreetMap `opening_hours` specification cuts the night before.)
- Precedence: the schedule's own exception, an exception for all, the holiday policy, the weekly
  spans.
- Unknown is a state of its own: nobody has said what happens, so it is neither open nor closed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, groupby, pairwise
from operator import attrgetter

from directory.hours.schedule import (
    HOLIDAY,
    WHOLE_DAY,
    DatedException,
    DayPlan,
    HolidayName,
    HolidayPolicy,
    OpeningHours,
    ReasonKind,
    Span,
    Status,
    WeeklySpan,
)


def day_plan(schedule: OpeningHours, day: date, holiday_name: HolidayName) -> DayPlan:
    """What `schedule` says of the local date `day`, whatever began the day before."""
    if exception := exception_on(schedule, day):
        return exception_plan(exception, day)
    if schedule.always_open:
        return _plan(day, (WHOLE_DAY,))
    if not schedule.spans:
        return _plan(day, (WHOLE_DAY,), status=Status.UNKNOWN)

    policy = schedule.holidays
    holiday = "" if policy == HolidayPolicy.AS_WEEKDAY else holiday_name(day)
    if holiday and policy == HolidayPolicy.CLOSED:
        return _plan(day, (), holiday, ReasonKind.HOLIDAY)
    if holiday and policy == HolidayPolicy.OWN_HOURS:
        spans = spans_in_force(schedule, HOLIDAY, day)
        return _plan(day, spans, holiday, ReasonKind.HOLIDAY)
    usual = spans_in_force(schedule, day.isoweekday(), day)
    if holiday and usual:
        return _plan(day, usual, holiday, ReasonKind.HOLIDAY, Status.UNKNOWN)
    return _plan(day, usual)


def exception_plan(exception: DatedException, day: date) -> DayPlan:
    """What an exception says of `day`, one of its own."""
    spans = tuple(sorted(exception.spans, key=attrgetter("opens")))
    return _plan(day, spans, exception.reason, ReasonKind.EXCEPTION)


def _plan(
    day: date,
    spans: tuple[Span, ...],
    reason: str = "",
    reason_kind: ReasonKind = ReasonKind.NONE,
    status: Status = Status.OPEN,
) -> DayPlan:
    return DayPlan(
        day=day,
        status=status if spans else Status.CLOSED,
        spans=spans,
        reason=reason,
        reason_kind=reason_kind,
    )


def exception_on(schedule: OpeningHours, day: date) -> DatedException | None:
    """The exception that decides `day`: the schedule's own first, then the shortest, the latest."""
    covering = [each for each in schedule.exceptions if each.first_day <= day <= each.last_day]
    return min(covering, key=_rank, default=None)


def _rank(exception: DatedException) -> tuple[bool, timedelta, int]:
    first, last = exception.first_day, exception.last_day
    return exception.for_all, last - first, -first.toordinal()


def spans_in_force(schedule: OpeningHours, day: int, on: date) -> tuple[WeeklySpan, ...]:
    """The weekly spans of `day` (1-7 or HOLIDAY) that are valid on the date `on`, in order."""
    spans = [span for span in schedule.spans if span.day == day and span.is_valid_on(on)]
    return tuple(sorted(spans, key=attrgetter("opens")))


def deciding_exceptions(schedule: OpeningHours) -> Iterator[DatedException]:
    """The exceptions in order, each with the days that it decides; once a stretch of such days."""
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
            yield replace(
                exception,
                first_day=date.fromordinal(first),
                last_day=date.fromordinal(end - 1),
            )


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
