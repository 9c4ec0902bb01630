"""What outages make of a schedule's state, against every minute of some weeks."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.hours.outages import NEVER, Outage, common, merged, with_outages
from directory.hours.schedule import Status, no_holidays
from directory.hours.states import state_at
from tests.directory.hours.generated import ANY_TIMES, HOLIDAYS, calendar, schedules
from tests.directory.hours.test_properties import first_minute, paint, utc
from tests.directory.schedules import schedule

BOGOTA = ZoneInfo("America/Bogota")
OFFICE = schedule("12345 07:00-19:00")
ALWAYS = schedule(always_open=True)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BOGOTA)


def outage(begins, ends=None):
    return Outage(at(begins), at(ends) if ends else NEVER)


def state(hours, now, *outages):
    """(status, until, next opening) of a schedule at a wall time of Bogotá."""
    usual = partial(state_at, hours, holiday_name=no_holidays)
    found = with_outages(usual, merged(outages), at(now), BOGOTA)
    return found.status, *(
        each and each.replace(tzinfo=None).isoformat(" ", "minutes")
        for each in (found.until, found.next_open)
    )


# The 24th of November 2026 is a Tuesday.
@pytest.mark.parametrize(
    ("hours", "now", "outages", "expected"),
    [
        (OFFICE, "2026-11-24 10:00", [], (Status.OPEN, "2026-11-24 19:00", None)),
        # Planned: the open line closes when it begins.
        (
            OFFICE,
            "2026-11-24 10:00",
            [outage("2026-11-24 15:00", "2026-11-24 16:00")],
            (Status.OPEN, "2026-11-24 15:00", None),
        ),
        (
            ALWAYS,
            "2026-11-24 10:00",
            [outage("2026-11-24 15:00")],
            (Status.OPEN, "2026-11-24 15:00", None),
        ),
        # It ends while the line is open: that is the opening.
        (
            OFFICE,
            "2026-11-24 10:00",
            [outage("2026-11-24 09:00", "2026-11-24 12:30")],
            (Status.CLOSED, "2026-11-24 12:30", "2026-11-24 12:30"),
        ),
        # It ends at night: the next morning is.
        (
            OFFICE,
            "2026-11-24 10:00",
            [outage("2026-11-24 09:00", "2026-11-24 22:00")],
            (Status.CLOSED, "2026-11-25 07:00", "2026-11-25 07:00"),
        ),
        # At night nothing has changed yet, but the opening is later.
        (
            OFFICE,
            "2026-11-24 22:00",
            [outage("2026-11-25 06:00", "2026-11-25 08:00")],
            (Status.CLOSED, "2026-11-25 08:00", "2026-11-25 08:00"),
        ),
        (OFFICE, "2026-11-24 10:00", [outage("2026-11-24 09:00")], (Status.CLOSED, None, None)),
        # At its end and at the next one's beginning nothing is open in between.
        (
            ALWAYS,
            "2026-11-24 10:00",
            [
                outage("2026-11-24 09:00", "2026-11-24 12:00"),
                outage("2026-11-24 12:00", "2026-11-24 13:00"),
            ],
            (Status.CLOSED, "2026-11-24 13:00", "2026-11-24 13:00"),
        ),
        # Half-open: when it ends it is over.
        (
            ALWAYS,
            "2026-11-24 12:00",
            [outage("2026-11-24 09:00", "2026-11-24 12:00")],
            (Status.OPEN, None, None),
        ),
        # Hours that nobody stated stay unknown before and after.
        (
            schedule(),
            "2026-11-24 10:00",
            [outage("2026-11-24 09:00", "2026-11-24 12:00")],
            (Status.CLOSED, "2026-11-24 12:00", None),
        ),
        (
            schedule(),
            "2026-11-24 10:00",
            [outage("2026-11-24 11:00", "2026-11-24 12:00")],
            (Status.UNKNOWN, "2026-11-24 11:00", None),
        ),
    ],
)
def test_state_during_before_and_after_outages(hours, now, outages, expected):
    assert state(hours, now, *outages) == expected


FIRST = date(2026, 10, 27)
DAYS = 14
MINUTES = st.integers(-2 * 1440, DAYS * 1440)
OUTAGES = st.lists(st.tuples(MINUTES, st.none() | st.integers(0, 4 * 1440)), max_size=4)


@settings(max_examples=200)
@given(
    # The clocks of New York go back on the first of November.
    schedules(ANY_TIMES, zones=("America/New_York",)),
    HOLIDAYS,
    OUTAGES,
    st.integers(0, 9 * 1440),
)
def test_changes_are_the_first_minutes_that_differ(hours, holidays, outages, offset):
    start, canvas = paint(hours, holidays, FIRST, DAYS)
    begin = datetime.fromtimestamp(start * 60, UTC)
    end = begin + timedelta(minutes=len(canvas))
    given_outages = []
    for begins, length in outages:
        ends = len(canvas) if length is None else begins + length
        canvas = [
            Status.CLOSED if begins <= minute < ends else status
            for minute, status in enumerate(canvas)
        ]
        first = begin + timedelta(minutes=begins)
        given_outages.append(
            Outage(first, NEVER if length is None else first + timedelta(minutes=length))
        )
    now = begin + timedelta(minutes=offset)
    usual = partial(state_at, hours, holiday_name=calendar(holidays))

    found = with_outages(usual, merged(given_outages), now, ZoneInfo(hours.timezone))

    assert found.status is canvas[offset]
    until = first_minute(start, canvas, offset, lambda status: status is not canvas[offset])
    assert until == utc(found.until, end)
    opening = first_minute(start, canvas, offset, lambda status: status is Status.OPEN)
    assert (None if found.status is Status.OPEN else opening) == utc(found.next_open, end)


def test_what_two_series_of_outages_have_in_common():
    one = [outage("2026-11-24 09:00", "2026-11-24 12:00"), outage("2026-11-25 09:00")]
    other = [outage("2026-11-24 11:00", "2026-11-25 10:00"), outage("2026-11-26 00:00")]
    assert common(one, other) == [
        outage("2026-11-24 11:00", "2026-11-24 12:00"),
        outage("2026-11-25 09:00", "2026-11-25 10:00"),
        outage("2026-11-26 00:00"),
    ]
