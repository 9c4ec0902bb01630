"""Schedules to try the rules of hours with, and these rules once more, the long way."""

from calendar import Calendar
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from directory.hours.schedule import (
    HOLIDAY,
    DatedException,
    ExceptionEffect,
    HolidayPolicy,
    MonthlyDay,
    OpeningHours,
    Span,
    Status,
    WeeklySpan,
)

BOGOTA = "America/Bogota"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NOVEMBER = st.dates(date(2026, 10, 25), date(2026, 12, 5))
HOLIDAYS = st.dictionaries(NOVEMBER, st.just("Festivo"), max_size=6)
CLOCK = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
DAYTIME = st.tuples(CLOCK, CLOCK).filter(lambda times: times[0] < times[1])
ANY_TIMES = st.tuples(CLOCK, CLOCK)
WHOLE_DAY = [Span(opens=time.min, closes=time.min)]
NO_END = st.none()
IN_ORDER = DAYTIME | CLOCK.map(lambda at: (at, time.min))


def spans(times):
    return times.map(lambda pair: Span(opens=pair[0], closes=pair[1]))


def some_years_ago(draw, first, last):
    """What recurs has begun some years before, or begins now."""
    years = draw(st.integers(0, 3))
    return first.replace(year=first.year - years), last.replace(year=last.year - years)


@st.composite
def weekly_spans(draw, times, days):
    opens, closes = draw(times)
    first, last = sorted([draw(NOVEMBER), draw(NOVEMBER)])
    given = {"day": draw(days), "opens": opens, "closes": closes}
    if draw(st.sampled_from([False] * 3 + [True])):
        first, last = some_years_ago(draw, first, last)
        return WeeklySpan(**given, valid_from=first, valid_until=last, every_year=True)
    return WeeklySpan(
        **given,
        valid_from=first if draw(st.booleans()) else None,
        valid_until=last if draw(st.booleans()) else None,
    )


@st.composite
def exceptions(draw, times, dates=NOVEMBER):
    first = draw(dates)
    last = first + draw(st.integers(0, 9)) * DAY
    every_year = first.year == last.year and draw(st.booleans())
    monthly = None if every_year else draw(st.sampled_from([None, None, *MonthlyDay]))
    if every_year:
        first, last = some_years_ago(draw, first, last)
    elif monthly:
        first, last = (
            first - draw(st.sampled_from([0, 40, 400])) * DAY,
            draw(st.just(last) | NO_END),
        )
    effect = draw(st.sampled_from(ExceptionEffect))
    given = {}
    if effect is ExceptionEffect.OTHER_HOURS:
        given["spans"] = tuple(draw(st.lists(spans(times), min_size=1, max_size=2)))
        given["also_on_days_off"] = draw(st.booleans())
    elif effect is ExceptionEffect.LIMITED:
        opens, closes = draw(IN_ORDER)
        limits = {"opens_at_earliest": opens, "closes_at_latest": closes}
        kept = draw(st.sampled_from([[*limits], ["opens_at_earliest"], ["closes_at_latest"]]))
        given = {name: limits[name] for name in kept}
    return DatedException(
        first_day=first,
        last_day=last,
        reason=draw(st.sampled_from(["Inventario", "Traslado"])),
        effect=effect,
        every_year=every_year,
        monthly=monthly,
        for_all=draw(st.booleans()),
        **given,
    )


@st.composite
def schedules(draw, times, zones=(BOGOTA,), policies=HolidayPolicy):
    policy = draw(st.sampled_from(list(policies)))
    days = st.integers(1, HOLIDAY if policy is HolidayPolicy.OWN_HOURS else 7)
    return OpeningHours(
        code="x",
        name="x",
        timezone=draw(st.sampled_from(zones)),
        country="CO",
        always_open=draw(st.sampled_from([False] * 9 + [True])),
        holidays=policy,
        spans=tuple(draw(st.lists(weekly_spans(times, days), max_size=6))),
        exceptions=tuple(draw(st.lists(exceptions(times), max_size=3))),
    )


def calendar(holidays):
    return lambda day: holidays.get(day, "")


def instants(zone, first=date(2026, 10, 27), days=30):
    midnight = datetime.combine(first, time.min, ZoneInfo(zone)).astimezone(UTC)
    return st.integers(0, days * 24 * 60).map(lambda minutes: midnight + minutes * MINUTE)


# The rules once more, as one table


def holds(first, last, every_year, day):
    """Whether a day is one of these; nothing here recurs on a 29 February."""
    if not every_year:
        return (first or date.min) <= day <= (last or date.max)
    years = [year - first.year for year in (day.year - 1, day.year) if year >= first.year]
    return any(
        first.replace(year=first.year + years_on) <= day <= last.replace(year=last.year + years_on)
        for years_on in years
    )


