"""The rules of opening hours: what a schedule says of a day.

Plain Python over frozen values; the day and the calendar of holidays are always passed in. Which
exception decides a day stands in `directory.hours.exceptions`; what holds at an instant is computed
in `directory.hours.states`.

- Spans are half-open: a line that closes at 19:00 is closed at 19:00:00.
- A span belongs to the day on which it begins. Friday 22:00-06:00 still answers on Saturday at
  02:00, also when Saturday is a holiday or an exception: a closed day removes the spans that begin
  on it and nothing else. (The OpenStreetMap `opening_hours` specification cuts the night before.)
- Precedence: the schedule's own exception, an exception for all, the holiday policy, the weekly
  spans. Of several exceptions the shortest decides, then one of that year before one that recurs.
- An exception closes its days, cuts the usual spans, or gives other hours. A day without usual
  spans keeps what it has, unless the other hours are for days off too.
- Unknown is a state of its own: nobody has said what happens, so it is neither open nor closed.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from operator import attrgetter

from directory.hours.exceptions import covers, exception_on, exception_stretches
from directory.hours.schedule import (
    HOLIDAY,
    WHOLE_DAY,
    DatedException,
    DayPlan,
    ExceptionEffect,
    HolidayName,
    HolidayPolicy,
    OpeningHours,
    ReasonKind,
    Span,
    Status,
    WeeklySpan,
)
from directory.hours.validity import share_a_day


def day_plan(schedule: OpeningHours, day: date, holiday_name: HolidayName) -> DayPlan:
    """What `schedule` says of the local date `day`, whatever began the day before."""
    usual = usual_plan(schedule, day, holiday_name)
    exception = exception_on(schedule, day, holiday_name)
    return _excepted(usual, exception) if exception else usual


def usual_plan(schedule: OpeningHours, day: date, holiday_name: HolidayName) -> DayPlan:
    """What `schedule` says of the local date `day` without its exceptions."""
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


def _excepted(usual: DayPlan, exception: DatedException) -> DayPlan:
    """What an exception makes of what is usual on one of its days."""
    spans: tuple[Span, ...] = ()
    status = usual.status
    if exception.effect == ExceptionEffect.OTHER_HOURS:
        spans = tuple(sorted(exception.spans, key=attrgetter("opens")))
        if exception.also_on_days_off:
            status = Status.OPEN
    elif exception.effect == ExceptionEffect.LIMITED:
        spans = _limited(usual.spans, exception)
        if spans == usual.spans:
            return usual
    if not usual.spans and status is Status.CLOSED and exception.effect != ExceptionEffect.CLOSED:
        return usual
    # What leaves the usual hours in doubt leaves these so, and is still the reason for it.
    reason, kind = exception.reason, ReasonKind.EXCEPTION
    if spans and status is Status.UNKNOWN:
        reason, kind = usual.reason, usual.reason_kind
    return _plan(usual.day, spans, reason, kind, status)


def _limited(spans: tuple[Span, ...], exception: DatedException) -> tuple[Span, ...]:
    """The spans of a day, cut. A closing time that lies in what is left of one after midnight is
    one of the next day: 02:00 of 18:00-04:00."""
    earliest = exception.opens_at_earliest or time.min
    latest = exception.closes_at_latest
    if latest is None:
        latest_minute = 2 * _MINUTES_OF_DAY
    else:
        is_next_day = latest == time.min or any(
            span.ends_next_day and latest < span.closes for span in spans
        )
        latest_minute = _minute(latest) + is_next_day * _MINUTES_OF_DAY
    cut = []
    for span in spans:
        ends = _minute(span.closes) + span.ends_next_day * _MINUTES_OF_DAY
        opens, closes = max(span.opens, earliest), min(ends, latest_minute)
        if _minute(opens) < closes:
            cut.append(span if (opens, closes) == (span.opens, ends) else _span(opens, closes))
    return tuple(cut)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _span(opens: time, minute: int) -> Span:
    hour, minute = divmod(minute % _MINUTES_OF_DAY, 60)
    return Span(opens=opens, closes=time(hour, minute))


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


def exceptional_plans(
    schedule: OpeningHours,
    first: date,
    last: date,
    holiday_name: HolidayName,
    told: Collection[DatedException] = (),
) -> Iterator[tuple[date, DayPlan]]:
    """What exceptions make of the days from `first` to `last`, in order: the last of some days in a
    row that are alike, and the plan of the first.

    Days that stay as usual are left out, and those that one of the exceptions decides that are
    `told` already; but where that is wrong of a day, what is usual has to be told.
    """
    run: DayPlan | None = None
    until = first
    for exception, begins, ends in exception_stretches(schedule, first, last, holiday_name):
        if exception in told:
            continue
        for number in range(max(begins, first).toordinal(), min(ends, last).toordinal() + 1):
            day = date.fromordinal(number)
            plan = day_plan(schedule, day, holiday_name)
            is_usual = plan == usual_plan(schedule, day, holiday_name)
            if is_usual and not any(covers(each, day) for each in told):
                continue
            if run and day - until == _DAY and plan == replace(run, day=day):
                until = day
                continue
            if run:
                yield until, run
            run, until = plan, day
    if run:
        yield until, run


def is_around_the_clock(schedule: OpeningHours, on: date) -> bool:
    """Whether it never closes, in the week that is in force on a date: a 24-hour schedule, or one
    whose spans say the same, whatever their times."""
    if schedule.always_open:
        return True
    week = [span for day in range(1, HOLIDAY) for span in spans_in_force(schedule, day, on)]
    if sum(map(_length, week), timedelta()) < _WEEK:
        return False
    match schedule.holidays:
        case HolidayPolicy.CLOSED:
            return False
        case HolidayPolicy.OWN_HOURS:
            holiday = spans_in_force(schedule, HOLIDAY, on)
            return sum(map(_length, holiday), timedelta()) >= _DAY
    return True


def spans_in_force(schedule: OpeningHours, day: int, on: date) -> tuple[WeeklySpan, ...]:
    """The weekly spans of `day` (1-7 or HOLIDAY) that are valid on the date `on`, in order."""
    spans = [span for span in schedule.spans if span.day == day and span.is_valid_on(on)]
    return tuple(sorted(spans, key=attrgetter("opens")))


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
        if HOLIDAY in (one.day, other.day) and one.day != other.day:
            return False
        if not share_a_day(one, other):
            return False
        gap += (other.day - one.day) * _DAY
    # On the circle of a week: does either open before the one that opened earlier has closed?
    return gap % _WEEK < _length(one) or -gap % _WEEK < _length(other)


def _length(span: Span) -> timedelta:
    return (_since_midnight(span.closes) - _since_midnight(span.opens)) % _DAY or _DAY


def _since_midnight(at: time) -> timedelta:
    return datetime.combine(date.min, at, UTC) - datetime.min.replace(tzinfo=UTC)


_MINUTES_OF_DAY = 24 * 60
_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
