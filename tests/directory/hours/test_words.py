"""Hours in words, as an OpenStreetMap value and as schema.org data."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.utils import translation
from opening_hours import OpeningHours as OsmHours

from directory.hours.osm import opening_hours
from directory.hours.rules import day_plan
from directory.hours.schedule import DatedException, HolidayPolicy, OpeningHours, Span, WeeklySpan
from directory.hours.schema_org import (
    opening_hours_specification,
    special_opening_hours_specification,
)
from directory.hours.words import describe_day, describe_plan, describe_schedule

TODAY = date(2026, 11, 23)


def span(text):
    """The span of a text such as "22:00-06:00"."""
    opens, closes = text.split("-")
    return Span(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


def schedule(week="", holidays=HolidayPolicy.NOT_STATED, **fields):
    """A schedule of days (8: holidays) and spans: "12345 07:00-19:00; 6 08:00-13:00"."""
    spans = []
    for rule in filter(None, week.split("; ")):
        days, times = rule.split()
        spans += [
            WeeklySpan(day=int(day), opens=span(text).opens, closes=span(text).closes)
            for day in days
            for text in times.split(",")
        ]
    return OpeningHours(
        code="soporte",
        name="Soporte",
        timezone="America/Bogota",
        country="CO",
        holidays=holidays,
        spans=tuple(spans),
        **fields,
    )


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
def test_hours_read_well_in_both_languages(stated, spanish, english, osm):
    with translation.override("es"):
        assert describe_schedule(stated, TODAY) == spanish
    with translation.override("en"):
        assert describe_schedule(stated, TODAY) == english


@pytest.mark.parametrize(("stated", "spanish", "english", "osm"), TEXTS)
def test_hours_are_an_opening_hours_value(stated, spanish, english, osm):
    assert opening_hours(stated, TODAY) == osm
    assert OsmHours(osm, auto_country=False).warnings == []


def test_single_weekdays_have_their_plurals_beside_holidays():
    alternating = schedule("1357 08:00-09:00; 2468 10:00-11:00", OWN_HOURS)
    with translation.override("es"):
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
    with translation.override("es"):
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
    with translation.override("es"):
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
    with translation.override("es"):
        assert describe_plan(day_plan(stated, TODAY, lambda day: "Festivo")) == expected


def test_day_of_a_weekly_span_from_midnight_to_midnight_is_24_hours():
    plan = day_plan(schedule("1 00:00-00:00"), TODAY, lambda day: "")
    assert describe_plan(plan) == "24 horas"


# schema.org


SCHEMA_DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "PublicHolidays",
)


def specification(days="", opens="00:00", closes="00:00", **fields):
    addresses = [f"https://schema.org/{SCHEMA_DAYS[int(day) - 1]}" for day in days]
    return (
        {"@type": "OpeningHoursSpecification"}
        | ({"dayOfWeek": addresses} if addresses else {})
        | {"opens": opens, "closes": closes}
        | fields
    )


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (
            SUPPORT,
            [specification("12345", "07:00", "19:00"), specification("6", "08:00", "13:00")],
        ),
        (ALWAYS, [specification("1234567", "00:00", "23:59")]),
        (schedule(), []),
        (schedule("8 09:00-13:00"), []),
        (schedule("1 07:00-07:00"), [specification("1", "07:00", "06:59")]),
        (schedule("5 22:00-06:00"), [specification("5", "22:00", "06:00")]),
        (
            schedule("12 08:00-12:00,14:00-18:00"),
            [specification("12", "08:00", "12:00"), specification("12", "14:00", "18:00")],
        ),
        (
            schedule("1 07:00-17:00", CLOSED),
            [specification("1", "07:00", "17:00"), specification("8")],
        ),
        (schedule("1 07:00-17:00", AS_WEEKDAY), [specification("1", "07:00", "17:00")]),
        (
            schedule("1 07:00-17:00", OWN_HOURS),
            [specification("1", "07:00", "17:00"), specification("8")],
        ),
        (schedule("78 09:00-13:00", OWN_HOURS), [specification("78", "09:00", "13:00")]),
    ],
)
def test_weekly_hours_as_schema_org(stated, expected):
    assert opening_hours_specification(stated, TODAY) == expected


def test_dated_weekly_hours_carry_their_validity_until_they_are_past():
    spans = (
        WeeklySpan(day=1, opens=time(7), closes=time(8), valid_until=date(2026, 11, 22)),
        WeeklySpan(day=1, opens=time(8), closes=time(12), valid_until=date(2026, 11, 30)),
        WeeklySpan(day=1, opens=time(9), closes=time(13), valid_from=date(2026, 12, 1)),
        WeeklySpan(day=2, opens=time(9), closes=time(13), valid_from=date(2026, 12, 1)),
    )
    assert opening_hours_specification(replace(schedule(), spans=spans), TODAY) == [
        specification("1", "08:00", "12:00", validThrough="2026-11-30"),
        specification("12", "09:00", "13:00", validFrom="2026-12-01"),
    ]


def exception(first, last, *texts, **fields):
    return DatedException(
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
        spans=tuple(map(span, texts)),
        **fields,
    )


def test_exceptions_as_schema_org_until_they_are_past():
    dated = replace(
        SUPPORT,
        exceptions=(
            exception(
                "2026-12-24", "2026-12-24", "08:00-10:00", "11:00-12:00", reason="Nochebuena"
            ),
            exception("2026-11-20", "2026-11-23", reason="Traslado"),
            exception("2026-11-20", "2026-11-22"),
            exception("2027-01-01", "9999-12-31", "00:00-00:00"),
        ),
    )
    christmas_eve = {
        "validFrom": "2026-12-24",
        "validThrough": "2026-12-24",
        "description": "Nochebuena",
    }
    assert special_opening_hours_specification(dated, TODAY) == [
        specification(validFrom="2026-11-23", validThrough="2026-11-23", description="Traslado"),
        specification("", "08:00", "10:00", **christmas_eve),
        specification("", "11:00", "12:00", **christmas_eve),
        specification("", "00:00", "23:59", validFrom="2027-01-01", validThrough="9999-12-31"),
    ]


def test_only_the_exception_that_decides_a_day_is_in_schema_org():
    dated = replace(
        SUPPORT,
        exceptions=(
            exception("2026-12-01", "2026-12-31", reason="Cierre", for_all=True),
            exception("2026-12-10", "2026-12-11", "08:00-12:00", reason="Turno"),
        ),
    )
    assert special_opening_hours_specification(dated, TODAY) == [
        specification(validFrom="2026-12-01", validThrough="2026-12-09", description="Cierre"),
        specification(
            "",
            "08:00",
            "12:00",
            validFrom="2026-12-10",
            validThrough="2026-12-11",
            description="Turno",
        ),
        specification(validFrom="2026-12-12", validThrough="2026-12-31", description="Cierre"),
    ]


def test_schedule_without_exceptions_has_no_special_hours():
    assert special_opening_hours_specification(ALWAYS, TODAY) == []
