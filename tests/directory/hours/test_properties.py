"""What must hold of any schedule: against an independent implementation (opening-hours-py), and
against answers worked out the long way, minute by minute and day by day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours as OsmHours

from directory.hours.osm import opening_hours
from directory.hours.schedule import (
    HOLIDAY,
    DatedException,
    ExceptionEffect,
    HolidayPolicy,
    OpeningHours,
    Status,
    WeeklySpan,
)
from directory.hours.states import state_at
from tests.directory.hours.generated import (
    ANY_TIMES,
    BOGOTA,
    DAY,
    DAYTIME,
    HOLIDAYS,
    by_precedence,
    calendar,
    deciding,
    excepted,
    exceptions,
    in_force,
    instants,
    moved,
    schedules,
    spans_on,
    usual_spans_on,
    working_days,
)

OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


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


def osm_yearly_range(first, last):
    return f"{first:%b %d}-{last:%b %d}"


def osm_weekly(span):
    dates = ""
    if span.every_year:
        dates = osm_yearly_range(span.valid_from, span.valid_until) + " "
    elif span.valid_from or span.valid_until:
        first, last = span.valid_from or date(2020, 1, 1), span.valid_until or date(2099, 12, 31)
        dates = osm_range(first, last) + " "
    return f"{dates}{OSM_DAYS[span.day - 1]} {osm_times([span])}"


def osm_day(day, status, spans):
    unknown = " unknown" if spans and status is Status.UNKNOWN else ""
    return f"{osm_date(day)} {osm_times(spans) or 'off'}{unknown}"


def osm_holiday(schedule, day):
    """The rule for one holiday, which replaces the weekly ones on that date."""
    if schedule.holidays is HolidayPolicy.AS_WEEKDAY:
        return ""
    if schedule.holidays is HolidayPolicy.NOT_STATED and not in_force(
        schedule, day.isoweekday(), day
    ):
        return ""
    return osm_day(day, *usual_spans_on(schedule, {day}, day))


def osm_exception(schedule, holidays, exception):
    """The rules for an exception: one for all its days where it says the same of each."""
    first, last = exception.first_day, exception.last_day
    if exception.monthly:
        for month in range(9, 28):
            for day in working_days(schedule, holidays, 2026 + month // 12, month % 12 + 1):
                if deciding(schedule, holidays, day) is exception:
                    usual = usual_spans_on(schedule, holidays, day)
                    yield osm_day(day, *excepted(usual, exception))
        return
    if exception.effect is ExceptionEffect.CLOSED or exception.also_on_days_off:
        dates = osm_yearly_range(first, last) if exception.every_year else osm_range(first, last)
        yield f"{dates} {osm_times(exception.spans) or 'off'}"
        return
    # What is asked about is in 2026 and the year after it.
    years = [number - first.year for number in (2026, 2027)] if exception.every_year else [0]
    for years_on in years:
        day = first.replace(year=first.year + years_on)
        while day <= last.replace(year=last.year + years_on):
            yield osm_day(day, *excepted(usual_spans_on(schedule, holidays, day), exception))
            day += DAY


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
    for exception in by_precedence(schedule.exceptions):
        rules += osm_exception(schedule, holidays, exception)
    return "; ".join(filter(None, rules))


def assert_agrees(schedule, holidays, expression, now, within=366 * DAY):
    zone = ZoneInfo(schedule.timezone)
    state = state_at(schedule, now, calendar(holidays))
    wall = now.astimezone(zone).replace(tzinfo=None)
    # All dates are drawn from a few weeks, so what does not change within a year never does.
    theirs = OsmHours(expression, auto_country=False, max_interval_days=within.days)
    status, _ = theirs.state(wall)
    change = theirs.next_change(wall)
    assert state.status == str(status), expression
    until = change and change.replace(tzinfo=zone)
    if state.until is None or state.until - now < within:
        assert state.until == until, expression
    else:
        assert until is None or until - now >= within, expression


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
    schedule = undated(schedule)
    on = now.astimezone(ZoneInfo(BOGOTA)).date()
    assert_agrees(schedule, {}, opening_hours(schedule, on, calendar({})), now)


@settings(max_examples=150)
@given(schedules(DAYTIME, policies=[HolidayPolicy.AS_WEEKDAY]), instants(BOGOTA))
def test_published_exceptions_mean_the_same_to_opening_hours_py(schedule, now):
    schedule = undated(schedule)
    on = now.astimezone(ZoneInfo(BOGOTA)).date()
    assert_agrees(schedule, {}, opening_hours(schedule, on, calendar({})), now, within=300 * DAY)


def undated(schedule):
    """The published value has the week that is in force, without its dates."""
    return replace(
        schedule,
        spans=tuple(
            replace(span, valid_from=None, valid_until=None, every_year=False)
            for span in schedule.spans
        ),
    )


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


def utc(instant, end):
    """An instant before `end`, in UTC; None for a later one."""
    return instant.astimezone(UTC) if instant and instant < end else None


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
    # In UTC: a wall time that occurs twice equals nothing in another zone.
    assert until == utc(state.until, end)
    if state.status is not Status.OPEN:
        opening = first_minute(start, canvas, offset, lambda status: status is Status.OPEN)
        assert opening == utc(state.next_open, end)
    else:
        assert state.next_open is None


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
    st.lists(exceptions(ANY_TIMES, st.dates(date(2027, 1, 1), date(2030, 12, 1))), max_size=3),
    st.dates(date(2027, 1, 1), date(2030, 1, 1)),
    instants(BOGOTA),
)
def test_change_after_years_is_the_one_that_walking_there_finds(schedule, distant, begins, now):
    schedule = replace(
        schedule,
        spans=tuple(
            s if s.every_year else replace(s, valid_from=begins, valid_until=None)
            for s in schedule.spans
        ),
        exceptions=(*schedule.exceptions, *distant),
    )
    christmas = {date(year, 12, 25): "Navidad" for year in range(2026, 2070)}
    state = state_at(schedule, now, calendar(christmas))
    first = now.astimezone(ZoneInfo(BOGOTA)).date()
    start, canvas = paint(schedule, christmas, first, (date(2032, 1, 1) - first).days)
    offset = int(now.timestamp()) // 60 - start
    end = datetime.fromtimestamp((start + len(canvas)) * 60, UTC)
    until = first_minute(start, canvas, offset, lambda s: s is not canvas[offset])
    assert until == utc(state.until, end)
