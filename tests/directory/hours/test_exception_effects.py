"""What an exception does to hours, in words: a row for each kind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from directory.hours.exception_effects import days_in_brief, describe_effect, exception_effects
from directory.hours.holidays import holidays_of
from directory.hours.schedule import HolidayPolicy
from tests.directory.schedules import exception, schedule

OFFICE = schedule("12345 07:00-19:00", HolidayPolicy.CLOSED, name="Oficina")
SATURDAYS = schedule("12345 07:00-19:00; 6 08:00-13:00", HolidayPolicy.CLOSED, name="Sábados")
UNCONFIRMED = schedule("12345 07:00-19:00", name="Sin decir")
NIGHTS = schedule("12345 22:00-06:00", HolidayPolicy.CLOSED, name="Noche")
CRITICAL = schedule(always_open=True, name="Línea crítica")
TOKYO = replace(OFFICE, timezone="Asia/Tokyo", name="Tokio")

NOON = {"closes_at_latest": "12:00", "for_all": True}


def told(hours, made, is_concerned=True, others=()):
    """The sentences about an exception that is one of these hours, or leaves them alone."""
    before = replace(hours, exceptions=others)
    after = replace(before, exceptions=(*others, made)) if is_concerned else before
    days = [
        made.first_day + timedelta(days=number)
        for number in range((made.last_day - made.first_day).days + 1)
    ]
    [effect] = exception_effects(
        [(before, after)], lambda hours: days, lambda schedule: holidays_of(schedule, "es")
    )
    return describe_effect(effect, days[0])


THURSDAY, CHRISTMAS = "jueves 24 de diciembre de 2026", "viernes 25 de diciembre de 2026"
SATURDAY = "sábado 26 de diciembre de 2026"


@pytest.mark.parametrize(
    ("hours", "made", "sentences"),
    [
        (
            OFFICE,
            exception("2026-12-24", **NOON),
            [f"cambia: {THURSDAY}: 7 a.m. a 12 m. en vez de 7 a.m. a 7 p.m."],
        ),
        (
            OFFICE,
            exception("2026-12-24", "2026-12-26", **NOON),
            [
                f"cambia: {THURSDAY}: 7 a.m. a 12 m. en vez de 7 a.m. a 7 p.m.",
                f"no cambia: {CHRISTMAS}, festivo (Navidad)",
                f"no cambia: {SATURDAY}, de todos modos cerrado",
            ],
        ),
        (
            SATURDAYS,
            exception("2026-12-26", **NOON),
            [f"cambia: {SATURDAY}: 8 a.m. a 12 m. en vez de 8 a.m. a 1 p.m."],
        ),
        # A limit that cuts nothing, and one that leaves nothing.
        (
            SATURDAYS,
            exception("2026-12-26", **{**NOON, "closes_at_latest": "15:00"}),
            [f"no cambia: {SATURDAY}, vale el horario de siempre"],
        ),
        (
            SATURDAYS,
            exception("2026-12-26", **{**NOON, "closes_at_latest": "07:00"}),
            [f"cierra: {SATURDAY}"],
        ),
        (
            OFFICE,
            exception("2026-12-24", "2026-12-26", for_all=True),
            [
                f"cierra: {THURSDAY}",
                f"no cambia: {CHRISTMAS}, festivo (Navidad)",
                f"no cambia: {SATURDAY}, de todos modos cerrado",
            ],
        ),
        # The row of a month with other hours: days off and holidays stay off.
        (
            OFFICE,
            exception("2026-12-01", "2026-12-31", "08:00-16:00", for_all=True),
            [
                "cambia: 21 días (lunes a viernes) desde el 1 de diciembre de 2026 hasta el 31 de "
                "diciembre de 2026: 8 a.m. a 4 p.m. en vez de 7 a.m. a 7 p.m.",
                "no cambia: 8 días (sábado y domingo) desde el 5 de diciembre de 2026 hasta el 27 "
                "de diciembre de 2026, de todos modos cerrado",
                "no cambia: martes 8 de diciembre de 2026, festivo (La Inmaculada Concepción)",
                f"no cambia: {CHRISTMAS}, festivo (Navidad)",
            ],
        ),
        # The row of a Saturday for all.
        (
            OFFICE,
            exception("2026-12-26", "", "07:00-12:00", for_all=True),
            [f"no cambia: {SATURDAY}, de todos modos cerrado"],
        ),
        (
            OFFICE,
            exception("2026-12-24", "2026-12-26", "07:00-12:00", also_on_days_off=True),
            [
                f"cambia: {THURSDAY}: 7 a.m. a 12 m. en vez de 7 a.m. a 7 p.m.",
                "abre además: desde el 25 de diciembre de 2026 hasta el 26 de diciembre de 2026 "
                "(7 a.m. a 12 m.)",
            ],
        ),
        (
            UNCONFIRMED,
            exception("2026-12-25", **NOON),
            [
                f"cambia: {CHRISTMAS}: 7 a.m. a 12 m., sin confirmar en vez de 7 a.m. a 7 p.m., "
                "sin confirmar"
            ],
        ),
        (
            TOKYO,
            exception("2026-12-24", **NOON),
            [
                f"cambia: {THURSDAY}: 7 a.m. a 12 m. (hora de Tokio) en vez de 7 a.m. a 7 p.m.",
            ],
        ),
        (CRITICAL, exception("2026-12-24", for_all=True), [f"cierra: {THURSDAY}"]),
        (
            CRITICAL,
            exception("2026-12-24", **NOON),
            [f"cambia: {THURSDAY}: medianoche a 12 m. en vez de 24 horas"],
        ),
    ],
)
def test_what_an_exception_does_is_said_of_each_of_its_days(hours, made, sentences):
    assert told(hours, made) == sentences


def test_a_schedule_that_is_left_alone_says_so():
    made = exception("2026-12-24", for_all=True)
    assert told(CRITICAL, made, is_concerned=False) == ["no toca: 7 días 24 horas"]
    assert told(OFFICE, made, is_concerned=False) == [
        "no toca: Lunes a viernes: 7 a.m. a 7 p.m. Festivos: cerrado."
    ]


def test_another_exception_that_decides_is_named():
    made = exception("2026-12-24", **NOON)
    own = exception("2026-12-24", "", "09:00-10:00", reason="Inventario")
    assert told(OFFICE, made, others=(own,)) == [
        f"no cambia: {THURSDAY}, decide otra excepción (Inventario)"
    ]


def test_schedules_with_the_same_hours_are_told_once_and_those_left_alone_last():
    made = exception("2026-12-24", for_all=True)
    same = replace(OFFICE, code="otra", name="Otra")
    touched = [(each, replace(each, exceptions=(made,))) for each in (OFFICE, same)]
    effects = exception_effects(
        [(CRITICAL, CRITICAL), *touched],
        lambda hours: [made.first_day],
        lambda schedule: lambda day: "",
    )
    assert [(each.names, each.is_left_alone) for each in effects] == [
        (("Oficina", "Otra"), False),
        (("Línea crítica",), True),
    ]


def test_in_english():
    with translation.override("en"):
        assert told(OFFICE, exception("2026-12-24", "2026-12-26", **NOON)) == [
            "changes: Thursday, Dec. 24, 2026: 7 a.m. to noon (Bogotá time) "
            "instead of 7 a.m. to 7 p.m.",
            "does not change: Friday, Dec. 25, 2026, public holiday (Navidad)",
            "does not change: Saturday, Dec. 26, 2026, closed anyway",
        ]


def test_many_days_are_told_by_their_number_and_weekdays():
    first = exception("2026-12-07").first_day
    mondays = [first + timedelta(weeks=number) for number in range(4)]
    assert (
        days_in_brief(mondays[:2]) == "lunes 7 de diciembre de 2026 y lunes 14 de diciembre de 2026"
    )
    assert days_in_brief(mondays) == (
        "4 días (lunes) desde el 7 de diciembre de 2026 hasta el 28 de diciembre de 2026"
    )
