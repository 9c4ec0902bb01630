"""What we write is read as the same hours, and nothing that people type breaks the reader."""

from datetime import time

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.hours.osm import opening_hours
from directory.hours.reading.errors import Unreadable
from directory.hours.reading.reader import read_hours
from directory.hours.reading.tokens import LONGEST_HOURS
from directory.hours.reading.vocabulary import phrases
from directory.hours.rules import overlapping
from directory.hours.schedule import (
    HOLIDAY,
    WHOLE_DAY,
    HolidayPolicy,
    OpeningHours,
    WeeklySpan,
)
from directory.hours.words import describe_schedule
from tests.directory.hours.reading.readings import TODAY, as_osm

CLOCK = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
SPANS = st.builds(WeeklySpan, day=st.integers(1, HOLIDAY), opens=CLOCK, closes=CLOCK)
WHOLE_DAYS = st.builds(
    WeeklySpan, day=st.integers(1, HOLIDAY), opens=st.just(time.min), closes=st.just(time.min)
)


@st.composite
def schedules(draw):
    """Schedules as they can be stored, without dates: words cannot say these."""
    policy = draw(st.sampled_from(list(HolidayPolicy)))
    last = HOLIDAY if policy is HolidayPolicy.OWN_HOURS else 7
    kept = []
    # The same hours on several days, as people have them.
    for span in draw(st.lists(st.one_of(SPANS, WHOLE_DAYS), min_size=1, max_size=6)):
        is_empty = span.opens == span.closes != time.min
        days = draw(st.sets(st.integers(1, last), min_size=1))
        for day in sorted(days):
            each = WeeklySpan(day=day, opens=span.opens, closes=span.closes)
            if not is_empty and not overlapping([*kept, each]):
                kept.append(each)
    if not kept:
        kept = [WeeklySpan(day=1, opens=time(8), closes=time(12))]
    return OpeningHours(
        code="x",
        name="x",
        timezone="America/Bogota",
        country="CO",
        holidays=policy,
        spans=tuple(kept),
    )


def meaning(always_open, holidays, spans):
    """What is open when, alike for all ways to store it."""
    week = sorted((span.day, span.opens, span.closes) for span in spans)
    is_whole = [day for day, *times in week if times == [WHOLE_DAY.opens, WHOLE_DAY.closes]]
    is_usual = holidays is HolidayPolicy.AS_WEEKDAY or HOLIDAY in is_whole
    if always_open or (is_whole[:7] == [*range(1, 8)] and is_usual):
        return "always"
    if holidays is HolidayPolicy.OWN_HOURS and all(day != HOLIDAY for day, *_times in week):
        holidays = HolidayPolicy.CLOSED
    return holidays, week


def meaning_of(text, unsaid):
    read = read_hours(text)
    return meaning(read.always_open, read.holidays or unsaid, read.spans)


@pytest.mark.parametrize("language", ["es", "en"])
@settings(max_examples=300, deadline=None)
@given(schedule=schedules())
def test_our_own_words_are_read_as_the_same_hours(language, schedule):
    with translation.override(language):
        words = describe_schedule(schedule, TODAY)
        # Where nobody stated the holidays, words are silent about them.
        read = meaning_of(words, unsaid=HolidayPolicy.NOT_STATED)
    assert read == meaning(schedule.always_open, schedule.holidays, schedule.spans), words


@settings(max_examples=300, deadline=None)
@given(schedule=schedules())
def test_our_own_osm_is_read_as_the_same_hours(schedule):
    osm = opening_hours(schedule, TODAY)
    # OpenStreetMap's syntax is silent about holidays that are as usual.
    read = meaning_of(osm, unsaid=HolidayPolicy.AS_WEEKDAY)
    assert read == meaning(schedule.always_open, schedule.holidays, schedule.spans), osm


OTHER_PIECES = ["0", "1", "7", "8", "m", "x", "ñ", "-", "–", ".", ";", "\n", "12", "24", "7:00"]
PIECES = st.sampled_from([*phrases(), *OTHER_PIECES])


def outcome(text):
    """What is read, or why not; anything else that is raised is an error of the reader."""
    try:
        return read_hours(text)
    except Unreadable as error:
        return error


@settings(max_examples=1500, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join)))
@example("\u0130")
@example("a\ud800")
@example("24 horas\n24 horas" * 20)
def test_no_text_breaks_the_reader_and_two_readings_are_read_and_differ(text):
    read = outcome(text)
    if isinstance(read, Unreadable):
        assert read.code
        assert read.messages[0]
        assert 0 <= read.start <= read.end <= len(text)
        # What was doubtful is settled; something else may be wrong.
        others = [outcome(reading) for reading in read.readings]
        assert all(getattr(each, "messages", []) != read.messages for each in others)
        return
    assert not overlapping(read.spans)
    assert not (read.always_open and read.spans)
    is_of_holidays = any(span.day == HOLIDAY for span in read.spans)
    assert read.holidays is HolidayPolicy.OWN_HOURS or not is_of_holidays


@pytest.mark.parametrize(
    "piece", ["L-V ", "lunes a ", "8-12 y ", "8 ", "y,", "m", "(", "\n", "7 dias x "]
)
def test_longest_text_of_any_repeated_piece_is_read_or_refused(piece):
    text = (piece * LONGEST_HOURS)[:LONGEST_HOURS]
    with pytest.raises(Unreadable):
        as_osm(text)


def test_text_that_is_too_long_is_refused_before_it_is_read():
    with pytest.raises(Unreadable) as caught:
        read_hours("9" * 10_000_000)
    assert (caught.value.code, caught.value.messages) == (
        "too_long",
        [f"Es demasiado largo para un horario. Escriba como máximo {LONGEST_HOURS} caracteres."],
    )
