"""What is wrong in a workbook is told by cell, of all sheets at once, and nowhere else."""

from datetime import date, datetime, time

import pytest

from directory.models import (
    Channel,
    ContactPoint,
    Notice,
    ScheduleException,
    Service,
)
from escalations.models import Absence, EscalationLevel
from tests import factories
from tests.directory.imports.workbooks import (
    CHANNEL,
    CHANNEL_HEADINGS,
    LEVEL_HEADINGS,
    bring_in,
    cells,
    file_of,
    small_document,
    told,
)

pytestmark = pytest.mark.django_db


def test_the_errors_of_all_sheets_are_told_at_once_by_cell(user):
    document = small_document(
        Horarios=[["Nombre", "Horario en texto"], ["Oficina", "L-V 1-5"]],
        Medios_de_contacto=[
            ["Clase", "Nombre", "Número o dirección"],
            ["Teléfono", "Línea", "601 744 2727"],
            ["Buscapersonas", "Otra", "601 744 2728"],
        ],
        Canales=[
            [*CHANNEL_HEADINGS, "Válido desde"],
            [*CHANNEL, "31/02/2026"],
            [*CHANNEL[:2], "Teléfono", "nada", "Oficina", "", ""],
        ],
        Niveles_de_escalamiento=[LEVEL_HEADINGS, ["Mesa de ayuda", "uno", "Ana", "2"]],
    )
    assert cells(bring_in(document, user)) == [
        "Horarios, B2",
        "Medios de contacto, A3",
        "Canales, G2",
        "Canales, D3",
        "Niveles de escalamiento, B2",
        "Niveles de escalamiento, D2",
    ]
    assert [Service.objects.count(), Channel.objects.count(), ContactPoint.objects.count()] == [
        0
    ] * 3


def test_hours_with_two_readings_are_refused_with_both(user):
    schedules = [["Nombre", "Horario en texto"], ["Oficina", "L-V 1-5"]]
    ((sheet, cell, message),) = told(bring_in(small_document(Horarios=schedules), user))
    assert (sheet, cell) == ("Horarios", "B2")
    assert "1 a.m. a 5 a.m." in message
    assert "1 p.m. a 5 p.m." in message


def test_what_only_follows_from_another_error_is_not_told(user):
    """The service is refused: its channels, levels and whom they name are not called unknown."""
    services = [["Nombre", "Revisado el"], ["Mesa de ayuda", "ayer"]]
    assert cells(bring_in(small_document(Servicios=services), user)) == ["Servicios, B2"]


def test_a_level_above_one_that_is_refused_is_not_told_as_a_gap(user):
    levels = [LEVEL_HEADINGS]
    levels += [["Mesa de ayuda", "1", "Ana", "nunca"], ["Mesa de ayuda", "2", "Ana", "2 h"]]
    found = cells(bring_in(small_document(Niveles_de_escalamiento=levels), user))
    assert found == ["Niveles de escalamiento, D2"]


def test_a_level_without_the_one_before_is_told(user):
    levels = [LEVEL_HEADINGS, ["Mesa de ayuda", "2", "Ana", ""]]
    outcome = bring_in(small_document(Niveles_de_escalamiento=levels), user)
    assert cells(outcome) == ["Niveles de escalamiento, B2"]
    assert EscalationLevel.objects.count() == 0


def test_sheets_and_columns_that_belong_to_nothing_are_told_with_the_other_errors(user):
    document = small_document(
        Notas=[["Algo"]],
        Canales=[[*CHANNEL_HEADINGS, "Fax"], [*CHANNEL, ""]],
        Horarios=[["Nombre", "Horario en texto"], ["Oficina", "siempre que haya luz"]],
    )
    found = cells(bring_in(document, user))
    assert sorted(found) == ["Canales, G1", "Horarios, B2", "Notas, "]
    assert Service.objects.count() == 0


def test_two_rows_of_one_code_name_both_cells(user):
    rows = [["Código", "Nombre"], ["uno", "Uno"], [], ["uno", "Otro"]]
    ((_sheet, cell, message),) = told(bring_in({"Tipos de solicitud": rows}, user))
    assert cell == "A4"
    assert message.startswith("A2 ")


def test_instructions_lists_notes_empty_rows_and_empty_columns_are_passed_over(user):
    document = {
        "Instrucciones": [["lo que sea"], ["=1+1"]],
        "LISTAS": [["1"], ["sí"]],
        "Lists": [["1"]],
        **small_document(Tipos_de_solicitud=[["Nombre", ""], ["# Ejemplo"], [], ["Todas", ""]]),
    }
    outcome = bring_in(document, user)
    assert (told(outcome), outcome.notes, outcome.added) == ([], 1, 7)


