"""Ordinary and critical requests have states and answers of their own."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from directory.answers.advice import advise
from directory.answers.structures import AnsweringState
from directory.answers.whom_to_contact import service_state
from directory.hours.schedule import Status
from tests.directory.answers.test_resolve import (
    BOGOTA,
    IMMACULATE_CONCEPTION,
    MONDAY_MORNING,
    SCHEDULES,
    TYPES,
    channel,
    codes,
    directory,
    hours,
)
from tests.directory.schedules import exception

SUNDAY_NIGHT = datetime(2026, 11, 22, 23, tzinfo=BOGOTA)
MONDAY_NIGHT = datetime(2026, 11, 23, 21, tzinfo=BOGOTA)
OPENS = "abre mañana a las 7 a.m."


def line(schedule="oficina", types=("todas",), **kwargs):
    return channel("linea", schedule, types, **kwargs)


def critical(schedule="siempre", types=("critico",), **kwargs):
    return channel("criticos", schedule, types, **kwargs)


def states(*channels, at):
    state = service_state(directory(*channels, at=at).channels)
    return state.ordinary and state.ordinary.state, state.critical and state.critical.state


@pytest.mark.parametrize(
    ("channels", "at", "expected"),
    [
        # A line for all takes critical requests too.
        ([line(), critical()], SUNDAY_NIGHT, ("closed", "open")),
        ([line(), critical()], MONDAY_MORNING, ("open", "open")),
        ([line(), critical()], IMMACULATE_CONCEPTION, ("unknown", "open")),
        ([line()], SUNDAY_NIGHT, ("closed", "closed")),
        ([line(types=["queja"])], MONDAY_MORNING, ("open", None)),
        ([critical()], SUNDAY_NIGHT, (None, "open")),
        ([critical(types=["critico", "queja"])], SUNDAY_NIGHT, ("open", "open")),
        ([critical(types=["critico", "todas"])], SUNDAY_NIGHT, ("open", "open")),
        ([line(types=["queja"]), critical("sin-horario")], SUNDAY_NIGHT, ("closed", "unknown")),
        ([], SUNDAY_NIGHT, (None, None)),
    ],
)
def test_channels_count_for_what_they_take(channels, at, expected):
    assert states(*channels, at=at) == expected


def test_a_type_that_is_critical_and_covers_all_is_no_reason_to_stand_apart(monkeypatch):
    monkeypatch.setitem(TYPES, "todas", replace(TYPES["todas"], is_critical=True))
    assert states(line("siempre"), at=SUNDAY_NIGHT) == ("open", "open")


def test_programs_are_told_that_requests_which_nobody_takes_are_never_answered():
    state = service_state(directory(critical(), at=SUNDAY_NIGHT).channels)
    nothing = {"reason": "", "until": None, "next_open": None}
    assert state.of_ordinary == AnsweringState(state=Status.CLOSED, **nothing)
    assert service_state(()).of_ordinary == AnsweringState(state=Status.UNKNOWN, **nothing)


ONLY_CRITICAL = "En este momento solo se atienden incidentes críticos."


@pytest.mark.parametrize(
    ("channels", "at", "state", "sentence", "lead"),
    [
        ([line(), critical()], MONDAY_MORNING, "open", "", "linea"),
        (
            [line(), critical()],
            SUNDAY_NIGHT,
            "critical",
            f"{ONLY_CRITICAL} Lo demás {OPENS}",
            "criticos",
        ),
        (
            [line("cerrado"), critical()],
            SUNDAY_NIGHT,
            "critical",
            f"{ONLY_CRITICAL} Lo demás: no tiene apertura prevista.",
            "criticos",
        ),
        (
            [line(), critical("tarde")],
            MONDAY_NIGHT.replace(hour=23),
            "closed",
            "En este momento todo está cerrado. Lo primero en abrir lo hace mañana a las 7 a.m.",
            "linea",
        ),
        (
            [line("tarde"), critical("oficina")],
            SUNDAY_NIGHT,
            "closed",
            "En este momento todo está cerrado. Lo que no es crítico abre mañana a las 12 m.",
            "linea",
        ),
        (
            [line(), critical("sin-horario")],
            SUNDAY_NIGHT,
            "closed",
            "En este momento, todo lo que no es crítico está cerrado."
            " Lo primero en abrir lo hace mañana a las 7 a.m.",
            "linea",
        ),
        (
            [critical()],
            MONDAY_MORNING,
            "critical",
            "Este servicio solo atiende incidentes críticos.",
            "criticos",
        ),
        (
            [critical("oficina")],
            SUNDAY_NIGHT,
            "closed",
            "Este servicio solo atiende incidentes críticos.",
            "criticos",
        ),
        ([], MONDAY_MORNING, "nobody", "No hay canales informados.", None),
    ],
)
def test_first_line_and_first_channel(channels, at, state, sentence, lead):
    answer = advise(directory(*channels, at=at))
    assert (answer.state, answer.sentence) == (state, sentence)
    assert (answer.lead and answer.lead.code) == lead


def test_a_chosen_critical_request_is_led_by_the_line_that_takes_nothing_else():
    answer = advise(directory(line(), critical(), at=MONDAY_MORNING), "critico")
    assert (codes(answer.offered), answer.critical) == (["criticos", "linea"], None)


@pytest.mark.parametrize(("schedule", "state"), [("siempre", "open"), ("tarde", "closed")])
def test_the_line_for_critical_requests_has_a_state_of_its_own(schedule, state):
    answer = advise(directory(line("siempre"), critical(schedule), at=MONDAY_MORNING))
    assert (answer.critical.state, codes(answer.critical.offered)) == (state, ["criticos"])


def closed_today(code="navidad", **fields):
    closure = exception("2026-11-23", reason="Inventario", **fields)
    return {code: hours(code, "12345 07:00-19:00", exceptions=(closure,))}


@pytest.mark.parametrize(
    ("channels", "closures", "at_a_glance"),
    [
        # Of all ordinary channels: which these are goes without saying.
        ([line("cierra"), critical()], [("Hoy: cerrado", [])], 1),
        # What leads is open as ever.
        ([line(), channel("chat", "cierra")], [("Hoy: cerrado", ["chat"])], 0),
        # The critical line's own is not that of the service.
        ([line(), critical("cierra")], [], 0),
    ],
)
def test_a_closure_of_today_is_told_first(monkeypatch, channels, closures, at_a_glance):
    for code, closing in closed_today("cierra").items():
        monkeypatch.setitem(SCHEDULES, code, closing)
    found = directory(*channels, at=MONDAY_MORNING)
    answer = advise(found)
    told = [(each.text, [place.name for place in each.where]) for each in answer.closures]
    assert told == closures
    assert len(answer.closures_at_a_glance) == at_a_glance
    # Nothing is told twice, and nothing is missing.
    assert len(answer.upcoming) == len(found.announcements) - len(closures)


def test_a_holiday_that_the_first_line_names_is_not_told_again():
    answer = advise(directory(line(), critical(), at=IMMACULATE_CONCEPTION))
    assert answer.sentence.startswith("La Inmaculada Concepción: el horario de hoy no está")
    assert (answer.closures, [each.on for each in answer.upcoming]) == (
        (),
        [date(2026, 12, 25), date(2027, 1, 1)],
    )


def test_who_answers_around_the_clock_all_the_same_is_certain():
    day_and_night = [critical(), channel("chat", "siempre", types=["queja"])]
    answer = advise(directory(line(), *day_and_night, at=MONDAY_MORNING))
    assert ([each.on for each in answer.upcoming], codes(answer.as_always)) == (
        [date(2026, 12, 8)],
        ["criticos", "chat"],
    )
    # Where nothing is announced there is nothing to reassure of.
    assert advise(directory(*day_and_night, at=MONDAY_MORNING)).as_always == ()


@pytest.mark.parametrize(
    ("ending", "certain"),
    [({"valid_until": date(2026, 12, 1)}, []), ({"valid_until": date(2027, 5, 1)}, ["criticos"])],
)
def test_what_ends_meanwhile_is_not_certain(ending, certain):
    answer = advise(directory(line(), critical(**ending), at=MONDAY_MORNING))
    assert codes(answer.as_always) == certain
