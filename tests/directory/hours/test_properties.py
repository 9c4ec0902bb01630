"""What must hold of any schedule: against an independent implementation (opening-hours-py), and
against answers worked out the long way, minute by minute and day by day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours as OsmHours

from directory.hours.osm import opening_hours
from directory.hours.schedule import (
    HOLIDAY,
    DatedException,
    HolidayPolicy,
    OpeningHours,
    Span,
    Status,
    WeeklySpan,
)
from directory.hours.states import state_at

BOGOTA = "America/Bogota"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


# Schedules

NOVEMBER = st.dates(date(2026, 10, 25), date(2026, 12, 5))
CLOCK = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
DAYTIME = st.tuples(CLOCK, CLOCK).filter(lambda times: times[0] < times[1])
ANY_TIMES = st.tuples(CLOCK, CLOCK)


def spans(times):
    return times.map(lambda pair: Span(opens=pair[0], closes=pair[1]))


@st.composite
def weekly_spans(draw, times, days):
    opens, closes = draw(times)
    first, last = sorted([draw(NOVEMBER), draw(NOVEMBER)])
    return WeeklySpan(
        day=draw(days),
        opens=opens,
        closes=closes,
        valid_from=first if draw(st.booleans()) else None,
        valid_until=last if draw(st.booleans()) else None,
    )


@st.composite
def exceptions(draw, times, dates=NOVEMBER):
    first = draw(dates)
    return DatedException(
        first_day=first,
        last_day=first + draw(st.integers(0, 9)) * DAY,
        reason=draw(st.sampled_from(["Inventario", "Traslado"])),
        spans=tuple(draw(st.lists(spans(times), max_size=2))),
        for_all=draw(st.booleans()),
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


HOLIDAYS = st.dictionaries(NOVEMBER, st.just("Festivo"), max_size=6)


def calendar(holidays):
    return lambda day: holidays.get(day, "")


def instants(zone, first=date(2026, 10, 27), days=30):
    midnight = datetime.combine(first, time.min, ZoneInfo(zone)).astimezone(UTC)
    return st.integers(0, days * 24 * 60).map(lambda minutes: midnight + minutes * MINUTE)


# Against opening-hours-py. It is asked in local wall time, because where clocks change it reads
# wall times in its own way, not as RFC 5545. Its table of holidays lags the law, so they are
# written out as dates.


def osm_times(spans):
    ends = ("24:00" if span.closes == time.min else f"{span.closes:%H:%M}" for span in spans)
    return ",".join(f"{span.opens:%H:%M}-{end}" for span, end in zip(spans, ends, strict=True))


def osm_date(day):
    return f"{day:%Y %b %d}"


def osm_range(first, last):
    return f"{osm_date(first)}-{osm_date(last)}"


def osm_weekly(span):
    dates = ""
    if span.valid_from or span.valid_until:
        first, last = span.valid_from or date(2020, 1, 1), span.valid_until or date(2099, 12, 31)
        dates = osm_range(first, last) + " "
    return f"{dates}{OSM_DAYS[span.day - 1]} {osm_times([span])}"


def osm_holiday(schedule, day):
    """The rule for one holiday, which replaces the weekly ones on that date."""

    def in_force(weekday):
        return [s for s in schedule.spans if s.day == weekday and s.is_valid_on(day)]

    match schedule.holidays:
        case HolidayPolicy.CLOSED:
            return f"{osm_date(day)} off"
        case HolidayPolicy.OWN_HOURS:
            return f"{osm_date(day)} {osm_times(in_force(HOLIDAY)) or 'off'}"
        case HolidayPolicy.NOT_STATED if usual := in_force(day.isoweekday()):
            return f"{osm_date(day)} {osm_times(usual)} unknown"
    return ""


def osm_exception(exception):
    dates = osm_range(exception.first_day, exception.last_day)
    return f"{dates} {osm_times(exception.spans) or 'off'}"


def osm(schedule, holidays=()):
    """The whole schedule as one value. Rules after ";" replace those before them, so they are in
    the order of their precedence; weekly ones are joined by ",", which adds."""
    if schedule.always_open:
        rules = ["24/7"]
    elif not schedule.spans:
        rules = ["unknown"]
    else:
        weekly = [osm_weekly(span) for span in schedule.spans if span.day != HOLIDAY]
        rules = [", ".join(weekly) or "off"]
        rules += [osm_holiday(schedule, day) for day in sorted(holidays)]
    by_precedence = sorted(
        schedule.exceptions, key=lambda e: (not e.for_all, e.first_day - e.last_day, e.first_day)
    )
    return "; ".join(filter(None, [*rules, *map(osm_exception, by_precedence)]))


def assert_agrees(schedule, holidays, expression, now):
    zone = ZoneInfo(schedule.timezone)
    state = state_at(schedule, now, calendar(holidays))
    wall = now.astimezone(zone).replace(tzinfo=None)
    # All dates are drawn from a few weeks, so what does not change within a year never does.
    theirs = OsmHours(expression, auto_country=False, max_interval_days=366)
    status, _ = theirs.state(wall)
    change = theirs.next_change(wall)
    assert state.status == str(status), expression
    assert state.until == (change and change.replace(tzinfo=zone)), expression


@settings(max_examples=250)
@given(schedules(DAYTIME), HOLIDAYS, instants(BOGOTA))
def test_hours_by_day_agree_with_opening_hours_py(schedule, holidays, now):
    assert_agrees(schedule, holidays, osm(schedule, holidays), now)


# Its rules of a later date cut the night before; ours, by design, let it end. So over midnight only
# weekly rules are compared, which add to each other.
BY_NIGHT = schedules(ANY_TIMES, policies=[HolidayPolicy.AS_WEEKDAY]).map(
    lambda schedule: replace(schedule, exceptions=())
)


@settings(max_examples=80)
@given(BY_NIGHT, instants(BOGOTA))
def test_hours_by_night_agree_with_opening_hours_py(schedule, now):
    assert_agrees(schedule, {}, osm(schedule), now)


@settings(max_examples=80)
@given(BY_NIGHT, instants(BOGOTA))
def test_published_opening_hours_mean_the_same_to_opening_hours_py(schedule, now):
    undated = tuple(replace(span, valid_from=None, valid_until=None) for span in schedule.spans)
    schedule = replace(schedule, spans=undated)
    assert_agrees(schedule, {}, opening_hours(schedule, now.date()), now)


def test_night_before_a_closed_day_is_where_opening_hours_py_differs():
    nights = OpeningHours(
        code="x",
        name="x",
        timezone=BOGOTA,
        country="CO",
        spans=(WeeklySpan(day=5, opens=time(22), closes=time(6)),),
        exceptions=(DatedException(first_day=date(2026, 11, 14), last_day=date(2026, 11, 14)),),
    )
    saturday_at_2 = datetime(2026, 11, 14, 2, tzinfo=ZoneInfo(BOGOTA))
    theirs = OsmHours(osm(nights), auto_country=False)
    assert str(theirs.state(saturday_at_2)[0]) == "closed"
    assert state_at(nights, saturday_at_2, calendar({})).status is Status.OPEN


# The long way: every minute of the weeks around the clock changes is painted with its status


def paint(schedule, holidays, first, days):
    """The status of each minute of `days` days from the local midnight of `first`, in order."""
    zone = ZoneInfo(schedule.timezone)

    def minute(day, at):
        return int(datetime.combine(day, at, zone).timestamp()) // 60

    start, end = minute(first, time.min), minute(first + days * DAY, time.min)
    canvas = [Status.CLOSED] * (end - start)
    layers = {Status.UNKNOWN: [], Status.OPEN: []}
    for number in range(-2, days + 1):
        day = first + number * DAY
        status, spans = spans_on(schedule, holidays, day)
        for span in spans:
            closing_day = day + DAY if span.closes <= span.opens else day
            layers[status].append((minute(day, span.opens), minute(closing_day, span.closes)))
    for status, intervals in layers.items():
        for begins, ends in intervals:
            begins, ends = max(begins, start), min(ends, end)
            if begins < ends:
                canvas[begins - start : ends - start] = [status] * (ends - begins)
    return start, canvas


WHOLE_DAY = [Span(opens=time.min, closes=time.min)]


def spans_on(schedule, holidays, day):
    """The rules once more, as one table: the status of a day's spans, and the spans."""
    covering = [e for e in schedule.exceptions if e.first_day <= day <= e.last_day]
    covering.sort(key=lambda e: e.first_day, reverse=True)
    covering.sort(key=lambda e: (e.last_day - e.first_day).days)
    covering.sort(key=lambda e: e.for_all)
    if covering:
        return Status.OPEN, covering[0].spans
    if schedule.always_open or not schedule.spans:
        return (Status.OPEN if schedule.always_open else Status.UNKNOWN), WHOLE_DAY
    policy = schedule.holidays if day in holidays else HolidayPolicy.AS_WEEKDAY
    wanted = HOLIDAY if policy is HolidayPolicy.OWN_HOURS else day.isoweekday()
    spans = [
        span
        for span in schedule.spans
        if span.day == wanted
        and (span.valid_from or date.min) <= day <= (span.valid_until or date.max)
    ]
    if policy is HolidayPolicy.CLOSED:
        return Status.OPEN, ()
    return (Status.UNKNOWN if policy is HolidayPolicy.NOT_STATED else Status.OPEN), spans


