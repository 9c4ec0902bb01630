"""What exceptions do to their days: close them, cut the usual hours, give others."""

from dataclasses import replace
from datetime import date

import pytest

from directory.hours.osm import opening_hours
from directory.hours.rules import day_plan, is_around_the_clock
from directory.hours.schedule import HolidayPolicy, ReasonKind, Status
from directory.hours.schema_org import special_opening_hours_specification
from directory.hours.upcoming import exceptional_hours
from directory.hours.words import describe_exception, describe_plan
from tests.directory.schedules import exception, schedule, weekly

WEEKDAYS = schedule("12345 07:00-19:00")
OFFICE = replace(WEEKDAYS, holidays=HolidayPolicy.CLOSED)
SPLIT = schedule("12345 08:00-12:00,14:00-18:00")
ALWAYS = schedule(always_open=True)
NIGHTS = schedule("1234567 18:00-04:00")
UNKNOWN = schedule()
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


def holidays(day):
    return {(12, 8): "Inmaculada Concepción", (12, 25): "Navidad"}.get((day.month, day.day), "")


def hours_on(kept, day, **excepted):
    """The hours of a day in words, and why they are so."""
    plan = day_plan(replace(kept, **excepted), date.fromisoformat(day), holidays)
    unknown = "?" if plan.status is Status.UNKNOWN else ""
    return describe_plan(plan) + unknown, plan.reason


def december(*hours, **fields):
    return exception("2026-12-01", "2026-12-31", *hours, reason="Horario de diciembre", **fields)


def christmas_eve(*hours, **fields):
    return exception("2026-12-24", "", *hours, reason="Nochebuena", **fields)


def eve(**limits):
    return christmas_eve(**limits)


@pytest.mark.parametrize(
    ("kept", "excepted", "day", "hours"),
    [
        # Other hours hold where it is open anyway: days off and holidays stay off.
        (
            OFFICE,
            december("08:00-16:00"),
            "2026-12-01",
            ("8 a.m. a 4 p.m.", "Horario de diciembre"),
        ),
        (OFFICE, december("08:00-16:00"), "2026-12-06", ("cerrado", "")),
        (OFFICE, december("08:00-16:00"), "2026-12-08", ("cerrado", "Inmaculada Concepción")),
        (OFFICE, december("08:00-16:00"), "2026-12-25", ("cerrado", "Navidad")),
        (WEEKDAYS, december("08:00-16:00"), "2026-12-25", ("8 a.m. a 4 p.m.?", "Navidad")),
        # Ticked, they open each of the days.
        *(
            (
                kept,
                december("08:00-16:00", also_on_days_off=True),
                day,
                ("8 a.m. a 4 p.m.", "Horario de diciembre"),
            )
            for kept in (OFFICE, WEEKDAYS, UNKNOWN)
            for day in ("2026-12-01", "2026-12-06", "2026-12-25")
        ),
        # A Saturday of a schedule that has none.
        (OFFICE, exception("2026-12-26", "", "07:00-12:00"), "2026-12-26", ("cerrado", "")),
        # Limits cut what is usual.
        (OFFICE, eve(closes_at_latest="12:00"), "2026-12-24", ("7 a.m. a 12 m.", "Nochebuena")),
        (OFFICE, eve(opens_at_earliest="10:00"), "2026-12-24", ("10 a.m. a 7 p.m.", "Nochebuena")),
        (
            OFFICE,
            eve(opens_at_earliest="10:00", closes_at_latest="12:00"),
            "2026-12-24",
            ("10 a.m. a 12 m.", "Nochebuena"),
        ),
        (SPLIT, eve(closes_at_latest="13:00"), "2026-12-24", ("8 a.m. a 12 m.", "Nochebuena")),
        (
            SPLIT,
            eve(closes_at_latest="15:00"),
            "2026-12-24",
            ("8 a.m. a 12 m. y 2 p.m. a 3 p.m.", "Nochebuena"),
        ),
        (OFFICE, eve(closes_at_latest="07:00"), "2026-12-24", ("cerrado", "Nochebuena")),
        (OFFICE, december(closes_at_latest="12:00"), "2026-12-05", ("cerrado", "")),
        (OFFICE, december(closes_at_latest="12:00"), "2026-12-25", ("cerrado", "Navidad")),
        (
            WEEKDAYS,
            december(closes_at_latest="12:00"),
            "2026-12-25",
            ("7 a.m. a 12 m.?", "Navidad"),
        ),
        (ALWAYS, eve(closes_at_latest="12:00"), "2026-12-24", ("medianoche a 12 m.", "Nochebuena")),
        (
            UNKNOWN,
            eve(closes_at_latest="12:00"),
            "2026-12-24",
            ("Horario no informado?", ""),
        ),
        # What a limit does not touch is as usual.
        (OFFICE, eve(closes_at_latest="20:00"), "2026-12-24", ("7 a.m. a 7 p.m.", "")),
        # Over midnight: a time in what is left of the night is one of the next day.
        (
            NIGHTS,
            eve(closes_at_latest="00:00"),
            "2026-12-24",
            ("6 p.m. a medianoche", "Nochebuena"),
        ),
        (
            NIGHTS,
            eve(closes_at_latest="02:00"),
            "2026-12-24",
            ("6 p.m. a 2 a.m. del día siguiente", "Nochebuena"),
        ),
        (NIGHTS, eve(closes_at_latest="20:00"), "2026-12-24", ("6 p.m. a 8 p.m.", "Nochebuena")),
        (NIGHTS, eve(closes_at_latest="12:00"), "2026-12-24", ("cerrado", "Nochebuena")),
        (
            NIGHTS,
            eve(opens_at_earliest="22:00"),
            "2026-12-24",
            ("10 p.m. a 4 a.m. del día siguiente", "Nochebuena"),
        ),
        # Closed closes whatever is usual.
        (OFFICE, december(), "2026-12-25", ("cerrado", "Horario de diciembre")),
        (ALWAYS, christmas_eve(), "2026-12-24", ("cerrado", "Nochebuena")),
        # Every year, from the first one on.
        (OFFICE, christmas_eve(every_year=True), "2030-12-24", ("cerrado", "Nochebuena")),
        (OFFICE, christmas_eve(every_year=True), "2025-12-24", ("7 a.m. a 7 p.m.", "")),
        (OFFICE, christmas_eve(), "2027-12-24", ("7 a.m. a 7 p.m.", "")),
        (
            OFFICE,
            exception("2026-12-28", "2027-01-08", reason="Receso", every_year=True),
            "2031-01-02",
            ("cerrado", "Receso"),
        ),
    ],
)
def test_day_of_an_exception(kept, excepted, day, hours):
    assert hours_on(kept, day, exceptions=(excepted,)) == hours


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        (christmas_eve(every_year=True), christmas_eve("09:00-10:00")),
        (december(), christmas_eve(every_year=True)),
        (december(), christmas_eve("09:00-10:00")),
        (
            exception("2020-12-24", every_year=True),
            exception("2024-12-24", "", "09:00-10:00", every_year=True),
        ),
        (
            exception("2026-12-20", "2026-12-24", every_year=True),
            exception("2024-12-24", "2024-12-28", "09:00-10:00", every_year=True),
        ),
        (christmas_eve(for_all=True), exception("2020-12-01", "2020-12-31", every_year=True)),
    ],
)
def test_own_one_then_the_shorter_then_that_of_the_year_then_the_later_decides(weaker, stronger):
    expected = hours_on(OFFICE, "2026-12-24", exceptions=(stronger,))
    for both in ((weaker, stronger), (stronger, weaker)):
        assert hours_on(OFFICE, "2026-12-24", exceptions=both) == expected


