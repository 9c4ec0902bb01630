"""Who answers while somebody is away, day by day."""

from dataclasses import dataclass
from datetime import date

import pytest

from directory.contacts.stand_ins import LONGEST_CHAIN, stretch_on, stretches


@dataclass(frozen=True)
class Away:
    contact: str
    first: int
    last: int
    stand_in: str = ""

    @property
    def first_day(self):
        return date(2026, 12, self.first)

    @property
    def last_day(self):
        return date(2026, 12, self.last)


def told(absences, contact="nelson", **between):
    """(first day, last day, who answers) of each stretch."""
    return [
        (stretch.first_day.day, stretch.last_day.day, stretch.stand_in)
        for stretch in stretches(absences, contact, **between)
    ]


def test_stand_in_answers_from_the_first_day_to_the_last():
    absences = [Away("nelson", 1, 15, "orlando"), Away("carmen", 1, 31)]
    assert told(absences) == [(1, 15, "orlando")]
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 16)]
    found = [stretch_on(absences, "nelson", day) for day in days]
    assert [stretch and stretch.stand_in for stretch in found] == [None, "orlando", "orlando", None]


def test_stand_in_who_is_away_is_stood_in_for_on_these_days():
    absences = [Away("nelson", 1, 15, "orlando"), Away("orlando", 10, 12, "carmen")]
    assert told(absences) == [(1, 9, "orlando"), (10, 12, "carmen"), (13, 15, "orlando")]


def test_days_on_which_others_come_and_go_are_one_stretch():
    absences = [Away("nelson", 1, 15, "orlando"), Away("carmen", 3, 4), Away("eva", 9, 20)]
    assert told(absences) == [(1, 15, "orlando")]


def test_only_stretches_with_one_of_the_days_are_told_and_these_whole():
    absences = [Away("nelson", 1, 3, "orlando"), Away("nelson", 10, 15)]
    asked = {"first": date(2026, 12, 3), "last": date(2026, 12, 9)}
    assert told(absences, **asked) == [(1, 3, "orlando")]


@pytest.mark.parametrize(
    "others",
    [
        [Away("orlando", 1, 15)],
        [Away("orlando", 1, 15, "nelson")],
        [Away("orlando", 1, 15, "carmen"), Away("carmen", 1, 15, "orlando")],
    ],
    ids=["nobody", "circle", "circle of others"],
)
def test_nobody_answers_where_the_chain_leads_to_nobody(others):
    assert told([Away("nelson", 1, 15, "orlando"), *others]) == [(1, 15, None)]


@pytest.mark.parametrize("more", [0, 1])
def test_no_more_than_the_longest_chain_is_followed(more):
    length = LONGEST_CHAIN + more
    absences = [Away(str(number), 1, 15, str(number + 1)) for number in range(length)]
    (stretch,) = stretches(absences, "0")
    assert (stretch.is_too_long, stretch.stand_in) == (bool(more), None if more else str(length))


def test_nobody_is_in_a_circle_on_days_that_are_not_shared():
    absences = [Away("nelson", 1, 5, "orlando"), Away("orlando", 6, 9, "nelson")]
    assert [stretch.is_circle for stretch in stretches(absences, "nelson")] == [False]
