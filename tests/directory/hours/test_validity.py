"""What recurs every year: which days, and what shares one."""

from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hours.validity import (
    Validity,
    changes_between,
    is_longer_than_a_year,
    occurrence_on,
    occurrences,
    share_a_day,
)

DAY = timedelta(days=1)


class Part(Validity, SimpleNamespace):
    """Something that has dates."""


def part(first, last, every_year=True):
    return Part(
        valid_from=first and date.fromisoformat(first),
        valid_until=last and date.fromisoformat(last),
        every_year=every_year,
    )


CHRISTMAS_EVE = "2026-12-24", "2026-12-24"
NEW_YEAR = "2026-12-15", "2027-01-10"
LEAP_DAY = "2028-02-29", "2028-02-29"
FROM_LEAP_DAY = "2028-02-29", "2028-03-05"
UNTIL_LEAP_DAY = "2028-02-20", "2028-02-29"
ALL_BUT_A_DAY = "2026-06-15", "2027-06-13"


@pytest.mark.parametrize(
    ("days", "day", "times"),
    [
        (CHRISTMAS_EVE, "2026-12-24", ("2026-12-24", "2026-12-24")),
        (CHRISTMAS_EVE, "2031-12-24", ("2031-12-24", "2031-12-24")),
        (CHRISTMAS_EVE, "2025-12-24", None),
        (CHRISTMAS_EVE, "2031-12-23", None),
        (NEW_YEAR, "2026-01-05", None),
        (NEW_YEAR, "2027-01-10", ("2026-12-15", "2027-01-10")),
        (NEW_YEAR, "2030-01-01", ("2029-12-15", "2030-01-10")),
        (NEW_YEAR, "2029-12-31", ("2029-12-15", "2030-01-10")),
        (NEW_YEAR, "2030-01-11", None),
        (NEW_YEAR, "9999-12-31", ("9999-12-15", "9999-12-31")),
        (LEAP_DAY, "2032-02-29", ("2032-02-29", "2032-02-29")),
        (LEAP_DAY, "2029-02-28", None),
        (LEAP_DAY, "2029-03-01", None),
        (FROM_LEAP_DAY, "2029-02-28", None),
        (FROM_LEAP_DAY, "2029-03-01", ("2029-03-01", "2029-03-05")),
        (UNTIL_LEAP_DAY, "2029-02-28", ("2029-02-20", "2029-02-28")),
        (UNTIL_LEAP_DAY, "2029-03-01", None),
        (UNTIL_LEAP_DAY, "2032-02-29", ("2032-02-20", "2032-02-29")),
        (ALL_BUT_A_DAY, "2030-06-14", None),
        (ALL_BUT_A_DAY, "2030-06-13", ("2029-06-15", "2030-06-13")),
    ],
)
def test_what_recurs_holds_on_its_days_of_each_year(days, day, times):
    recurring, day = part(*days), date.fromisoformat(day)
    assert recurring.is_valid_on(day) is (times is not None)
    found = occurrence_on(recurring.valid_from, recurring.valid_until, day, every_year=True)
    assert found == (times and tuple(map(date.fromisoformat, times)))


def test_what_recurs_is_never_past():
    assert not part(*CHRISTMAS_EVE).is_past_on(date(2050, 1, 1))
    assert part(*CHRISTMAS_EVE, every_year=False).is_past_on(date(2050, 1, 1))


@pytest.mark.parametrize(
    ("first", "last", "is_longer"),
    [
        ("2026-12-24", "2026-12-24", False),
        ("2026-12-24", "2027-12-23", False),
        ("2026-12-24", "2027-12-24", True),
        ("2026-12-24", "2028-01-01", True),
        ("2028-02-29", "2029-02-28", False),
        ("2027-03-01", "2028-02-29", False),
        ("2028-02-29", "2029-03-01", True),
    ],
)
def test_what_recurs_is_a_day_shorter_than_a_year(first, last, is_longer):
    assert is_longer_than_a_year(date.fromisoformat(first), date.fromisoformat(last)) is is_longer


DATES = st.dates(date(2023, 12, 1), date(2028, 4, 1))
LENGTHS = st.integers(0, 364) | st.integers(0, 20)


@given(DATES, LENGTHS, DATES, st.integers(0, 800), st.booleans())
def test_times_and_their_changes_are_those_that_walking_there_finds(
    first, length, begins, days, every_year
):
    recurring = Part(valid_from=first, valid_until=first + length * DAY, every_year=every_year)
    given = recurring.valid_from, recurring.valid_until
    held = [begins + number * DAY for number in range(-1, days)]
    changes = {
        day
        for before, day in pairwise(held)
        if recurring.is_valid_on(before) != recurring.is_valid_on(day)
    }
    # What follows itself at once is told as well: the day on which it begins again.
    told = {*changes_between(recurring, held[1], held[-1])} if days else set()
    assert changes <= told
    assert all(
        recurring.is_valid_on(day) and recurring.is_valid_on(day - DAY) for day in told - changes
    )
    times = list(occurrences(*given, held[0], held[-1], every_year=every_year))
    covered = {day for day in held if any(one <= day <= other for one, other in times)}
    assert covered == {day for day in held if recurring.is_valid_on(day)}
    for day in covered:
        assert occurrence_on(*given, day, every_year=every_year) in times


SHARING = [
    (part("2026-06-15", "2026-09-15"), part("2026-09-16", "2027-06-14"), False),
    (part("2026-06-15", "2026-09-15"), part("2027-09-15", "2028-06-14"), True),
    (part("2026-06-15", "2026-09-15"), part("2026-10-01", "2027-05-31", every_year=False), False),
    (part("2026-06-15", "2026-09-15"), part("2026-10-01", "2027-06-15", every_year=False), True),
    (part("2026-06-15", "2026-09-15"), part("2024-01-01", "2026-06-14", every_year=False), False),
    (part("2026-06-15", "2026-09-15"), part(None, "2026-06-14", every_year=False), False),
    (part("2026-06-15", "2026-09-15"), part(None, "2026-06-15", every_year=False), True),
    (part("2026-06-15", "2026-09-15"), part("2040-10-01", None, every_year=False), True),
    (part("2026-06-15", "2026-09-15"), part("2040-09-16", "2041-06-14", every_year=False), False),
    (part("2026-06-15", "2026-09-15"), part("2040-09-16", "2041-09-15", every_year=False), True),
    (part(*NEW_YEAR), part("2030-01-10", "2030-02-10", every_year=False), True),
    (part(*NEW_YEAR), part("2030-01-11", "2030-12-14", every_year=False), False),
    (part(*NEW_YEAR), part("2026-01-01", "2026-01-10", every_year=False), False),
    (part(*NEW_YEAR), part("2027-01-01", "2027-01-01"), True),
    (part(*NEW_YEAR), part("2020-01-11", "2020-12-14"), False),
    (part(None, None, every_year=False), part(*CHRISTMAS_EVE), True),
    (part("2026-01-01", "2026-06-30", False), part("2026-07-01", None, False), False),
    (part("2026-01-01", "2026-07-01", False), part("2026-07-01", None, False), True),
]


@pytest.mark.parametrize(("one", "other", "shared"), SHARING)
def test_parts_share_a_day_or_not(one, other, shared):
    assert share_a_day(one, other) is shared
    assert share_a_day(other, one) is shared