def test_what_excel_makes_of_days_times_and_booleans_is_read(user):
    headings = ["Motivo", "Primer día", "Último día", "En estos días", "Cierra a más tardar"]
    exceptions = [
        headings,
        [
            "Cierre",
            date(2026, 12, 24),
            "24/12/2026 ",
            "abre más tarde o cierra más temprano",
            time(14, 0),
        ],
    ]
    notices = [
        ["Texto", "Desde", "Hasta"],
        ["Sin servicio", datetime(2026, 12, 24, 8, 30), "25/12/2026 6 p.m."],  # noqa: DTZ001
    ]
    services = [["Nombre", "Publicado"], ["Mesa de ayuda", True]]
    document = {"Excepciones": exceptions, "Avisos": notices, "Servicios": services}
    outcome = bring_in(document, user)
    assert told(outcome) == []
    exception, notice = ScheduleException.objects.get(), Notice.objects.get()
    assert (exception.first_day, exception.closes_at_latest) == (date(2026, 12, 24), time(14))
    assert [str(at) for at in (notice.since, notice.until)] == [
        "2026-12-24 13:30:00+00:00",
        "2026-12-25 23:00:00+00:00",
    ]
    assert Service.objects.get().is_published
    assert bring_in(document, user).changes == []


DAY = "24/12/2026"


@pytest.mark.parametrize(
    ("sheet", "rows", "cell"),
    [
        ("Servicios", [["Nombre", "Publicado"], ["A", "quizás"]], "B2"),
        ("Servicios", [["Nombre"], ["=1+1"]], "A2"),
        ("Servicios", [["Nombre", "Dirección de la página"], ["A", "con espacio"]], "B2"),
        ("Servicios", [["Nombre", "successor"], ["A", "nada"]], "B2"),
        ("Tipos de solicitud", [["Nombre", "Posición"], ["A", 1.5]], "B2"),
        ("Tipos de solicitud", [["Nombre", "Posición"], ["A", True]], "B2"),
        ("Avisos", [["Texto", "Desde"], ["A", "24/12"]], "B2"),
        ("Avisos", [["Texto", "Desde"], ["A", "24/12/2026 99:00"]], "B2"),
        ("Avisos", [["Texto", "Canal"], ["A", "nada"]], "B2"),
        ("Avisos", [["Texto", "Hasta"], ["A", "1/1/2020"]], "B2"),
        ("Excepciones", [["Motivo", "Primer día"], ["A", "24/12/2026"]], ""),
        (
            "Excepciones",
            [
                ["Motivo", "Primer día", "Último día", "Horario en texto"],
                ["A", "24/12/2026", "24/12/2026", "1-5"],
            ],
            "D2",
        ),
        (
            "Tiempos de respuesta",
            [["Servicio", "Tipo de solicitud", "Responden en"], ["x", "y", "2"]],
            "A2",
        ),
        ("Ausencias", [["Responsable de escalamiento", "Primer día"], ["x", "1/1/2027"]], "A2"),
    ],
)
def test_a_wrong_cell_is_told_and_nothing_is_kept(user, sheet, rows, cell):
    outcome = bring_in({sheet: rows}, user)
    found = cells(outcome)
    assert found
    assert all(each.startswith(sheet) for each in found)
    if cell:
        assert found[0] == f"{sheet}, {cell}"
    assert [Service.objects.count(), Notice.objects.count(), Absence.objects.count()] == [0] * 3


def test_a_notice_that_was_ended_stays_history(user):
    notice = factories.NoticeFactory(code="viejo", text="Antes")
    notice.end(notice.since)
    rows = [["Código", "Texto"], ["viejo", "Otro"]]
    assert len(told(bring_in({"Avisos": rows}, user))) == 1
    again = [["Texto"], ["Antes"]]
    assert told(bring_in({"Avisos": again}, user)) == []
    assert Notice.objects.not_ended().get().code != "viejo"


def test_a_page_that_a_notice_leaves_is_published_too(user):
    first, second = (factories.complete_service(name=name) for name in ("Uno", "Dos"))
    rows = [["Código", "Texto", "Servicio"], ["a", "Sin servicio", first.slug]]
    bring_in({"Avisos": rows}, user)
    rows[1][2] = second.slug
    published = bring_in({"Avisos": rows}, user).editions
    assert {edition.service for edition in published} == {first, second}


def test_merged_cells_are_told_with_their_sheet(user):
    content = file_of(small_document(), lambda book: book["Canales"].merge_cells("A2:A3"))
    with pytest.raises(Exception, match=r"A2:A3") as refused:
        bring_in(content, user)
    assert "Canales" in str(refused.value)