WHOLE_WEEK = "1234567 00:00-00:00"


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (ALWAYS, True),
        (schedule(WHOLE_WEEK), True),
        (schedule(WHOLE_WEEK, HolidayPolicy.AS_WEEKDAY), True),
        (schedule(WHOLE_WEEK, HolidayPolicy.CLOSED), False),
        (schedule(WHOLE_WEEK, HolidayPolicy.OWN_HOURS), False),
        (schedule("12345678 00:00-00:00", HolidayPolicy.OWN_HOURS), True),
        (schedule("1234567 06:00-22:00,22:00-06:00"), True),
        (schedule("1234567 06:00-18:00,18:00-06:00"), True),
        (schedule("123456 00:00-00:00"), False),
        (schedule("1234567 00:01-00:00"), False),
        (schedule(weekly(WHOLE_WEEK, valid_from=date(2027, 1, 1))), False),
        (OFFICE, False),
        (UNKNOWN, False),
    ],
)
def test_whoever_never_closes_is_round_the_clock_however_it_was_entered(kept, expected):
    assert is_around_the_clock(kept, FIRST) is expected


@pytest.mark.parametrize(
    ("excepted", "words"),
    [
        (christmas_eve(), "cerrado"),
        (christmas_eve("08:00-12:00"), "8 a.m. a 12 m."),
        (
            christmas_eve("08:00-12:00", also_on_days_off=True),
            "8 a.m. a 12 m., también los días en que normalmente cierra",
        ),
        (eve(closes_at_latest="12:00"), "horario de siempre, hasta las 12 m. a más tardar"),
        (eve(closes_at_latest="13:00"), "horario de siempre, hasta la 1 p.m. a más tardar"),
        (eve(closes_at_latest="00:00"), "horario de siempre, hasta medianoche a más tardar"),
        (eve(opens_at_earliest="10:00"), "horario de siempre, no antes de las 10 a.m."),
        (
            eve(opens_at_earliest="10:00", closes_at_latest="12:30"),
            "horario de siempre, no antes de las 10 a.m. ni después de las 12:30 p.m.",
        ),
    ],
)
def test_exception_in_words(excepted, words):
    assert describe_exception(excepted) == words


