"""Who answers when: usual weeks, coming days, gaps to the minute."""

from datetime import date

import pytest

from directory.answers import coverage
from directory.answers.channel_filters import is_for, is_for_critical
from directory.answers.coverage import RequestTypeGroup
from directory.answers.gaps import gaps_in_words, usual_gaps, usual_schedule
from directory.editions.document import PublishedChannel, PublishedRequestType, ServiceDocument
from directory.hours.schedule import WHOLE_DAY, HolidayPolicy
from tests.directory.schedules import exception, schedule, span, weekly

MONDAY = date(2026, 11, 23)
ALL = PublishedRequestType(code="todas", name="Todas", covers_all=True)
CRITICAL = PublishedRequestType(code="incidente-critico", name="Críticos", is_critical=True)
COMPLAINT = PublishedRequestType(code="queja", name="Quejas")


def hours(code, week="", holidays=HolidayPolicy.NOT_STATED, **kwargs):
    """With a week, or without one around the clock."""
    return schedule(week, holidays, code=code, name=code, **{"always_open": not week, **kwargs})


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


def one(week="", channel_fields=None, **kwargs):
    """With one channel, which has these fields, and these hours."""
    kept = hours("h", week, **kwargs)
    return service((channel("linea", kept, **(channel_fields or {})), kept))


def picture(day):
    """A day's states as a line of 24 characters."""
    marks = {"open": "#", "partly": "/", "unknown": "?", "closed": "."}
    return "".join(marks[cell.state] for cell in day.cells)


everyone = is_for("todas")


def test_a_usual_week_shows_hours_and_gaps():
    week = coverage.usual_week(one("1 07:00-19:00; 6 08:00-13:00"), everyone, MONDAY)
    assert [picture(day) for day in week] == [
        ".......############.....",
        *["." * 24] * 4,
        "........#####...........",
        "." * 24,
    ]
    assert [day.gaps for day in week[4:6]] == [
        (WHOLE_DAY,),
        (span("00:00-08:00"), span("13:00-00:00")),
    ]


def test_half_hours_are_partly_open_and_said_to_the_minute():
    week = coverage.usual_week(one("1 07:30-09:15"), everyone, MONDAY)
    seven, eight, nine = week[0].cells[7:10]
    assert [(cell.state, cell.minutes) for cell in (seven, eight, nine)] == [
        ("partly", 30),
        ("open", 60),
        ("partly", 15),
    ]
    assert [cell.answers[0].is_whole_hour for cell in (seven, eight, nine)] == [False, True, False]
    assert nine.answers[0].spans == (span("09:00-09:15"),)
    assert week[0].gaps == (span("00:00-07:30"), span("09:15-00:00"))


def test_the_tail_of_a_night_is_on_the_next_day_also_from_sunday_to_monday():
    week = coverage.usual_week(one("7 22:00-06:00"), everyone, MONDAY)
    assert picture(week[0]) == "######.................."
    assert picture(week[6]) == "......................##"


def test_channels_that_take_turns_leave_no_gap():
    day, night = hours("dia", "1 06:00-18:00"), hours("noche", "1 18:00-00:00")
    early = hours("madrugada", "7 23:00-06:00")
    source = service(*((channel(kept.code, kept), kept) for kept in (day, night, early)))
    monday = coverage.usual_week(source, everyone, MONDAY)[0]
    assert (monday.gaps, picture(monday)) == ((), "#" * 24)
    assert [answer.channel.code for answer in monday.cells[18].answers] == ["noche"]


def test_a_schedule_without_hours_is_unknown_and_no_gap():
    week = coverage.usual_week(one(always_open=False), everyone, MONDAY)
    assert (picture(week[0]), week[0].gaps) == ("?" * 24, ())


def test_a_usual_week_has_the_hours_and_channels_in_force_on_its_date():
    week = weekly("1 07:00-12:00", valid_until=date(2026, 11, 30))
    week += weekly("1 14:00-16:00", valid_from=date(2026, 12, 1))
    kept = hours("h", week)
    always = hours("siempre")
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
    ended = one(weekly("1 07:00-12:00", valid_until=date(2026, 11, 1)))
    assert usual_gaps(ended, everyone, MONDAY) == ((WHOLE_DAY,),) * 7


