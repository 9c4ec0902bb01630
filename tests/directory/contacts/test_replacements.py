"""Chains of planned replacements, by keys alone."""

from datetime import date

import pytest

from directory.contacts.replacements import Plan, Replacements

# 1 is replaced by 2, 2 by 3; 5 by 3 too; 8 and 9 by each other.
PLANNED = Replacements(
    {
        1: Plan(by=2, on=date(2026, 12, 1)),
        2: Plan(by=3, on=date(2026, 12, 5)),
        5: Plan(by=3, on=date(2026, 12, 3)),
        8: Plan(by=9, on=date(2026, 12, 1)),
        9: Plan(by=8, on=date(2026, 12, 2)),
    }
)


@pytest.mark.parametrize(
    ("key", "until", "following"),
    [
        (1, date.max, [2, 3]),
        (1, date(2026, 12, 4), [2]),
        (1, date(2026, 11, 30), []),
        (3, date.max, []),
        (8, date.max, [9]),
    ],
)
def test_chain_is_followed_to_its_end_or_a_day(key, until, following):
    assert PLANNED.following(key, until) == following


def test_what_is_replaced_is_found_however_far_back():
    assert PLANNED.all_replaced([3]) == {1, 2, 3, 5}
    assert PLANNED.all_replaced([9, 2]) == {1, 2, 8, 9}
    assert PLANNED.replaced_by(3) == [2, 5]


def test_length_is_that_of_the_longest_chain_through_a_key():
    assert [PLANNED.length(key) for key in (1, 2, 3, 5, 7)] == [2, 2, 2, 1, 0]


def test_only_a_loop_leads_back():
    assert [key for key in range(1, 10) if PLANNED.leads_back(key)] == [8, 9]