def first_minute(start, canvas, offset, wanted):
    """The instant of the first minute after `offset` whose status is `wanted`, or None."""
    for position in range(offset + 1, len(canvas)):
        if wanted(canvas[position]):
            return datetime.fromtimestamp((start + position) * 60, UTC)
    return None


CHANGING_ZONES = ("America/New_York", "Europe/Madrid", "Australia/Lord_Howe", "America/Havana")
CLOCKS_CHANGE = {
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Europe/Madrid": [date(2026, 3, 29), date(2026, 10, 25)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],
    "America/Havana": [date(2026, 3, 8), date(2026, 11, 1)],
}


@settings(max_examples=200)
@given(schedules(ANY_TIMES, zones=CHANGING_ZONES), HOLIDAYS, st.data())
def test_next_change_is_the_first_minute_that_differs(schedule, holidays, data):
    change = data.draw(st.sampled_from(CLOCKS_CHANGE[schedule.timezone]))
    # Hypothesis draws its dates in November: move them to where this zone's clocks change.
    schedule, holidays = moved(schedule, holidays, change - date(2026, 11, 1))
    start, canvas = paint(schedule, holidays, change - 4 * DAY, 12)
    offset = data.draw(st.integers(0, 7 * 24 * 60))
    now = datetime.fromtimestamp((start + offset) * 60, UTC)

    state = state_at(schedule, now, calendar(holidays))

    assert state.status is canvas[offset]
    end = datetime.fromtimestamp((start + len(canvas)) * 60, UTC)
    until = first_minute(start, canvas, offset, lambda status: status is not canvas[offset])
    assert until == (state.until if state.until and state.until < end else None)
    if state.status is not Status.OPEN:
        opening = first_minute(start, canvas, offset, lambda status: status is Status.OPEN)
        assert opening == (state.next_open if state.next_open and state.next_open < end else None)
    else:
        assert state.next_open is None


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
            replace(each, first_day=each.first_day + by, last_day=each.last_day + by)
            for each in schedule.exceptions
        ),
    ), {day + by: name for day, name in holidays.items()}


