"""Hours in words, and as an OpenStreetMap value."""

from datetime import date

import pytest
from django.utils import translation
from opening_hours import OpeningHours as OsmHours

from directory.hours.osm import holidays_rule, opening_hours, readers_know_holidays
from directory.hours.rules import day_plan
from directory.hours.schedule import HolidayPolicy
from directory.hours.words import describe_day, describe_holidays, describe_plan, describe_schedule
from tests.directory.schedules import schedule, span, weekly

TODAY = date(2026, 11, 23)
ALWAYS = schedule(always_open=True)
SUPPORT = schedule("12345 07:00-19:00; 6 08:00-13:00")
OWN_HOURS = HolidayPolicy.OWN_HOURS
NINE_TO_TEN = "PH 09:00-10:00", "9 a.m. a 10 a.m."

# A week, what it does on holidays if that is stated, its value for OpenStreetMap; then its words.
WEEKS = """\
12345 07:00-17:00 | Mo-Fr 07:00-17:00; PH unknown
    Lunes a viernes: 7 a.m. a 5 p.m.
    Monday to Friday: 7 a.m. to 5 p.m.
12345 07:00-19:00; 6 08:00-13:00 | Mo-Fr 07:00-19:00; Sa 08:00-13:00; PH unknown
    Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.
    Monday to Friday: 7 a.m. to 7 p.m. Saturday: 8 a.m. to 1 p.m.
8 09:00-13:00 | off
    Cerrado
    Closed
8 09:00-13:00 | closed | off
    Cerrado
    Closed
1 07:30-12:00,14:00-18:00 | Mo 07:30-12:00,14:00-18:00; PH unknown
    Lunes: 7:30 a.m. a 12 m. y 2 p.m. a 6 p.m.
    Monday: 7:30 a.m. to noon and 2 p.m. to 6 p.m.
1 00:30-06:00,08:00-12:30,14:00-18:00 | Mo 00:30-06:00,08:00-12:30,14:00-18:00; PH unknown
    Lunes: 12:30 a.m. a 6 a.m., 8 a.m. a 12:30 p.m. y 2 p.m. a 6 p.m.
    Monday: 12:30 a.m. to 6 a.m., 8 a.m. to 12:30 p.m. and 2 p.m. to 6 p.m.
12345 18:00-00:00; 6 00:00-12:00 | Mo-Fr 18:00-24:00; Sa 00:00-12:00; PH unknown
    Lunes a viernes: 6 p.m. a medianoche. Sábado: medianoche a 12 m.
    Monday to Friday: 6 p.m. to midnight. Saturday: midnight to noon
5 22:00-06:00; 6 08:00-13:00 | Fr 22:00-06:00, Sa 08:00-13:00; PH unknown
    Viernes: 10 p.m. a 6 a.m. del día siguiente. Sábado: 8 a.m. a 1 p.m.
    Friday: 10 p.m. to 6 a.m. the next day. Saturday: 8 a.m. to 1 p.m.
1 07:00-07:00 | Mo 07:00-07:00; PH unknown
    Lunes: 7 a.m. a 7 a.m. del día siguiente
    Monday: 7 a.m. to 7 a.m. the next day
135 00:00-00:00; 24 08:00-17:00 | Mo,We,Fr 00:00-24:00; Tu,Th 08:00-17:00; PH unknown
    Lunes, miércoles y viernes: 24 horas. Martes y jueves: 8 a.m. a 5 p.m.
    Monday, Wednesday and Friday: 24 hours. Tuesday and Thursday: 8 a.m. to 5 p.m.
67 09:00-13:00 | Sa-Su 09:00-13:00; PH unknown
    Sábado y domingo: 9 a.m. a 1 p.m.
    Saturday and Sunday: 9 a.m. to 1 p.m.
12357 09:00-13:00 | Mo-We,Fr,Su 09:00-13:00; PH unknown
    Lunes a miércoles, viernes y domingo: 9 a.m. a 1 p.m.
    Monday to Wednesday, Friday and Sunday: 9 a.m. to 1 p.m.
1234567 08:00-18:00 | Mo-Su 08:00-18:00; PH unknown
    Todos los días: 8 a.m. a 6 p.m. Festivos: horario no confirmado.
    Every day: 8 a.m. to 6 p.m. Public holidays: hours not confirmed.
1234567 00:00-00:00 | Mo-Su 00:00-24:00; PH unknown
    7 días 24 horas. Festivos: horario no confirmado.
    24 hours, 7 days a week. Public holidays: hours not confirmed.
12345 07:00-17:00 | closed | Mo-Fr 07:00-17:00; PH off
    Lunes a viernes: 7 a.m. a 5 p.m. Festivos: cerrado.
    Monday to Friday: 7 a.m. to 5 p.m. Public holidays: closed.
12345 07:00-17:00 | as_weekday | Mo-Fr 07:00-17:00
    Lunes a viernes: 7 a.m. a 5 p.m. Festivos: horario habitual.
    Monday to Friday: 7 a.m. to 5 p.m. Public holidays: usual hours.
12345 07:00-17:00 | own_hours | Mo-Fr 07:00-17:00; PH off
    Lunes a viernes: 7 a.m. a 5 p.m. Festivos: cerrado.
    Monday to Friday: 7 a.m. to 5 p.m. Public holidays: closed.
12345 07:00-17:00; 78 09:00-13:00 | own_hours | Mo-Fr 07:00-17:00; Su 09:00-13:00; PH 09:00-13:00
    Lunes a viernes: 7 a.m. a 5 p.m. Domingos y festivos: 9 a.m. a 1 p.m.
    Monday to Friday: 7 a.m. to 5 p.m. Sundays and public holidays: 9 a.m. to 1 p.m.
678 09:00-13:00 | own_hours | Sa-Su 09:00-13:00; PH 09:00-13:00
    Sábados, domingos y festivos: 9 a.m. a 1 p.m.
    Saturdays, Sundays and public holidays: 9 a.m. to 1 p.m.
123458 09:00-13:00 | own_hours | Mo-Fr 09:00-13:00; PH 09:00-13:00
    Lunes a viernes y festivos: 9 a.m. a 1 p.m.
    Monday to Friday and public holidays: 9 a.m. to 1 p.m.
12345678 09:00-13:00 | own_hours | Mo-Su 09:00-13:00; PH 09:00-13:00
    Todos los días y festivos: 9 a.m. a 1 p.m.
    Every day and public holidays: 9 a.m. to 1 p.m.
8 09:00-13:00 | own_hours | PH 09:00-13:00
    Festivos: 9 a.m. a 1 p.m.
    Public holidays: 9 a.m. to 1 p.m.
1234567 00:00-00:00 | closed | Mo-Su 00:00-24:00; PH off
    7 días 24 horas. Festivos: cerrado.
    24 hours, 7 days a week. Public holidays: closed.
1234567 00:00-00:00 | as_weekday | 24/7
    7 días 24 horas. Festivos: horario habitual.
    24 hours, 7 days a week. Public holidays: usual hours.
12345678 00:00-00:00 | own_hours | 24/7
    7 días 24 horas
    24 hours, 7 days a week
"""
TEXTS = [
    (ALWAYS, "7 días 24 horas", "24 hours, 7 days a week", "24/7"),
    (schedule(), "Horario no informado", "Hours not stated", "unknown"),
]