def test_stretches_of_days_that_are_not_as_usual():
    kept = replace(
        OFFICE,
        exceptions=(
            december("08:00-16:00", for_all=True),
            exception("2026-12-24", "2026-12-25", reason="Cierre"),
            exception("2026-12-26", "2026-12-27", reason="Fin de semana"),
            exception("2027-01-04", reason="Más tarde"),
        ),
    )
    found = [
        (event.first_day.day, event.last_day.day, event.reason, describe_plan(event.plan))
        for event in exceptional_hours(kept, FIRST, LAST, holidays)
    ]
    assert found == [
        (1, 23, "Horario de diciembre", "8 a.m. a 4 p.m."),
        (24, 25, "Cierre", "cerrado"),
        (28, 31, "Horario de diciembre", "8 a.m. a 4 p.m."),
    ]


def test_days_with_different_hours_have_no_plan_in_common():
    kept = schedule("12345 07:00-19:00; 6 08:00-11:00", HolidayPolicy.CLOSED)
    kept = replace(kept, exceptions=(december(opens_at_earliest="10:00"),))
    [event] = exceptional_hours(kept, FIRST, LAST, holidays)
    assert (event.plan, event.exception) == (None, kept.exceptions[0])


@pytest.mark.parametrize(
    ("kept", "excepted", "rules", "special"),
    [
        (OFFICE, christmas_eve(), "2026 Dec 24 off", ["2026-12-24 2026-12-24 00:00-00:00"]),
        (
            OFFICE,
            christmas_eve(every_year=True),
            "2026 Dec 24 off",
            ["2026-12-24 2026-12-24 00:00-00:00"],
        ),
        (
            OFFICE,
            exception("2020-12-24", every_year=True),
            "Dec 24 off",
            ["2026-12-24 2026-12-24 00:00-00:00"],
        ),
        (
            OFFICE,
            exception("2020-12-28", "2021-01-08", every_year=True),
            "Dec 28-Jan 08 off",
            ["2026-12-28 2027-01-08 00:00-00:00"],
        ),
        (
            OFFICE,
            exception("2020-12-24", "", "09:00-12:00", every_year=True, also_on_days_off=True),
            "Dec 24 09:00-12:00",
            ["2026-12-24 2026-12-24 09:00-12:00"],
        ),
        (
            OFFICE,
            exception("2026-12-24", "2027-01-03", closes_at_latest="12:00"),
            "2026 Dec 24 07:00-12:00; 2026 Dec 28-2027 Jan 01 07:00-12:00",
            ["2026-12-24 2026-12-24 07:00-12:00", "2026-12-28 2027-01-01 07:00-12:00"],
        ),
        (
            WEEKDAYS,
            exception("2026-12-25", closes_at_latest="12:00"),
            "2026 Dec 25 07:00-12:00 unknown",
            [],
        ),
        (
            ALWAYS,
            christmas_eve("07:00-12:00"),
            "2026 Dec 24 07:00-12:00",
            ["2026-12-24 2026-12-24 07:00-12:00"],
        ),
        (OFFICE, exception("2026-12-26", "", "07:00-12:00"), "", []),
        (OFFICE, exception("2028-12-24"), "", []),
    ],
)
def test_exceptions_of_a_year_for_machines(kept, excepted, rules, special):
    plain = opening_hours(kept, FIRST, holidays)
    kept = replace(kept, exceptions=(excepted,))
    expected = f"{plain}; {rules}".replace("24/7", "open") if rules else plain
    assert opening_hours(kept, FIRST, holidays) == expected
    found = special_opening_hours_specification(kept, FIRST, holidays)
    assert [
        f"{each['validFrom']} {each['validThrough']} {each['opens']}-{each['closes']}"
        for each in found
    ] == special


def test_day_that_a_yearly_rule_is_wrong_of_is_told_too():
    kept = replace(
        OFFICE,
        exceptions=(
            exception("2020-12-20", "2020-12-31", every_year=True, for_all=True),
            exception("2026-12-24", "", "09:00-12:00"),
            exception("2026-12-26", "", "09:00-12:00", also_on_days_off=True),
            exception("2026-12-28", closes_at_latest="20:00"),
        ),
    )
    assert opening_hours(kept, FIRST, holidays).partition("PH off; ")[2] == (
        "Dec 20-Dec 31 off; 2026 Dec 24 09:00-12:00; 2026 Dec 26 09:00-12:00; "
        "2026 Dec 28 07:00-19:00"
    )


def test_reason_of_a_cut_day_is_the_exception():
    plan = day_plan(
        replace(OFFICE, exceptions=(eve(closes_at_latest="12:00"),)), date(2026, 12, 24), holidays
    )
    assert (plan.reason_kind, plan.status) == (ReasonKind.EXCEPTION, Status.OPEN)


@pytest.mark.parametrize(
    ("kept", "dated"),
    [
        (NIGHTS, "2026 Dec 24 18:00-02:00"),
        (replace(OFFICE, spans=NIGHTS.spans), "2026 Dec 24 18:00-02:00"),
        (WEEKDAYS, ""),
    ],
)
def test_opening_hours_have_the_day_before_that_reaches_into_the_date(kept, dated):
    kept = replace(kept, exceptions=(eve(closes_at_latest="02:00"),))
    found = opening_hours(kept, date(2026, 12, 25), holidays).split("; ")
    assert [rule for rule in found if rule.startswith("2026")] == [dated] * bool(dated)
