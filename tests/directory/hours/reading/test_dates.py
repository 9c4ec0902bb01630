"""Dates as people write them."""

from contextlib import suppress
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.hours.reading.dates import read_date
from directory.hours.reading.errors import Unreadable

# A Monday.
TODAY = date(2026, 11, 23)
CHRISTMAS_EVE = date(2026, 12, 24)


def read(text, today=TODAY, day_first=True):
    return read_date(text, today, day_first=day_first)


@pytest.mark.parametrize(
    "text",
    [
        "24/12/2026",
        "24-12-2026",
        "24.12.2026",
        "24 12 2026",
        "24/12/26",
        "24 / 12 / 2026",
        "2026-12-24",
        "2026/12/24",
        "20261224",
        "24/12",
        "24 dic",
        "24 dic.",
        "24 DIC",
        "24-dic-2026",
        "24dic",
        "24 de diciembre",
        "24 de diciembre de 2026",
        "24 de diciembre del 2026",
        "24 diciembre, 2026",
        "el 24 de diciembre",
        "el día 24 de diciembre",
        "jueves 24 de diciembre",
        "Jueves, 24/12/2026",
        "diciembre 24",
        "24 December",
        "24th of December",
        "Dec 24, 2026",
        "December 24th",
        "en 31 días",
        "  24 dic  ",
    ],
)
@pytest.mark.parametrize("day_first", [True, False])
def test_a_date_is_read_however_it_is_written(text, day_first):
    assert read(text.strip(), day_first=day_first) == CHRISTMAS_EVE


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hoy", TODAY),
        ("Mañana", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 24)),
        ("pasado mañana", date(2026, 11, 25)),
        ("ayer", date(2026, 11, 22)),
        ("viernes", date(2026, 11, 27)),
        ("el vie.", date(2026, 11, 27)),
        ("este domingo", date(2026, 11, 29)),
        ("en 2 semanas", date(2026, 12, 7)),
        ("dentro de 1 día", date(2026, 11, 24)),
        ("1.º de enero", date(2027, 1, 1)),
        ("primero de enero", date(2027, 1, 1)),
        ("23 nov", TODAY),
        ("29 feb", date(2028, 2, 29)),
        ("15/3", date(2027, 3, 15)),
        ("15 nov 2025", date(2025, 11, 15)),
    ],
)
def test_a_day_is_counted_from_today(text, day):
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "day_first", "readings"),
    [
        ("15 nov", True, ("15/11/2026", "15/11/2027")),
        ("1/9", True, ("01/09/2026", "01/09/2027")),
        ("lunes", True, ("23/11/2026", "30/11/2026")),
        ("próximo viernes", True, ("27/11/2026", "04/12/2026")),
        ("el viernes que viene", True, ("27/11/2026", "04/12/2026")),
        ("3/4/2027", False, ("03/04/2027", "04/03/2027")),
    ],
)
def test_what_may_be_two_dates_is_refused_with_both(text, day_first, readings):
    with pytest.raises(Unreadable) as raised:
        read(text, day_first=day_first)
    assert raised.value.code == "two_dates"
    assert raised.value.readings == readings
    assert all(each in raised.value.messages[0] for each in readings)


def test_a_month_before_the_day_is_one_reading_where_the_day_is_no_month():
    assert read("12/24/2026", day_first=False) == CHRISTMAS_EVE
    assert read("4/4/2027", day_first=False) == date(2027, 4, 4)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_date"),
        ("x", "no_date"),
        ("31/2/2026", "no_date"),
        ("12/24/2026", "no_date"),
        ("2026-13-01", "no_date"),
        ("32 de diciembre", "no_date"),
        ("24 de dicimebre", "no_date"),
        ("24 de", "no_date"),
        ("2026", "no_date"),
        ("24", "no_date"),
        ("0/0/0000", "no_date"),
        ("en 9999 días", "no_date"),
        ("٢٤/١٢/٢٠٢٦", "no_date"),
        ("viernes 24 de diciembre", "other_weekday"),
        ("1" * 100, "too_long"),
        ("\x00", "no_date"),
    ],
)
def test_what_is_no_date_is_told_in_words(text, code):
    with pytest.raises(Unreadable) as raised:
        read(text)
    assert raised.value.code == code
    assert raised.value.messages[0]


def test_the_other_weekday_is_named():
    with pytest.raises(Unreadable, match="24/12/2026 es jueves"):
        read("viernes 24 de diciembre")


@pytest.mark.parametrize("language", ["es", "en"])
@given(
    day=st.dates(date(1000, 1, 1), date(9999, 12, 31)),
    today=st.dates(date(1900, 1, 1), date(2900, 1, 1)),
)
def test_what_a_form_shows_is_read_as_what_it_was(language, day, today):
    with translation.override(language):
        shown = {"es": f"{day:%d/%m}/{day.year:04}", "en": day.isoformat()}[language]
        assert read_date(shown, today, day_first=language == "es") == day


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_is_told_to_be_none(text):
    with suppress(Unreadable):
        assert isinstance(read(text), date)
