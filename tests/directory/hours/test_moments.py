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


NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("zone", "instant", "at", "opens", "until"),
    [
        # The row of an office in Amsterdam, 9 a.m. to 5:30 p.m., read on a Saturday in New York.
        (
            "Europe/Amsterdam",
            (2026, 11, 23, 9),
            (2026, 11, 21, 12),
            "on Monday at 9 a.m., Amsterdam time",
            "on Monday at 9 a.m., Amsterdam time",
        ),
        # Today in both.
        (
            "Europe/Amsterdam",
            (2026, 11, 23, 17, 30),
            (2026, 11, 23, 8),
            "at 5:30 p.m., Amsterdam time",
            "5:30 p.m., Amsterdam time",
        ),
        # There it is tomorrow already: neither “today” nor “tomorrow” says which day is meant.
        (
            "Asia/Tokyo",
            (2026, 11, 24, 19),
            (2026, 11, 23, 20),
            "on Tuesday at 7 p.m., Tokyo time",
            "on Tuesday at 7 p.m., Tokyo time",
        ),
        (
            "Asia/Tokyo",
            (2026, 11, 25),
            (2026, 11, 23, 20),
            "at midnight between Tuesday and Wednesday, Tokyo time",
            "the end of Tuesday, Tokyo time",
        ),
        # There it is still yesterday.
        (
            "Pacific/Honolulu",
            (2026, 11, 22, 23),
            (2026, 11, 23, 2),
            "on Nov. 22, 2026 at 11 p.m., Honolulu time",
            "on Nov. 22, 2026 at 11 p.m., Honolulu time",
        ),
        # Clocks that show the same are not told apart.
        ("America/Toronto", (2026, 11, 23, 19), (2026, 11, 23, 8), "at 7 p.m.", "7 p.m."),
    ],
)
def test_instants_are_told_in_their_own_zone(zone, instant, at, opens, until):
    instant, at = datetime(*instant, tzinfo=ZoneInfo(zone)), datetime(*at, tzinfo=NEW_YORK)
    with translation.override("en"):
        assert (moment(instant, at), deadline(instant, at)) == (opens, until)
