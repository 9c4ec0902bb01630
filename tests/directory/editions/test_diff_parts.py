"""What the page of changes says of parts that came or went: all that is to be known of them."""

from datetime import date

from msgspec.structs import replace

from directory.editions.diff.documents import changes
from tests.directory.documents import (
    DOCUMENT,
    E_MAIL,
    FIRST,
    LINE,
    PLAN,
    SECOND,
    TELEPHONE,
    with_channels,
    with_levels,
)

DECEMBER = {"valid_from": date(2026, 12, 1), "valid_until": date(2026, 12, 31)}


def facts(before, after):
    """The changes: what each is of, what was removed, what was added."""
    return [
        (change.what, change.before.splitlines(), change.after.splitlines())
        for change in changes(before, after)
    ]


TELEPHONE_FACTS = [
    "Teléfono · Línea de servicio: 601 744 2727, Opción 2, extensiones 1107, 1109",
    "Tipos de solicitud: Todas",
    "Horario: Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.",
]


def test_a_channel_that_came_or_went_is_told_with_its_types_hours_and_dates():
    channel = replace(TELEPHONE, description="Marque despacio.", **DECEMBER)
    added = [
        *TELEPHONE_FACTS,
        "Vigencia: desde el 1 de diciembre de 2026 hasta el 31 de diciembre de 2026",
        "Descripción: Marque despacio.",
    ]
    before, after = with_channels(E_MAIL), with_channels(channel, E_MAIL)
    assert facts(before, after) == [("Canal «Telefónico»", [], added)]
    assert facts(after, before) == [("Canal «Telefónico»", added, [])]


def test_a_channel_that_came_is_told_with_its_languages():
    [(_what, _before, after)] = facts(with_channels(TELEPHONE), DOCUMENT)
    assert after == [
        "Correo electrónico · Correo: soporte@example.com",
        "Tipos de solicitud: Todas, Incidentes",
        "Horario: Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.",
        "Idiomas: español e inglés",
    ]


def test_hours_that_nobody_stated_are_told_as_such():
    [(_what, _before, after)] = facts(
        with_channels(E_MAIL), with_channels(replace(TELEPHONE, schedule=""), E_MAIL)
    )
    assert after[2] == "Horario: no informado"


def test_a_level_that_came_or_went_is_told_with_who_answers_and_when():
    level = replace(SECOND, escalate_after_minutes=120, **DECEMBER)
    [(what, _before, after)] = facts(with_levels(FIRST), with_levels(FIRST, level))
    assert what == "Nivel 2"
    assert after[0] == "Supervisor · Ana Ruiz"
    assert after[1].startswith("Teléfono · Línea de servicio: 601 744 2727")
    assert "Vigencia: desde el 1 de diciembre de 2026 hasta el 31 de diciembre de 2026" in after
    assert after[-1] == "Tiempo para escalar: 2 horas"
    assert facts(with_levels(FIRST, level), with_levels(FIRST)) == [(what, after, [])]


def test_a_contact_that_came_is_told_with_its_label_and_what_is_planned():
    other = replace(
        LINE, code="otra", value="+576017450000", label="Bogotá", extensions=(), menu_options="",
        replacements=(PLAN,),
    )  # fmt: skip
    after = with_channels(replace(TELEPHONE, contacts=(LINE, other)), E_MAIL)
    [(what, _before, told)] = facts(DOCUMENT, after)
    assert what == "Teléfono"
    [line] = told
    assert line.startswith("Bogotá: 601 745 0000; el 1 de diciembre de 2026: ")


def test_the_first_edition_names_what_it_has():
    [(what, _before, after)] = facts(None, DOCUMENT)
    assert what == "Primera edición"
    assert after == [
        "2 canales y 2 niveles de escalamiento",
        "Telefónico: 601 744 2727, Opción 2, extensiones 1107, 1109 · Todas · "
        "Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.",
        "Correo electrónico: soporte@example.com · Todas, Incidentes · "
        "Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.",
        "Nivel 1: Grupo de soporte · 601 744 2727, Opción 2, extensiones 1107, 1109 · "
        "Lunes a viernes: 7 a.m. a 7 p.m. Sábado: 8 a.m. a 1 p.m.",
        "Nivel 2: Supervisor · Ana Ruiz · 601 744 2727, Opción 2, extensiones 1427, 1428",
    ]
