"""Hours in words, and as an OpenStreetMap value."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.utils import translation
from opening_hours import OpeningHours as OsmHours

from directory.hours.osm import opening_hours
from directory.hours.rules import day_plan
from directory.hours.schedule import HolidayPolicy, WeeklySpan
from directory.hours.words import describe_day, describe_plan, describe_schedule
from tests.directory.schedules import schedule, span

TODAY = date(2026, 11, 23)


ALWAYS = schedule(always_open=True)
SUPPORT = schedule("12345 07:00-19:00; 6 08:00-13:00")
CLOSED, AS_WEEKDAY, OWN_HOURS = (
    HolidayPolicy.CLOSED,
    HolidayPolicy.AS_WEEKDAY,
    HolidayPolicy.OWN_HOURS,
)

# Hours, in Spanish, in English, for OpenStreetMap.
TEXTS = [
    # As the source documents have them.
    (ALWAYS, "7 días 24 horas", "24 hours, 7 days a week", "24/7"),
    (
        schedule("12345 07:00-17:00"),
        "Lunes a viernes: 7 a.m. a 5 p.m.",
        "Monday to Friday: 7 a.m. to 5 p.m.",
        "Mo-Fr 07:00-17:00; PH unknown",
    ),
    (
        SUPPORT,
        "Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.",
        "Monday to Friday: 7 a.m. to 7 p.m. Saturday: 8 a.m. to 1 p.m.",
        "Mo-Fr 07:00-19:00; Sa 08:00-13:00; PH unknown",
    ),
    # Nothing known, nothing in force.
    (schedule(), "Horario no informado", "Hours not stated", "unknown"),
    (schedule("8 09:00-13:00"), "Cerrado", "Closed", "off"),
    (schedule("8 09:00-13:00", CLOSED), "Cerrado", "Closed", "off"),
    # Times of day.
    (
        schedule("1 07:30-12:00,14:00-18:00"),
        "Lunes: 7:30 a.m. a 12 m. y 2 p.m. a 6 p.m.",
        "Monday: 7:30 a.m. to noon and 2 p.m. to 6 p.m.",
        "Mo 07:30-12:00,14:00-18:00; PH unknown",
    ),
    (
        schedule("1 00:30-06:00,08:00-12:30,14:00-18:00"),
        "Lunes: 12:30 a.m. a 6 a.m., 8 a.m. a 12:30 p.m. y 2 p.m. a 6 p.m.",
        "Monday: 12:30 a.m. to 6 a.m., 8 a.m. to 12:30 p.m. and 2 p.m. to 6 p.m.",
        "Mo 00:30-06:00,08:00-12:30,14:00-18:00; PH unknown",
    ),
    (
        schedule("12345 18:00-00:00; 6 00:00-12:00"),
        "Lunes a viernes: 6 p.m. a medianoche. Sábado: medianoche a 12 m.",
        "Monday to Friday: 6 p.m. to midnight. Saturday: midnight to noon",
        "Mo-Fr 18:00-24:00; Sa 00:00-12:00; PH unknown",
    ),
    (
        schedule("5 22:00-06:00; 6 08:00-13:00"),
        "Viernes: 10 p.m. a 6 a.m. del día siguiente. Sábado: 8 a.m. a 1 p.m.",
        "Friday: 10 p.m. to 6 a.m. the next day. Saturday: 8 a.m. to 1 p.m.",
        "Fr 22:00-06:00, Sa 08:00-13:00; PH unknown",
    ),
    (
        schedule("1 07:00-07:00"),
        "Lunes: 7 a.m. a 7 a.m. del día siguiente",
        "Monday: 7 a.m. to 7 a.m. the next day",
        "Mo 07:00-07:00; PH unknown",
    ),
    (
        schedule("135 00:00-00:00; 24 08:00-17:00"),
        "Lunes, miércoles y viernes: 24 horas. Martes y jueves: 8 a.m. a 5 p.m.",
        "Monday, Wednesday and Friday: 24 hours. Tuesday and Thursday: 8 a.m. to 5 p.m.",
        "Mo,We,Fr 00:00-24:00; Tu,Th 08:00-17:00; PH unknown",
    ),
    # Days.
    (
        schedule("67 09:00-13:00"),
        "Sábado y domingo: 9 a.m. a 1 p.m.",
        "Saturday and Sunday: 9 a.m. to 1 p.m.",
        "Sa-Su 09:00-13:00; PH unknown",
    ),
    (
        schedule("12357 09:00-13:00"),
        "Lunes a miércoles, viernes y domingo: 9 a.m. a 1 p.m.",
        "Monday to Wednesday, Friday and Sunday: 9 a.m. to 1 p.m.",
        "Mo-We,Fr,Su 09:00-13:00; PH unknown",
    ),
    (
        schedule("1234567 08:00-18:00"),
        "Todos los días: 8 a.m. a 6 p.m. Festivos: horario no confirmado.",
        "Every day: 8 a.m. to 6 p.m. Public holidays: hours not confirmed.",
        "Mo-Su 08:00-18:00; PH unknown",
    ),
    (
        schedule("1234567 00:00-00:00"),
        "7 días 24 horas. Festivos: horario no confirmado.",
        "24 hours, 7 days a week. Public holidays: hours not confirmed.",
        "Mo-Su 00:00-24:00; PH unknown",
    ),
    # Public holidays.
    (
        schedule("12345 07:00-17:00", CLOSED),
        "Lunes a viernes: 7 a.m. a 5 p.m. Festivos: cerrado.",
        "Monday to Friday: 7 a.m. to 5 p.m. Public holidays: closed.",
        "Mo-Fr 07:00-17:00; PH off",
    ),
    (
        schedule("12345 07:00-17:00", AS_WEEKDAY),
        "Lunes a viernes: 7 a.m. a 5 p.m. Festivos: horario habitual.",
        "Monday to Friday: 7 a.m. to 5 p.m. Public holidays: usual hours.",
        "Mo-Fr 07:00-17:00",
    ),
    (
        schedule("12345 07:00-17:00", OWN_HOURS),
        "Lunes a viernes: 7 a.m. a 5 p.m. Festivos: cerrado.",
        "Monday to Friday: 7 a.m. to 5 p.m. Public holidays: closed.",
        "Mo-Fr 07:00-17:00; PH off",
    ),
    (
        schedule("12345 07:00-17:00; 78 09:00-13:00", OWN_HOURS),
        "Lunes a viernes: 7 a.m. a 5 p.m. Domingos y festivos: 9 a.m. a 1 p.m.",
        "Monday to Friday: 7 a.m. to 5 p.m. Sundays and public holidays: 9 a.m. to 1 p.m.",
        "Mo-Fr 07:00-17:00; Su 09:00-13:00; PH 09:00-13:00",
    ),
    (
        schedule("678 09:00-13:00", OWN_HOURS),
        "Sábados, domingos y festivos: 9 a.m. a 1 p.m.",
        "Saturdays, Sundays and public holidays: 9 a.m. to 1 p.m.",
        "Sa-Su 09:00-13:00; PH 09:00-13:00",
    ),
    (
        schedule("123458 09:00-13:00", OWN_HOURS),
        "Lunes a viernes y festivos: 9 a.m. a 1 p.m.",
        "Monday to Friday and public holidays: 9 a.m. to 1 p.m.",
        "Mo-Fr 09:00-13:00; PH 09:00-13:00",
    ),
    (
        schedule("12345678 09:00-13:00", OWN_HOURS),
        "Todos los días y festivos: 9 a.m. a 1 p.m.",
        "Every day and public holidays: 9 a.m. to 1 p.m.",
        "Mo-Su 09:00-13:00; PH 09:00-13:00",
    ),
    (
        schedule("8 09:00-13:00", OWN_HOURS),
        "Festivos: 9 a.m. a 1 p.m.",
        "Public holidays: 9 a.m. to 1 p.m.",
        "PH 09:00-13:00",
    ),
    (
        schedule("1234567 00:00-00:00", CLOSED),
        "7 días 24 horas. Festivos: cerrado.",
        "24 hours, 7 days a week. Public holidays: closed.",
        "Mo-Su 00:00-24:00; PH off",
    ),
    (
        schedule("1234567 00:00-00:00", AS_WEEKDAY),
        "7 días 24 horas. Festivos: horario habitual.",
        "24 hours, 7 days a week. Public holidays: usual hours.",
        "24/7",
    ),
    (
        schedule("12345678 00:00-00:00", OWN_HOURS),
        "7 días 24 horas",
        "24 hours, 7 days a week",
        "24/7",
    ),
]


@pytest.mark.parametrize(("stated", "spanish", "english", "osm"), TEXTS)
def test_hours_read_well_in_both_languages_and_are_an_opening_hours_value(
    stated, spanish, english, osm
):
    assert describe_schedule(stated, TODAY) == spanish
    with translation.override("en"):
        assert describe_schedule(stated, TODAY) == english
    assert opening_hours(stated, TODAY) == osm
    assert OsmHours(osm, auto_country=False).warnings == []


def test_single_weekdays_have_their_plurals_beside_holidays():
    alternating = schedule("1357 08:00-09:00; 2468 10:00-11:00", OWN_HOURS)
    assert describe_schedule(alternating, TODAY) == (
        "Lunes, miércoles, viernes y domingo: 8 a.m. a 9 a.m. "
        "Martes, jueves, sábados y festivos: 10 a.m. a 11 a.m."
    )
    with translation.override("en"):
        assert describe_schedule(schedule("13578 08:00-09:00", OWN_HOURS), TODAY) == (
            "Mondays, Wednesdays, Fridays, Sundays and public holidays: 8 a.m. to 9 a.m."
        )


def test_only_what_is_in_force_on_the_date_is_described():
    old, new = (
        WeeklySpan(day=1, opens=time(8), closes=time(12), valid_until=date(2026, 11, 30)),
        WeeklySpan(day=1, opens=time(9), closes=time(13), valid_from=date(2026, 12, 1)),
    )
    changing = replace(schedule(), spans=(old, new))
    assert describe_schedule(changing, date(2026, 11, 30)) == "Lunes: 8 a.m. a 12 m."
    assert describe_schedule(changing, date(2026, 12, 1)) == "Lunes: 9 a.m. a 1 p.m."
    assert describe_schedule(replace(changing, spans=(new,)), date(2026, 11, 30)) == "Cerrado"
    assert opening_hours(changing, date(2026, 12, 1)) == "Mo 09:00-13:00; PH unknown"
    assert opening_hours(replace(changing, spans=(new,)), date(2026, 11, 30)) == "off"


@pytest.mark.parametrize(
    ("texts", "spanish", "english"),
    [
        ([], "cerrado", "closed"),
        (["00:00-00:00"], "24 horas", "24 hours"),
        (
            ["14:00-18:00", "08:00-12:00"],
            "8 a.m. a 12 m. y 2 p.m. a 6 p.m.",
            "8 a.m. to noon and 2 p.m. to 6 p.m.",
        ),
    ],
)
def test_hours_of_one_day_read_well(texts, spanish, english):
    spans = [span(text) for text in texts]
    assert describe_day(spans) == spanish
    with translation.override("en"):
        assert describe_day(spans) == english


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (SUPPORT, "7 a.m. a 7 p.m."),
        (schedule("1 07:00-19:00", CLOSED), "cerrado"),
        (ALWAYS, "24 horas"),
        (schedule(), "Horario no informado"),
    ],
)
def test_plan_of_a_holiday_reads_well(stated, expected):
    assert describe_plan(day_plan(stated, TODAY, lambda day: "Festivo")) == expected


def test_day_of_a_weekly_span_from_midnight_to_midnight_is_24_hours():
    plan = day_plan(schedule("1 00:00-00:00"), TODAY, lambda day: "")
    assert describe_plan(plan) == "24 horas"
