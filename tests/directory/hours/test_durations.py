"""Durations in words and back: how people write the times that they promise."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.hours.durations import DAY, Duration, describe_duration, read_duration

A_YEAR = 365 * DAY


@pytest.mark.parametrize(
    ("minutes", "spanish", "in_open_hours", "english"),
    [
        (0, "de inmediato", "de inmediato", "at once"),
        (1, "1 minuto", "1 minuto hábil", "1 minute"),
        (90, "1 hora 30 minutos", "1 hora 30 minutos hábiles", "1 hour 30 minutes"),
        (240, "4 horas", "4 horas hábiles", "4 hours"),
        (1440, "1 día", "1 día hábil", "1 day"),
        (2880, "2 días", "2 días hábiles", "2 days"),
        (21600, "15 días", "15 días hábiles", "15 days"),
        (1680, "1 día 4 horas", "1 día 4 horas hábiles", "1 day 4 hours"),
    ],
)
def test_minutes_are_told_in_words(minutes, spanish, in_open_hours, english):
    assert describe_duration(minutes) == spanish
    assert describe_duration(minutes, in_open_hours=True) == in_open_hours
    with translation.override("en"):
        assert describe_duration(minutes) == english


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[(text, 120) for text in ("2 h", "2h", "2 H.", "2 horas", "2 hours", "120 min", "2:00")],
        *[
            (text, 90)
            for text in (
                "90 min",
                "1 h 30",
                "1h30",
                "1:30",
                "1:30 h",
                "1:30 horas",
                "1,5 h",
                "1.5 h",
            )
        ],
        *[(text, 2880) for text in ("2 días", "2 DIAS", "2 d", "2 days", "48 horas")],
        *[(text, 1680) for text in ("1 día 4 h", "1 día y 4 horas", "1 day, 4 hours")],
        *[(text, 0) for text in ("0", "0 min", "de inmediato", "at once")],
        ("en 4 horas", 240),
    ],
)
def test_times_are_read_as_people_write_them(text, minutes):
    assert read_duration(text) == Duration(minutes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 días hábiles", Duration(21600, True)),
        ("4 horas hábiles", Duration(240, True)),
        ("3 working days", Duration(4320, True)),
        ("15 días calendario", Duration(21600, False)),
    ],
)
def test_words_say_which_hours_count(text, expected):
    assert read_duration(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4", "without_unit"),
        ("2 y 4 horas", "without_unit"),
        ("1 día 4", "without_unit"),
        ("1 h 90", "without_unit"),
        ("-2 h", "negative"),
        ("−2 h", "negative"),
        ("2-4 h", "unreadable"),
        ("2 semanas", "unreadable"),
        ("1 h 1 h", "unreadable"),
        ("30 min 1 h", "unreadable"),
        ("1.000 h", "unreadable"),
        ("pronto", "unreadable"),
        ("h", "unreadable"),
        ("", "unreadable"),
        ("9" * 5000, "unreadable"),
        ("<b>2 h</b>", "unreadable"),
        ("0,33 h", "not_whole"),
        # 24 open hours are several working days, and would be told as one.
        ("24 horas hábiles", "hours_for_days"),
    ],
)
def test_what_is_no_time_or_may_be_several_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        read_duration(text)
    assert refused.value.code == code


def test_a_number_without_a_unit_is_refused_with_its_readings():
    with pytest.raises(ValidationError) as refused:
        read_duration("4")
    assert refused.value.messages == [
        "«4» pueden ser minutos, horas o días. Escriba cuáles, por ejemplo «4 h»."
    ]


def test_hours_of_a_day_and_more_are_refused_where_open_hours_count_anyway():
    with pytest.raises(ValidationError) as refused:
        read_duration("48 h", in_open_hours=True)
    assert refused.value.code == "hours_for_days"
    assert read_duration("2 días", in_open_hours=True) == Duration(2880)


@given(st.integers(0, A_YEAR), st.booleans(), st.sampled_from(["es", "en"]))
def test_what_is_told_is_read_back(minutes, in_open_hours, language):
    with translation.override(language):
        read = read_duration(describe_duration(minutes, in_open_hours=in_open_hours))
    assert read == Duration(minutes, True if in_open_hours and minutes else None)


@given(st.text(max_size=70))
def test_any_text_is_read_or_refused(text):
    with suppress(ValidationError):
        assert read_duration(text).minutes >= 0
