"""Who answers when: usual weeks, coming days, gaps to the minute."""

from datetime import date, time

import pytest

from directory.answers import coverage
from directory.answers.channel_filters import is_for, is_for_critical
from directory.answers.coverage import Group
from directory.answers.gaps import gaps_in_words, usual_gaps, usual_schedule
from directory.editions.document import PublishedChannel, PublishedRequestType, ServiceDocument
from directory.hours.schedule import (
    WHOLE_DAY,
    DatedException,
    HolidayPolicy,
    OpeningHours,
    Span,
    WeeklySpan,
)

MONDAY = date(2026, 11, 23)
ALL = PublishedRequestType(code="todas", name="Todas", covers_all=True)
CRITICAL = PublishedRequestType(code="incidente-critico", name="Críticos", is_critical=True)
COMPLAINT = PublishedRequestType(code="queja", name="Quejas")


def schedule(code, *spans, **kwargs):
    """Weekly spans as (day, opens, closes); without any, around the clock."""
    options = {"timezone": "America/Bogota", "country": "CO", "always_open": not spans}
    weekly = tuple(each if isinstance(each, WeeklySpan) else span(*each) for each in spans)
    return OpeningHours(code=code, name=code, spans=weekly, **options | kwargs)


def span(day, opens, closes, **kwargs):
    return WeeklySpan(
        day=day, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes), **kwargs
    )


def channel(code, kept, *types, **kwargs):
    return PublishedChannel(
        code=code,
        medium="telephone",
        title=code.title(),
        request_types=types or (ALL,),
        schedule=kept.code,
        contacts=(),
        **kwargs,
    )


def service(*pairs):
    """A document with these (channel, schedule) pairs."""
    return ServiceDocument(
        slug="s",
        name="S",
        channels=tuple(each for each, _schedule in pairs),
        schedules={kept.code: kept for _channel, kept in pairs},
    )


def one(*spans, **kwargs):
    kept = schedule("h", *spans, **kwargs)
    return service((channel("linea", kept), kept))


