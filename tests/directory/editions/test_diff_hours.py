"""What becomes of exceptions, and of hours of some times of the year, in sentences."""

from dataclasses import replace as replace_dataclass
from datetime import date, time

import pytest
from msgspec.structs import replace

from directory.editions.diff.hours import hours_in_words
from directory.hours.schedule import ExceptionEffect, HolidayPolicy, MonthlyDay, Span
from tests.directory.documents import CHRISTMAS, DOCUMENT, OFFICE, with_hours
from tests.directory.editions.test_diff import CLOSED_SATURDAY, TWO_SCHEDULES, sentences, with_mail
from tests.directory.schedules import weekly

CLOSED = {"effect": ExceptionEffect.CLOSED, "spans": ()}


def test_exception_added_changed_moved_and_removed():
    planned = with_hours(exceptions=(CHRISTMAS,))
    assert sentences(DOCUMENT, planned) == [
        "Excepción agregada (24 de diciembre de 2026: 8 a.m. a 12 m., Navidad)"
    ]
    assert sentences(planned, DOCUMENT) == [
        "Excepción retirada (24 de diciembre de 2026: 8 a.m. a 12 m., Navidad)"
    ]
    closed = with_hours(exceptions=(replace_dataclass(CHRISTMAS, **CLOSED),))
    assert sentences(planned, closed) == ["24 de diciembre de 2026: 8 a.m. a 12 m. → cerrado"]
    spans = (Span(opens=time(8), closes=time(12)), Span(opens=time(14), closes=time(18)))
    in_two = with_hours(exceptions=(replace_dataclass(CHRISTMAS, spans=spans),))
    assert sentences(planned, in_two) == [
        "24 de diciembre de 2026: 8 a.m. a 12 m. → 8 a.m. a 12 m. y 2 p.m. a 6 p.m."
    ]
    day = date(2026, 12, 23)
    earlier = with_hours(exceptions=(replace_dataclass(CHRISTMAS, first_day=day, last_day=day),))
    assert sentences(planned, earlier) == [
        "Días de «Navidad»: 24 de diciembre de 2026 → 23 de diciembre de 2026"
    ]


def test_exception_for_all_is_told_once_without_a_place():
    before = replace(with_mail(schedule="siempre"), schedules=TWO_SCHEDULES)
    for_all = replace_dataclass(CHRISTMAS, for_all=True)
    after = replace(
        before,
        schedules={
            code: replace_dataclass(schedule, exceptions=(for_all,))
            for code, schedule in TWO_SCHEDULES.items()
        },
    )
    assert sentences(before, after) == [
        "Excepción agregada (24 de diciembre de 2026: 8 a.m. a 12 m., Navidad)"
    ]


def test_exception_for_all_that_begins_to_concern_some_hours_is_told_with_their_place():
    """These were around the clock before, or the exception says now that it concerns them too."""
    for_all = replace_dataclass(CHRISTMAS, for_all=True)
    office, always = TWO_SCHEDULES.values()
    excepted = replace_dataclass(office, exceptions=(for_all,))
    before, after = (
        replace(with_mail(schedule="siempre"), schedules={"oficina": excepted, "siempre": hours})
        for hours in (always, replace_dataclass(always, exceptions=(for_all,)))
    )
    day = "24 de diciembre de 2026: 8 a.m. a 12 m., Navidad"
    assert [sentences(before, after), sentences(after, before)] == [
        [f"Correo electrónico: excepción agregada ({day})"],
        [f"Correo electrónico: excepción retirada ({day})"],
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"also_on_days_off": True},
            "En días en que normalmente está cerrado (24 de diciembre de 2026): "
            "cerrado → 8 a.m. a 12 m.",
        ),
        (
            {"effect": ExceptionEffect.LIMITED, "spans": (), "closes_at_latest": time(12)},
            "24 de diciembre de 2026: 8 a.m. a 12 m. → "
            "horario de siempre, hasta las 12 m. a más tardar",
        ),
        (
            {"every_year": True},
            "Días de «Navidad»: 24 de diciembre de 2026 → 24 de diciembre de cada año desde 2026",
        ),
        (
            {"monthly": MonthlyDay.FIRST_WORKING_DAY, "last_day": None},
            "Días de «Navidad»: 24 de diciembre de 2026 → Primer día hábil de cada mes (desde el "
            "24 de diciembre de 2…",
        ),
    ],
)
def test_exception_that_says_something_else(fields, told):
    before = with_hours(exceptions=(CHRISTMAS,))
    after = with_hours(exceptions=(replace_dataclass(CHRISTMAS, **fields),))
    assert sentences(before, after) == [told]


def every_year(text, first, last):
    days = {"valid_from": date.fromisoformat(first), "valid_until": date.fromisoformat(last)}
    return weekly(text, every_year=True, **days)


SUMMER = "2026-06-15", "2026-09-15"
WINTER = "2026-09-16", "2027-06-14"


def test_hours_of_a_time_of_the_year_are_told_with_its_days():
    winter = every_year("12345 07:00-19:00", *WINTER)
    before = with_hours(spans=winter + every_year("12345 07:00-15:00", *SUMMER))
    after = with_hours(spans=winter + every_year("12345 08:00-15:00", *SUMMER))
    assert sentences(before, after) == [
        "Lunes a viernes (desde el 15 de junio hasta el 15 de septiembre de cada año desde 2026): "
        "7 a.m. a 3 p.m. → 8 a.m. a 3 p.m."
    ]
    assert sentences(after, with_hours(spans=winter)) == [
        "Lunes a viernes (desde el 15 de junio hasta el 15 de septiembre de cada año desde 2026): "
        "8 a.m. a 3 p.m. → cerrado"
    ]


def test_hours_of_times_of_the_year_are_told_one_after_the_other():
    seasons = every_year("1 07:00-19:00", *WINTER) + every_year("1 07:00-15:00", *SUMMER)
    assert hours_in_words(replace_dataclass(OFFICE, spans=seasons)).split("; ") == [
        "desde el 15 de junio hasta el 15 de septiembre de cada año desde 2026: "
        "Lunes: 7 a.m. a 3 p.m.",
        "desde el 16 de septiembre hasta el 14 de junio de cada año desde 2026: "
        "Lunes: 7 a.m. a 7 p.m.",
    ]


def test_what_holidays_do_without_hours_of_their_own():
    closed = with_hours(holidays=HolidayPolicy.CLOSED)
    assert sentences(DOCUMENT, closed) == ["Festivos: no informado → cerrado"]
    usual = with_hours(holidays=HolidayPolicy.AS_WEEKDAY)
    assert sentences(closed, usual) == ["Festivos: cerrado → como el mismo día de la semana"]


def test_hours_of_one_of_several_schedules_name_who_keeps_them():
    before = replace(with_mail(schedule="siempre"), schedules=TWO_SCHEDULES)
    after = replace(before, schedules={**TWO_SCHEDULES, **CLOSED_SATURDAY.schedules})
    assert sentences(before, after) == [
        "Sábado: 8 a.m. a 1 p.m. → cerrado en «Telefónico» y «Nivel 1»"
    ]


def test_hours_that_were_not_stated():
    before = with_hours(spans=())
    assert sentences(before, with_hours(always_open=True, spans=())) == [
        "Horario: no informado → 7 días 24 horas"
    ]