def test_upcoming_days_have_their_holidays_and_exceptions():
    closure = exception("2026-12-09", reason="Inventario")
    shorter = exception("2026-12-10", "", "08:00-10:00", reason="Fiesta")
    source = one("12345 07:00-19:00", exceptions=(closure, shorter))
    days = coverage.upcoming_days(source, everyone, date(2026, 12, 7), 4)
    assert [(day.day.day, picture(day), day.reasons) for day in days] == [
        (7, ".......############.....", ()),
        (8, ".......????????????.....", ("La Inmaculada Concepción",)),
        (9, "." * 24, ("Inventario",)),
        (10, "........##..............", ("Fiesta",)),
    ]
    assert [len(day.gaps) for day in days] == [2, 2, 1, 2]


def test_a_closed_day_keeps_the_tail_of_the_night_before():
    source = one("1 22:00-06:00", exceptions=(exception("2026-11-24"),))
    assert picture(coverage.upcoming_days(source, everyone, date(2026, 11, 24), 1)[0]) == (
        "######.................."
    )


def test_fourteen_days_by_default_and_channels_only_while_they_are_valid():
    validity = {"valid_from": date(2026, 11, 24), "valid_until": date(2026, 11, 25)}
    days = coverage.upcoming_days(one(channel_fields=validity), everyone, MONDAY)
    assert [picture(day)[0] for day in days] == [".", "#", "#", *["."] * 11]


def test_another_time_zone_is_shown_in_ours():
    madrid = one("1 02:30-10:00", timezone="Europe/Madrid", country="ES")
    days = coverage.upcoming_days(madrid, everyone, date(2026, 11, 22), 2)
    assert [(picture(day), day.gaps) for day in days] == [
        ("." * 20 + "/###", (span("00:00-20:30"),)),
        ("####....................", (span("04:00-00:00"),)),
    ]


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ("", ""),
        ("12345 00:00-00:00", "Sábado a domingo: 24 horas"),
        (
            "12345 07:00-19:00",
            "Lunes a viernes: medianoche a 7 a.m. y 7 p.m. a medianoche; "
            "Sábado a domingo: 24 horas",
        ),
        (
            "13 00:00-12:00",
            "Lunes: 12 m. a medianoche; Martes: 24 horas; Miércoles: 12 m. a medianoche; "
            "Jueves a domingo: 24 horas",
        ),
    ],
)
def test_gaps_in_words(week, words):
    assert gaps_in_words(usual_gaps(one(week), everyone, MONDAY)) == words


def test_request_types_with_the_same_channels_share_a_picture():
    always = hours("siempre")
    line = channel("linea", always)
    mobile = channel("celular", always, CRITICAL)
    source = service((line, always), (mobile, always))
    incident = PublishedRequestType(code="incidente", name="Incidentes")
    assert coverage.by_channels(source, [ALL, CRITICAL, incident]) == [
        RequestTypeGroup(request_types=(ALL, incident), channels=(line,)),
        RequestTypeGroup(request_types=(CRITICAL,), channels=(line, mobile)),
    ]


def test_channels_for_complaints_answer_no_critical_incidents():
    channels = [channel("x", hours("siempre"), kind) for kind in (ALL, CRITICAL, COMPLAINT)]
    assert [is_for_critical(each) for each in channels] == [True, True, False]


def test_a_usual_week_knows_no_holiday_policy():
    kept = hours("h", "1 07:00-08:00", HolidayPolicy.CLOSED)
    assert usual_schedule(kept, MONDAY).holidays is HolidayPolicy.AS_WEEKDAY


def test_days_of_exceptions_are_cut_and_days_off_stay_off():
    excepted = (
        exception("2026-11-27", "2026-11-29", closes_at_latest="12:00", reason="Jornada"),
        exception("2020-11-30", every_year=True, reason="Aniversario"),
    )
    office = one("12345 07:00-19:00", exceptions=excepted)
    days = coverage.upcoming_days(office, everyone, date(2026, 11, 26), 6)
    assert [(picture(day).count("#"), day.reasons) for day in days] == [
        (12, ()),
        (5, ("Jornada",)),
        (0, ()),
        (0, ()),
        (0, ("Aniversario",)),
        (12, ()),
    ]


def test_usual_week_has_the_hours_of_the_time_of_the_year():
    summer = {"valid_from": date(2020, 11, 1), "valid_until": date(2021, 2, 28)}
    office = one(weekly("1 07:00-08:00", **summer, every_year=True))
    assert [picture(day).count("#") for day in coverage.usual_week(office, everyone, MONDAY)] == [
        *(1, 0, 0, 0, 0, 0, 0)
    ]
    in_march = coverage.usual_week(office, everyone, date(2027, 3, 1))
    assert "#" not in "".join(map(picture, in_march))