def weeks(text):
    lines = [line.strip() for line in text.splitlines()]
    for stated, spanish, english in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        week, *holidays, osm = stated.split(" | ")
        yield schedule(week, *map(HolidayPolicy, holidays)), spanish, english, osm


@pytest.mark.parametrize(("stated", "spanish", "english", "osm"), [*TEXTS, *weeks(WEEKS)])
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
    old = weekly("1 08:00-12:00", valid_until=date(2026, 11, 30))
    new = weekly("1 09:00-13:00", valid_from=date(2026, 12, 1))
    changing = schedule(old + new)
    assert describe_schedule(changing, date(2026, 11, 30)) == "Lunes: 8 a.m. a 12 m."
    assert describe_schedule(changing, date(2026, 12, 1)) == "Lunes: 9 a.m. a 1 p.m."
    assert describe_schedule(schedule(new), date(2026, 11, 30)) == "Cerrado"
    assert opening_hours(changing, date(2026, 12, 1)) == "Mo 09:00-13:00; PH unknown"
    assert opening_hours(schedule(new), date(2026, 11, 30)) == "off"


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
    ("stated", "holiday", "expected"),
    [
        (SUPPORT, "Festivo", "7 a.m. a 7 p.m."),
        (schedule("1 07:00-19:00", HolidayPolicy.CLOSED), "Festivo", "cerrado"),
        (ALWAYS, "Festivo", "24 horas"),
        (schedule(), "Festivo", "Horario no informado"),
        (schedule("1 00:00-00:00"), "", "24 horas"),
    ],
)
def test_plan_of_a_day_reads_well(stated, holiday, expected):
    assert describe_plan(day_plan(stated, TODAY, lambda day: holiday)) == expected


@pytest.mark.parametrize(
    ("country", "subdivision", "policy", "value", "rule", "words"),
    [
        ("ES", "MD", "closed", "Mo 08:00-17:00; PH off", "PH off", "cerrado."),
        ("GB", "ENG", "closed", "Mo 08:00-17:00; PH off", "PH off", "cerrado."),
        # opening_hours.js knows no holidays of these.
        ("GB", "", "closed", "Mo 08:00-17:00", "PH off", "cerrado."),
        ("CO", "", "not_stated", "Mo 08:00-17:00", "PH unknown", "horario no confirmado."),
        ("CL", "RM", "as_weekday", "Mo 08:00-17:00", "", "horario habitual."),
        ("PE", "", "own_hours", "Mo 08:00-17:00", *NINE_TO_TEN),
        ("MX", "", "own_hours", "Mo 08:00-17:00; PH 09:00-10:00", *NINE_TO_TEN),
    ],
)
def test_holidays_stand_in_the_value_where_its_readers_know_them(
    country, subdivision, policy, value, rule, words
):
    week, place = "1 08:00-17:00; 8 09:00-10:00", {"country": country, "subdivision": subdivision}
    stated = schedule(week, HolidayPolicy(policy), **place)
    shown = readers_know_holidays(stated)
    assert opening_hours(stated, TODAY, with_holidays=shown) == value
    assert holidays_rule(stated, TODAY) == rule
    assert describe_holidays(stated, TODAY) == f"Festivos: {words}"


@pytest.mark.parametrize(
    ("week", "policy", "value"),
    [
        ("8 09:00-12:00", "own_hours", "off"),
        ("1234567 00:00-00:00", "closed", "Mo-Su 00:00-24:00"),
        ("1234567 00:00-00:00", "as_weekday", "24/7"),
    ],
)
def test_a_value_without_holidays_claims_no_more_than_the_week(week, policy, value):
    stated = schedule(week, HolidayPolicy(policy))
    assert opening_hours(stated, TODAY, with_holidays=False) == value
