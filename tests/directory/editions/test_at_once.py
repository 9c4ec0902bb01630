"""What customers notice of a change at once, and how much of a page it concerns."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from directory.editions.diff.at_once import Reach, at_once, reach
from tests.directory.documents import (
    DOCUMENT,
    E_MAIL,
    FIRST,
    LINE,
    SECOND,
    TELEPHONE,
    weekly,
    with_channels,
    with_hours,
    with_levels,
)

# A Monday at ten.
NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("America/Bogota"))
YESTERDAY, TODAY, TOMORROW = (date(2026, 11, day) for day in (22, 23, 24))


def mail(**fields):
    return with_channels(TELEPHONE, replace(E_MAIL, **fields))


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (
            with_channels(TELEPHONE),
            "Desaparece de inmediato: canal «Correo electrónico» y "
            "Correo electrónico soporte@example.com",
        ),
        (
            mail(valid_until=YESTERDAY),
            "Desaparece de inmediato: canal «Correo electrónico» y "
            "Correo electrónico soporte@example.com",
        ),
        (mail(contacts=()), "Desaparece de inmediato: Correo electrónico soporte@example.com"),
        (with_levels(FIRST), "Desaparece de inmediato: Nivel 2"),
        (with_hours(spans=weekly(2)), "Se cierra de inmediato: "),
    ],
)
def test_what_disappears_or_closes_is_told(after, said):
    [sentence] = at_once(DOCUMENT, after, NOW)
    assert sentence.startswith(said)


def test_what_opens_is_told():
    [sentence] = at_once(with_hours(spans=weekly(2)), DOCUMENT, NOW)
    assert sentence.startswith("Se abre de inmediato: ")


@pytest.mark.parametrize(
    "after",
    [
        DOCUMENT,
        replace(DOCUMENT, name="Otro"),
        # Until some day, the day itself included; of another name; of another order.
        mail(valid_until=TODAY),
        mail(valid_until=TOMORROW),
        mail(title="Escríbanos"),
        with_channels(E_MAIL, TELEPHONE),
        with_levels(FIRST, replace(SECOND, person="Iván")),
    ],
)
def test_what_stays_for_today_is_not_told(after):
    assert at_once(DOCUMENT, after, NOW) == []


def test_what_was_not_shown_yet_does_not_disappear():
    planned = mail(valid_from=TOMORROW)
    assert at_once(planned, with_channels(TELEPHONE), NOW) == []


def test_a_number_disappears_when_another_takes_its_place():
    other = with_channels(
        replace(TELEPHONE, contacts=(replace(LINE, code="otra", value="+576012223344"),)), E_MAIL
    )
    levels = replace(other, escalation=replace(other.escalation, levels=()))
    alone = replace(DOCUMENT, escalation=levels.escalation)
    assert at_once(alone, levels, NOW) == ["Desaparece de inmediato: Teléfono 601 744 2727"]


CRITICAL = tuple(replace(kind, is_critical=True) for kind in TELEPHONE.request_types)
URGENT = replace(TELEPHONE, request_types=CRITICAL)


@pytest.mark.parametrize(
    ("before", "after", "expected", "words"),
    [
        (DOCUMENT, replace(DOCUMENT, name="Otro"), Reach(), ""),
        (DOCUMENT, mail(title="Escríbanos"), Reach(ordinary=1), "1 línea habitual"),
        (
            with_channels(URGENT, E_MAIL),
            with_channels(replace(URGENT, title="Línea")),
            Reach(ordinary=1, critical=1),
            "1 línea habitual y 1 línea de solicitudes críticas",
        ),
        (DOCUMENT, with_levels(FIRST), Reach(levels=1), "1 nivel de escalamiento"),
        (DOCUMENT, with_channels(), Reach(ordinary=2), "2 líneas habituales"),
    ],
)
def test_how_much_of_a_page_is_concerned(before, after, expected, words):
    found = reach(before, after)
    assert (found, str(found)) == (expected, words)


def test_a_schedule_concerns_all_that_keep_it():
    assert reach(DOCUMENT, with_hours(spans=weekly(2))).ordinary >= 1
