"""What changed on the levels of escalation, and when what was added holds."""

from datetime import date

import pytest
from msgspec.structs import replace

from tests.directory.documents import (
    DOCUMENT,
    E_MAIL,
    FIRST,
    NETWORKS,
    SECOND,
    TELEPHONE,
    with_channels,
    with_levels,
)
from tests.directory.editions.test_diff import sentences


def test_level_that_moves_keeps_its_identity():
    after = with_levels(replace(SECOND, level=1), replace(FIRST, level=2))
    assert sentences(DOCUMENT, after) == [
        "Supervisor · Ana Ruiz: pasa de «Nivel 2» a «Nivel 1»",
        "Grupo de soporte: pasa de «Nivel 1» a «Nivel 2»",
    ]


def test_level_added_with_its_person():
    assert sentences(with_levels(FIRST), DOCUMENT) == [
        "Nivel 2 agregado (Supervisor · Ana Ruiz): Tiempo para escalar: 30 minutos · "
        "601 744 2727, Opción 2, extensiones 1427, 1428"
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"valid_from": date(2026, 12, 1)}, "desde el 1 de diciembre de 2026"),
        (
            {"valid_from": date(2026, 12, 1), "valid_until": date(2026, 12, 24)},
            "desde el 1 de diciembre de 2026 hasta el 24 de diciembre de 2026",
        ),
    ],
)
def test_what_is_added_or_removed_says_its_days(days, words):
    channel = with_channels(TELEPHONE, replace(E_MAIL, **days))
    level = with_levels(FIRST, replace(SECOND, **days))
    for before, after, what in [
        (with_channels(TELEPHONE), channel, "Canal «Correo electrónico» agregado"),
        (channel, with_channels(TELEPHONE), "Canal «Correo electrónico» retirado"),
        (with_levels(FIRST), level, "Nivel 2 agregado (Supervisor · Ana Ruiz)"),
        (level, with_levels(FIRST), "Nivel 2 retirado (Supervisor · Ana Ruiz)"),
    ]:
        [said] = sentences(before, after)
        assert said.startswith(f"{what}: {words}")


def test_a_channel_that_is_not_the_last_says_where_it_stands():
    first = with_channels(E_MAIL, TELEPHONE)
    [said] = sentences(with_channels(TELEPHONE), first)
    assert said.startswith("Canal «Correo electrónico» agregado (número 1 de 2): soporte@")


TIER = replace(SECOND, title="Tier 2")


LINUX = replace(NETWORKS, level=2, title="Tier 2", purpose="Linux", contact="linux", name="Linux")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([SECOND], [TIER], "Título del nivel 2: se agrega Tier 2"),
        # Said once, however many contacts the level has.
        (
            [TIER, LINUX],
            [replace(TIER, title="Soporte B"), replace(LINUX, title="Soporte B")],
            "Título del nivel 2: Tier 2 → Soporte B",
        ),
        (
            [TIER],
            [TIER, LINUX],
            "Nivel 2 · Tier 2: se agrega Linux: Linux · "
            "601 744 2727, Opción 2, extensiones 1107, 1109 · Incidentes",
        ),
        ([TIER, LINUX], [LINUX], "Nivel 2 · Tier 2: se retira Supervisor · Ana Ruiz"),
        (
            [],
            [LINUX],
            "Nivel 2 · Tier 2 agregado (Linux: Linux) · "
            "601 744 2727, Opción 2, extensiones 1107, 1109 · Incidentes",
        ),
        ([LINUX], [], "Nivel 2 · Tier 2 retirado (Linux: Linux)"),
        (
            [LINUX],
            [replace(LINUX, purpose="Unix")],
            "Para qué es: Linux → Unix en «Nivel 2 · Tier 2»",
        ),
        (
            [TIER, LINUX],
            [TIER, replace(LINUX, request_types=())],
            "Nivel 2 · Tier 2 (Linux): tipo de solicitud «Incidentes» retirado",
        ),
        (
            [TIER, LINUX],
            [TIER, replace(LINUX, contact="jefe", name="Jefe")],
            "Quién responde: Linux se reemplaza por Jefe en «Nivel 2 · Tier 2 (Linux)»",
        ),
    ],
)
def test_levels_are_called_by_their_titles_and_their_contacts_by_what_they_are_for(
    before, after, expected
):
    assert sentences(with_levels(FIRST, *before), with_levels(FIRST, *after)) == [expected]
