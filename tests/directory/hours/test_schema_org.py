"""Opening hours as schema.org data."""

from dataclasses import replace
from datetime import date

import pytest

from directory.hours.schedule import HolidayPolicy, no_holidays
from directory.hours.schema_org import (
    opening_hours_specification,
    special_opening_hours_specification,
)
from tests.directory.schedules import exception, schedule, weekly

TODAY = date(2026, 11, 23)
SUPPORT = schedule("12345 07:00-19:00; 6 08:00-13:00")
SCHEMA_DAYS = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays",
]  # fmt: skip


def specification(days="", opens="00:00", closes="00:00", **fields):
    if days:
        addresses = [f"https://schema.org/{SCHEMA_DAYS[int(day) - 1]}" for day in days]
        fields["dayOfWeek"] = addresses
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes, **fields}


def between(first, last, reason=""):
    described = {"description": reason} if reason else {}
    return {"validFrom": first, "validThrough": last, **described}


MONDAYS = schedule("1 07:00-17:00", HolidayPolicy.CLOSED)
MONDAY = specification("1", "07:00", "17:00")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (SUPPORT, [specification("12345", "07:00", "19:00"), specification("6", "08:00", "13:00")]),
        (schedule(always_open=True), [specification("1234567", "00:00", "23:59")]),
        (schedule(), []),
        (schedule("8 09:00-13:00"), []),
        (schedule("1 07:00-07:00"), [specification("1", "07:00", "06:59")]),
        (schedule("5 22:00-06:00"), [specification("5", "22:00", "06:00")]),
        (
            schedule("12 08:00-12:00,14:00-18:00"),
            [specification("12", "08:00", "12:00"), specification("12", "14:00", "18:00")],
        ),
        (MONDAYS, [MONDAY, specification("8")]),
        (replace(MONDAYS, holidays=HolidayPolicy.AS_WEEKDAY), [MONDAY]),
        (replace(MONDAYS, holidays=HolidayPolicy.OWN_HOURS), [MONDAY, specification("8")]),
        (
            schedule("78 09:00-13:00", HolidayPolicy.OWN_HOURS),
            [specification("78", "09:00", "13:00")],
        ),
    ],
)
def test_weekly_hours_as_schema_org(stated, expected):
    assert opening_hours_specification(stated, TODAY) == expected
    assert special_opening_hours_specification(stated, TODAY, no_holidays) == []


def test_dated_weekly_hours_carry_their_validity_until_they_are_past():
    dated = schedule(
        weekly("1 07:00-08:00", valid_until=date(2026, 11, 22))
        + weekly("1 08:00-12:00", valid_until=date(2026, 11, 30))
        + weekly("12 09:00-13:00", valid_from=date(2026, 12, 1))
    )
    assert opening_hours_specification(dated, TODAY) == [
        specification("1", "08:00", "12:00", validThrough="2026-11-30"),
        specification("12", "09:00", "13:00", validFrom="2026-12-01"),
    ]


def test_exceptions_of_a_year_as_schema_org_until_they_are_past():
    dated = replace(
        SUPPORT,
        exceptions=(
            exception("2026-12-24", "", "08:00-10:00", "11:00-12:00", reason="Nochebuena"),
            exception("2026-11-20", "2026-11-23", reason="Traslado"),
            exception("2026-11-20", "2026-11-22"),
            exception("2027-01-01", "9999-12-31", "00:00-00:00", also_on_days_off=True),
        ),
    )
    christmas_eve = between("2026-12-24", "2026-12-24", "Nochebuena")
    assert special_opening_hours_specification(dated, TODAY, no_holidays) == [
        specification(**between("2026-11-23", "2026-11-23", "Traslado")),
        specification("", "08:00", "10:00", **christmas_eve),
        specification("", "11:00", "12:00", **christmas_eve),
        specification("", "00:00", "23:59", **between("2027-01-01", "2027-11-23")),
    ]


def test_only_the_exception_that_decides_a_day_is_in_schema_org():
    dated = replace(
        SUPPORT,
        exceptions=(
            exception("2026-12-01", "2026-12-31", reason="Cierre", for_all=True),
            exception("2026-12-10", "2026-12-11", "08:00-12:00", reason="Turno"),
        ),
    )
    assert special_opening_hours_specification(dated, TODAY, no_holidays) == [
        specification(**between("2026-12-01", "2026-12-09", "Cierre")),
        specification("", "08:00", "12:00", **between("2026-12-10", "2026-12-11", "Turno")),
        specification(**between("2026-12-12", "2026-12-31", "Cierre")),
    ]