def gaps(opens, closes):
    return Span(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


def picture(day):
    """A day's states as a line of 24 characters."""
    marks = {"open": "#", "partly": "/", "unknown": "?", "closed": "."}
    return "".join(marks[cell.state] for cell in day.cells)


everyone = is_for("todas")


def test_a_usual_week_shows_hours_and_gaps():
    week = coverage.usual_week(one((1, "07:00", "19:00"), (6, "08:00", "13:00")), everyone, MONDAY)

    assert [picture(day) for day in week] == [
        ".......############.....",
        *["." * 24] * 4,
        "........#####...........",
        "." * 24,
    ]
    assert [day.gaps for day in week[4:6]] == [
        (WHOLE_DAY,),
        (gaps("00:00", "08:00"), gaps("13:00", "00:00")),
    ]


def test_half_hours_are_partly_open_and_said_to_the_minute():
    week = coverage.usual_week(one((1, "07:30", "09:15")), everyone, MONDAY)
    seven, eight, nine = week[0].cells[7:10]

    assert [(cell.state, cell.minutes) for cell in (seven, eight, nine)] == [
        ("partly", 30),
        ("open", 60),
        ("partly", 15),
    ]
    assert [cell.answers[0].is_whole_hour for cell in (seven, eight, nine)] == [False, True, False]
    assert nine.answers[0].spans == (gaps("09:00", "09:15"),)
    assert week[0].gaps == (gaps("00:00", "07:30"), gaps("09:15", "00:00"))


def test_the_tail_of_a_night_is_on_the_next_day_also_from_sunday_to_monday():
    week = coverage.usual_week(one((7, "22:00", "06:00")), everyone, MONDAY)

    assert picture(week[0]) == "######.................."
    assert picture(week[6]) == "......................##"


def test_channels_that_take_turns_leave_no_gap():
    day, night = schedule("dia", (1, "06:00", "18:00")), schedule("noche", (1, "18:00", "00:00"))
    early = schedule("madrugada", (7, "23:00", "06:00"))
    source = service(*((channel(kept.code, kept), kept) for kept in (day, night, early)))
    monday = coverage.usual_week(source, everyone, MONDAY)[0]

    assert (monday.gaps, picture(monday)) == ((), "#" * 24)
    assert [answer.channel.code for answer in monday.cells[18].answers] == ["noche"]


def test_a_schedule_without_hours_is_unknown_and_no_gap():
    kept = schedule("h", always_open=False)
    week = coverage.usual_week(service((channel("linea", kept), kept)), everyone, MONDAY)

    assert (picture(week[0]), week[0].gaps) == ("?" * 24, ())


def test_a_usual_week_has_the_hours_and_channels_in_force_on_its_date():
    kept = schedule(
        "h",
        span(1, "07:00", "12:00", valid_until=date(2026, 11, 30)),
        span(1, "14:00", "16:00", valid_from=date(2026, 12, 1)),
    )
    always = schedule("siempre")
    source = service(
        (channel("linea", kept), kept),
        (channel("navidad", always, valid_from=date(2026, 12, 20)), always),
    )

    pictures = [
        picture(coverage.usual_week(source, everyone, day)[0])
        for day in (MONDAY, date(2026, 12, 7), date(2026, 12, 21))
    ]
    assert pictures == [".......#####............", "..............##........", "#" * 24]


def test_hours_all_of_which_have_ended_are_a_gap():
    ended = one(span(1, "07:00", "12:00", valid_until=date(2026, 11, 1)))

    assert usual_gaps(ended, everyone, MONDAY) == ((WHOLE_DAY,),) * 7


def test_coming_days_have_their_holidays_and_exceptions():
    closure = DatedException(
        first_day=date(2026, 12, 9), last_day=date(2026, 12, 9), reason="Inventario"
    )
    shorter = DatedException(
        first_day=date(2026, 12, 10),
        last_day=date(2026, 12, 10),
        reason="Fiesta",
        spans=(gaps("08:00", "10:00"),),
    )
    source = one(*((day, "07:00", "19:00") for day in range(1, 6)), exceptions=(closure, shorter))
    days = coverage.coming_days(source, everyone, date(2026, 12, 7), 4)

    assert [(day.day.day, picture(day), day.reasons) for day in days] == [
        (7, ".......############.....", ()),
        (8, ".......????????????.....", ("La Inmaculada Concepción",)),
        (9, "." * 24, ("Inventario",)),
        (10, "........##..............", ("Fiesta",)),
    ]
    assert [len(day.gaps) for day in days] == [2, 2, 1, 2]


def test_a_closed_day_keeps_the_tail_of_the_night_before():
    closure = DatedException(first_day=date(2026, 11, 24), last_day=date(2026, 11, 24))
    source = one((1, "22:00", "06:00"), exceptions=(closure,))

    assert picture(coverage.coming_days(source, everyone, date(2026, 11, 24), 1)[0]) == (
        "######.................."
    )


def test_fourteen_days_by_default_and_channels_only_while_they_are_valid():
    kept = schedule("siempre")
    source = service(
        (
            channel("linea", kept, valid_from=date(2026, 11, 24), valid_until=date(2026, 11, 25)),
            kept,
        )
    )
    days = coverage.coming_days(source, everyone, MONDAY)

    assert [picture(day)[0] for day in days] == [".", "#", "#", *["."] * 11]


def test_another_time_zone_is_shown_in_ours():
    madrid = schedule("h", (1, "02:30", "10:00"), timezone="Europe/Madrid", country="ES")
    source = service((channel("linea", madrid), madrid))
    days = coverage.coming_days(source, everyone, date(2026, 11, 22), 2)

    assert [(picture(day), day.gaps) for day in days] == [
        ("." * 20 + "/###", (gaps("00:00", "20:30"),)),
        ("####....................", (gaps("04:00", "00:00"),)),
    ]


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([], ""),
        ([(day, "00:00", "00:00") for day in range(1, 6)], "Sábado a domingo: 24 horas"),
        (
            [(day, "07:00", "19:00") for day in range(1, 6)],
            "Lunes a viernes: medianoche a 7 a.m. y 7 p.m. a medianoche; "
            "Sábado a domingo: 24 horas",
        ),
        (
            [(1, "00:00", "12:00"), (3, "00:00", "12:00")],
            "Lunes: 12 m. a medianoche; Martes: 24 horas; Miércoles: 12 m. a medianoche; "
            "Jueves a domingo: 24 horas",
        ),
    ],
)
def test_gaps_in_words(spans, words):
    assert gaps_in_words(usual_gaps(one(*spans), everyone, MONDAY)) == words


def test_request_types_with_the_same_channels_share_a_picture():
    always = schedule("siempre")
    line = channel("linea", always)
    mobile = channel("celular", always, CRITICAL)
    source = service((line, always), (mobile, always))
    incident = PublishedRequestType(code="incidente", name="Incidentes")

    assert coverage.by_channels(source, [ALL, CRITICAL, incident]) == [
        Group(request_types=(ALL, incident), channels=(line,)),
        Group(request_types=(CRITICAL,), channels=(line, mobile)),
    ]


def test_channels_for_complaints_answer_no_critical_incidents():
    always = schedule("siempre")

    assert [is_for_critical(channel("x", always, kind)) for kind in (ALL, CRITICAL, COMPLAINT)] == [
        True,
        True,
        False,
    ]


def test_a_usual_week_knows_no_holiday_policy():
    kept = schedule("h", (1, "07:00", "08:00"), holidays=HolidayPolicy.CLOSED)

    assert usual_schedule(kept, MONDAY).holidays is HolidayPolicy.AS_WEEKDAY
