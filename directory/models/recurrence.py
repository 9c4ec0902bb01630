"""What recurs every year, as conditions in the SQL that SQLite and PostgreSQL share.

The rules are those of `directory.hours.validity`. A date is compared as the number 20261224.
"""


def longer_than_a_year(first: str, last: str) -> str:
    """The condition that what begins and ends on two days could not recur: it would meet itself."""
    return f"{_number(last)} >= {_number(first)} + 10000"


def share_a_day(one: str, other: str) -> str:
    """The condition that two rows with `valid_from`, `valid_until` and `every_year` both hold on
    some day, as `directory.hours.validity.share_a_day` says it."""
    return f"""(
        {_begins_in_time(one, other)} AND {_begins_in_time(other, one)} AND (
            (NOT {one}.every_year AND NOT {other}.every_year)
            OR {_lasts_a_year(one, other)} OR {_lasts_a_year(other, one)}
            OR {_is_between(_first(one, other), _first(other, one), _last(other))}
            OR {_is_between(_first(other, one), _first(one, other), _last(one))}))"""


def _begins_in_time(row: str, other: str) -> str:
    """What recurs has no end."""
    return f"""(
        {row}.valid_from IS NULL OR {other}.valid_until IS NULL OR {other}.every_year
        OR {row}.valid_from <= {other}.valid_until)"""


def _lasts_a_year(row: str, other: str) -> str:
    """Whether one that does not recur lasts so long that it meets every time of the other."""
    longer = longer_than_a_year(_first_day(row, other), f"{row}.valid_until")
    return f"(NOT {row}.every_year AND ({row}.valid_until IS NULL OR {longer}))"


def _first_day(row: str, other: str) -> str:
    """Before the other recurs for the first time nothing counts."""
    return f"""CASE WHEN {row}.every_year OR {row}.valid_from > {other}.valid_from
        THEN {row}.valid_from ELSE {other}.valid_from END"""


def _first(row: str, other: str) -> str:
    return _month_and_day(_first_day(row, other))


def _last(row: str) -> str:
    return _month_and_day(f"{row}.valid_until")


def _is_between(at: str, first: str, last: str) -> str:
    return f"""(CASE WHEN {first} <= {last} THEN {at} >= {first} AND {at} <= {last}
        ELSE {at} >= {first} OR {at} <= {last} END)"""


def _number(day: str) -> str:
    return f"CAST(replace(CAST({day} AS varchar(10)), '-', '') AS integer)"


def _month_and_day(day: str) -> str:
    return f"substr(CAST({day} AS varchar(10)), 6)"
