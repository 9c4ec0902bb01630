"""Instants in words, as pages say them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from directory.hours.moments import deadline, moment

BOGOTA = ZoneInfo("America/Bogota")
# A Tuesday.
NOW = datetime(2026, 11, 24, 15, tzinfo=BOGOTA)

MIDNIGHTS = [
    ((2026, 11, 25), "a la medianoche de hoy a mañana", "at midnight tonight"),
    (
        (2026, 11, 27),
        "a la medianoche del jueves al viernes",
        "at midnight between Thursday and Friday",
    ),
    (
        (2026, 11, 30),
        "a la medianoche del domingo al lunes",
        "at midnight between Sunday and Monday",
    ),
    ((2026, 12, 1), "al comenzar el 1 de diciembre de 2026", "at the start of Dec. 1, 2026"),
]


@pytest.mark.parametrize(("day", "spanish", "english"), MIDNIGHTS)
def test_midnight_is_said_between_two_days(day, spanish, english):
    midnight = datetime(*day, tzinfo=BOGOTA)
    assert moment(midnight, NOW) == spanish
    with translation.override("en"):
        assert moment(midnight, NOW) == english


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ((2026, 11, 25), "la medianoche de hoy"),
        ((2026, 11, 26), "el final del día de mañana"),
        ((2026, 11, 28), "el final del viernes"),
    ],
)
def test_midnight_ends_the_day_before(day, words):
    assert deadline(datetime(*day, tzinfo=BOGOTA), NOW) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ((2026, 11, 24, 19), "a las 7 p.m."),
        ((2026, 11, 25, 0, 30), "mañana a las 12:30 a.m."),
        ((2026, 11, 27, 13), "el viernes a la 1 p.m."),
        ((2026, 12, 24, 12), "el 24 de diciembre de 2026 a las 12 m."),
    ],
)
def test_other_times_of_day(at, words):
    assert moment(datetime(*at, tzinfo=BOGOTA), NOW) == words