def in_force(schedule, weekday, day):
    return [
        span
        for span in schedule.spans
        if span.day == weekday and holds(span.valid_from, span.valid_until, span.every_year, day)
    ]


def by_precedence(exceptions):
    """The exceptions of some weeks of a year, from those that decide least."""
    return sorted(
        exceptions,
        key=lambda e: (
            not e.for_all,
            timedelta() if e.monthly else e.first_day - e.last_day,
            not e.every_year and not e.monthly,
            # Of two that recur on a single day only the first time counts: they meet on that day.
            e.first_day.timetuple()[:3]
            if e.monthly or (e.every_year and e.first_day == e.last_day)
            else (e.first_day.month, e.first_day.day, e.first_day.year),
        ),
    )


def works(schedule, holidays, day):
    return day not in holidays and (
        schedule.always_open or bool(in_force(schedule, day.isoweekday(), day))
    )


def working_days(schedule, holidays, year, month):
    """The working days of a month, in order."""
    days = [day for day in Calendar().itermonthdates(year, month) if day.month == month]
    return [day for day in days if works(schedule, holidays, day)]


def covering(schedule, holidays, day):
    """The exceptions that hold on a day, from those that decide least."""
    return by_precedence(
        each
        for each in schedule.exceptions
        if (
            is_monthly_day(each, schedule, holidays, day)
            if each.monthly
            else holds(each.first_day, each.last_day, each.every_year, day)
        )
    )


def is_monthly_day(exception, schedule, holidays, day):
    last = exception.monthly is MonthlyDay.LAST_WORKING_DAY
    days = working_days(schedule, holidays, day.year, day.month)
    in_time = exception.first_day <= day <= (exception.last_day or date.max)
    return in_time and days[-1 if last else 0 :][:1] == [day]


def deciding(schedule, holidays, day):
    """The exception that decides a day; none of each month opens what dates close."""
    found = covering(schedule, holidays, day)
    dated = [each for each in found if not each.monthly]
    if dated and dated[-1].effect is ExceptionEffect.CLOSED:
        return dated[-1]
    return found[-1] if found else None


def usual_spans_on(schedule, holidays, day):
    """The status of a day's spans, and the spans, without exceptions."""
    if schedule.always_open or not schedule.spans:
        return (Status.OPEN if schedule.always_open else Status.UNKNOWN), WHOLE_DAY
    policy = schedule.holidays if day in holidays else HolidayPolicy.AS_WEEKDAY
    if policy is HolidayPolicy.CLOSED:
        return Status.OPEN, []
    wanted = HOLIDAY if policy is HolidayPolicy.OWN_HOURS else day.isoweekday()
    status = Status.UNKNOWN if policy is HolidayPolicy.NOT_STATED else Status.OPEN
    return status, in_force(schedule, wanted, day)


def excepted(usual, exception):
    """What an exception makes of the usual status and spans of a day."""
    status, spans = usual
    match exception.effect:
        case ExceptionEffect.CLOSED:
            return Status.OPEN, []
        case ExceptionEffect.OTHER_HOURS if exception.also_on_days_off:
            return Status.OPEN, exception.spans
        case ExceptionEffect.OTHER_HOURS:
            return status, exception.spans if spans else []
    minutes = [(minute(span.opens), minute(span.closes)) for span in spans]
    minutes = [(opens, closes if closes > opens else closes + 1440) for opens, closes in minutes]
    earliest, latest = minute(exception.opens_at_earliest or time.min), 2880
    if exception.closes_at_latest is not None:
        latest = minute(exception.closes_at_latest)
        if latest == 0 or any(latest + 1440 < closes for _, closes in minutes):
            latest += 1440
    cut = [(max(opens, earliest), min(closes, latest)) for opens, closes in minutes]
    return status, [
        Span(opens=clock(opens), closes=clock(closes)) for opens, closes in cut if opens < closes
    ]


def minute(at):
    return at.hour * 60 + at.minute


def clock(minutes):
    return time(minutes // 60 % 24, minutes % 60)


def spans_on(schedule, holidays, day):
    """The status of a day's spans, and the spans."""
    usual = usual_spans_on(schedule, holidays, day)
    exception = deciding(schedule, holidays, day)
    return excepted(usual, exception) if exception else usual


def moved(schedule, holidays, by):
    """The same schedule and holidays with every date moved."""
    return replace(
        schedule,
        spans=tuple(
            replace(
                span,
                valid_from=span.valid_from and span.valid_from + by,
                valid_until=span.valid_until and span.valid_until + by,
            )
            for span in schedule.spans
        ),
        exceptions=tuple(
            replace(
                each,
                first_day=each.first_day + by,
                last_day=each.last_day and each.last_day + by,
            )
            for each in schedule.exceptions
        ),
    ), {day + by: name for day, name in holidays.items()}