# However far away


@settings(max_examples=120)
@given(schedules(ANY_TIMES), HOLIDAYS, instants(BOGOTA), st.integers(0, 10_000))
def test_answer_is_the_same_from_anywhere_before_the_change(schedule, holidays, now, per_myriad):
    state = state_at(schedule, now, calendar(holidays))
    if state.until is None:
        return
    later = now + (state.until - now) * per_myriad / 10_000
    if later < state.until:
        again = state_at(schedule, later, calendar(holidays))
        assert (again.status, again.until, again.next_open) == (
            state.status,
            state.until,
            state.next_open,
        )
    assert state_at(schedule, state.until, calendar(holidays)).status is not state.status


@settings(max_examples=10)
@given(
    schedules(ANY_TIMES),
    st.lists(exceptions(ANY_TIMES, st.dates(date(2027, 1, 1), date(2036, 12, 1))), max_size=3),
    st.dates(date(2027, 1, 1), date(2036, 1, 1)),
    instants(BOGOTA),
)
def test_change_after_years_is_the_one_that_walking_there_finds(schedule, distant, begins, now):
    schedule = replace(
        schedule,
        spans=tuple(replace(s, valid_from=begins, valid_until=None) for s in schedule.spans),
        exceptions=(*schedule.exceptions, *distant),
    )
    christmas = {date(year, 12, 25): "Navidad" for year in range(2026, 2038)}
    state = state_at(schedule, now, calendar(christmas))
    first = now.astimezone(ZoneInfo(BOGOTA)).date()
    start, canvas = paint(schedule, christmas, first, (date(2037, 6, 1) - first).days)
    offset = int(now.timestamp()) // 60 - start
    assert state.until == first_minute(start, canvas, offset, lambda s: s is not canvas[offset])
