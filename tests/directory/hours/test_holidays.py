"""Public holidays: what the law of 2026 says, in the language of the reader."""

from datetime import date, timedelta

import holidays
import pytest

from directory.hours.holidays import (
    has_regional_holidays,
    holiday_calendar,
    place_in_words,
    subdivision_code,
    subdivisions,
    supported_countries,
)

COLOMBIA_2026 = (
    "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-13 07-20 08-07 08-17 10-12 "
    "11-02 11-16 12-08 12-25"
)


def holidays_in(year, country="CO", subdivision="", language="es"):
    name = holiday_calendar(country, subdivision, language)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {day.isoformat(): name(day) for day in days if name(day)}


def test_colombia_has_nineteen_holidays_in_2026():
    assert " ".join(day.removeprefix("2026-") for day in holidays_in(2026)) == COLOMBIA_2026


def test_nineteenth_holiday_is_that_of_chiquinquira_since_2026():
    name = holiday_calendar("CO", "", "es")
    assert name(date(2026, 7, 13)) == (
        "Día de Nuestra Señora del Rosario de Chiquinquirá (observado)"
    )
    assert name(date(2025, 7, 14)) == ""


def test_holidays_are_moved_to_monday_by_the_law_of_1983():
    name = holiday_calendar("CO", "", "es")
    assert name(date(2026, 11, 11)) == ""
    assert name(date(2026, 11, 16)) == "Independencia de Cartagena (observado)"


def test_names_are_in_the_language_asked_for():
    christmas = date(2026, 12, 25)
    assert holiday_calendar("CO", "", "es")(christmas) == "Navidad"
    assert holiday_calendar("CO", "", "en")(christmas) == "Christmas Day"
    assert holiday_calendar("CO", "", "es-co")(christmas) == "Navidad"


def test_names_that_the_package_lacks_are_translated_from_its_english():
    name = holiday_calendar("CO", "", "pt")
    days = date(2026, 12, 25), date(2026, 1, 12), date(2026, 8, 7)
    assert [name(day) for day in days] == [
        "Natal",
        "Dia de Reis (transferido)",
        "Batalha de Boyacá",
    ]
    # Both on one day.
    assert (
        name(date(2025, 6, 30))
        == "Sagrado Coração (transferido); São Pedro e São Paulo (transferido)"
    )
    assert holiday_calendar("US", "", "es")(date(2026, 12, 25)) == "Navidad"
    assert holiday_calendar("US", "", "es")(date(2026, 11, 26)) == "Thanksgiving Day"


@pytest.mark.parametrize("language", ["", None])
def test_names_are_in_the_countrys_language_where_the_asked_one_is_missing(language, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en_US")
    assert holiday_calendar("DE", "", language)(date(2026, 12, 25)) == "Erster Weihnachtstag"


@pytest.mark.parametrize("country", ["XX", "", "co", "COL"])
def test_unknown_country_has_no_known_holidays(country):
    assert holidays_in(2026, country) == {}


@pytest.mark.parametrize("year", [1, 1900, 2101, 9999])
@pytest.mark.parametrize("country", ["CO", "ES", "CN", "SA", "IL"])
def test_years_beyond_the_package_have_no_holidays(country, year):
    assert holidays_in(year, country) == {}


def test_supported_countries_are_sorted_two_letter_codes():
    countries = supported_countries()
    assert {"CO", "ES", "US"} <= set(countries)
    assert {len(country) for country in countries} == {2}
    assert list(countries) == sorted(countries)


CORPUS_CHRISTI = date(2027, 5, 27)


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "name"),
    [
        ("ES", "MD", date(2028, 5, 2), "Fiesta de la Comunidad de Madrid"),
        ("ES", "CT", date(2028, 5, 2), ""),
        ("ES", "CT", date(2027, 9, 11), "Fiesta Nacional de Cataluña"),
        ("ES", "Barcelona", date(2027, 9, 24), "Nuestra Señora de la Merced"),
        ("ES", "", date(2028, 5, 2), ""),
        ("ES", "MD", date(2027, 12, 25), "Natividad del Señor"),
        ("GB", "ENG", date(2027, 3, 29), "Lunes de Pascua"),
        ("GB", "SCT", date(2027, 3, 29), ""),
        ("GB", "", date(2027, 3, 29), ""),
        ("DE", "NW", CORPUS_CHRISTI, "Corpus Christi"),
        ("DE", "BY", CORPUS_CHRISTI, "Corpus Christi"),
        ("DE", "BE", CORPUS_CHRISTI, ""),
        ("DE", "BE", date(2027, 3, 8), "Frauentag"),
        ("DE", "", CORPUS_CHRISTI, ""),
        ("US", "MA", date(2027, 4, 19), "Patriots' Day"),
        ("US", "CA", date(2027, 4, 19), ""),
        ("BR", "SP", date(2027, 7, 9), "Revolução Constitucionalista"),
        # No more than the whole country's, where a subdivision is not known.
        ("ES", "XX", date(2028, 5, 2), ""),
        ("ES", "XX", date(2027, 12, 25), "Natividad del Señor"),
        ("CO", "DC", date(2026, 12, 25), "Navidad"),
    ],
)
def test_holidays_are_those_of_the_subdivision(country, subdivision, day, name):
    assert holiday_calendar(country, subdivision, "es")(day) == name


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("ES", "MD", "MD"),
        ("ES", " md ", "MD"),
        ("ES", "ES-MD", "MD"),
        ("ES", "madrid", "MD"),
        ("ES", "Andalucia", "AN"),
        ("ES", "Catalunya", "CT"),
        ("ES", "barcelona", "Barcelona"),
        ("GB", "England", "ENG"),
        ("DE", "NW", "NW"),
        ("DE", "MD", ""),
        ("ES", "", ""),
        ("CO", "DC", ""),
        ("XX", "MD", ""),
    ],
)
def test_subdivision_is_read_by_its_code_or_name(country, text, code):
    assert subdivision_code(country, text) == code


def test_subdivisions_are_named_where_names_are_known():
    assert list(subdivisions("GB").items()) == [
        ("ENG", "England"),
        ("NIR", "Northern Ireland"),
        ("SCT", "Scotland"),
        ("WLS", "Wales"),
    ]
    assert subdivisions("ES")["CT"] == "Cataluña"
    assert subdivisions("BE")["French"] == "French"
    assert [dict(subdivisions(country)) for country in ("CO", "XX")] == [{}, {}]
    places = [("CO", ""), ("ES", "MD"), ("ES", "Barcelona")]
    assert [place_in_words(*place) for place in places] == [
        "CO",
        "Madrid (ES-MD)",
        "Barcelona (ES)",
    ]


def test_countries_whose_subdivisions_have_holidays_of_their_own():
    countries = ["ES", "GB", "DE", "US", "CO", "MX", "BE", "XX"]
    regional = [country for country in countries if has_regional_holidays(country, 2027)]
    assert regional == ["ES", "GB", "DE", "US"]


def test_supported_countries_are_all_that_the_package_has():
    known = holidays.list_supported_countries(include_aliases=False)
    assert supported_countries() == tuple(sorted(known))
