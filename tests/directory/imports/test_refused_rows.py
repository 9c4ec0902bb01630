"""Rows of spreadsheets that are refused, each at its row and column."""

import re
from datetime import date, time

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError

from directory.imports.spreadsheets.directory_sheets import (
    ChannelContactSheet,
    ChannelSheet,
    ContactPointSheet,
)
from directory.models import ChannelContact, ContactPoint
from tests import factories
from tests.directory.imports.sheet_files import (
    HEADINGS,
    as_csv,
    as_xlsx,
    bring_in,
    channel_giving,
    everything,
    match,
    places,
    row_of,
    told,
)

pytestmark = pytest.mark.django_db

SAME_AS = "La fila %d dice lo mismo aquí, y se guarda una sola vez. Cambie una de las dos."
GOOD_ROW = row_of(code="bueno", value="601 744 2799")


@pytest.mark.parametrize(
    ("changed", "column", "message"),
    [
        ({"value": "744 2727"}, "Número o dirección", "Falta el indicativo"),
        ({"value": ""}, "Número o dirección", "Llene este dato"),
        ({"value": "601 744 2700"}, "Número o dirección", "ya es un medio de contacto"),
        ({"kind": "pager"}, "Clase", "Escriba uno de estos"),
        ({"kind": "email"}, "Número o dirección", "correo"),
        ({"label": ""}, "Nombre", "vacío"),
        ({"label": "x" * 121}, "Nombre", "120"),
        ({"label": "x" * 10_001}, "Nombre", "demasiado largo"),
        ({"verified_on": "31/02/2026"}, "Verificado el", "no es una fecha"),
        ({"code": "con espacio"}, "Código", "letras sin tildes"),
        ({"label": "=1+1"}, "Nombre", "fórmula"),
        ({"label": "@SUM(A1)"}, "Nombre", "fórmula"),
        ({"label": "-2+3"}, "Nombre", "fórmula"),
        ({"label": "\t=1+1"}, "Nombre", "fórmula"),
        ({"label": " =1+1"}, "Nombre", "fórmula"),
    ],
)
def test_one_wrong_cell_is_told_in_words_and_refuses_the_file(
    write, user, changed, column, message
):
    factories.PhoneFactory(phone="+576017442700")
    before = everything()
    outcome = bring_in(ContactPointSheet, write(HEADINGS, GOOD_ROW, row_of(**changed)), user)
    ((row, where, text),) = told(outcome)
    assert (row, where) == (3, column)
    assert message in text
    assert everything() == before
    assert LogEntry.objects.count() == 0


def test_one_wrong_cell_in_row_512_keeps_the_others_out(write, user):
    good = [row_of(code=f"c{i}", value=f"31871{i:05d}") for i in range(2, 512)]
    file = write(HEADINGS, *good, row_of(value="744 2727"))
    assert places(bring_in(ContactPointSheet, file, user)) == [(512, "Número o dirección")]
    assert ContactPoint.objects.count() == 0


def test_blank_rows_count_as_the_spreadsheet_counts_them(write, user):
    file = write(["Código", "Clase", "Nombre"], [""], ["x", "phone", "X"])
    assert [row for row, *_ in told(bring_in(ContactPointSheet, file, user))] == [3]


def test_every_error_of_a_file_is_told_at_once(write, user):
    rows = [
        row_of(code="a", value="744 2727"),
        row_of(code="b", kind="pager"),
        row_of(code="c", value="601 744 2727"),
        row_of(code="c", value="601 744 2729"),
    ]
    wrong = [(2, "Número o dirección"), (3, "Clase"), (5, "Código")]
    assert places(bring_in(ContactPointSheet, write(HEADINGS, *rows), user)) == wrong


@pytest.mark.parametrize(
    "rows",
    [
        [HEADINGS, row_of(code="x"), row_of(code="y")],
        [["code", "value"], ["b", "(601) 7442700"], ["a", "601 744 2700"]],
    ],
    ids=["both new", "one keeps it"],
)
def test_a_number_that_two_rows_give_is_refused_at_both(write, user, rows):
    factories.PhoneFactory(code="a", phone="+576017442700")
    factories.PhoneFactory(code="b", phone="+576017442701")
    before = everything()
    assert told(bring_in(ContactPointSheet, write(*rows), user)) == [
        (2, "Número o dirección", SAME_AS % 3),
        (3, "Número o dirección", SAME_AS % 2),
    ]
    assert everything() == before


USE = {"service": "mesa", "channel": "canal", "contact point": "correo"}
CHANNEL = {"service": "mesa", "code": "canal"}
WRONG_CHANNEL = {"title": "x" * 121, "schedule": "nada", "valid from": "1999-12-31"}
NEW_CHANNEL = {"service": "mesa", "code": "a", "medium": "chat", "title": "Chat"}


@pytest.mark.parametrize(
    ("sheet", "row", "columns"),
    [
        # What identifies a row, or belongs elsewhere.
        (ContactPointSheet, {"code": "correo", "kind": "WhatsApp"}, ["Clase"]),
        (ChannelContactSheet, {**USE, "value": "601 999 9999"}, ["Número o dirección"]),
        # In the order of the columns.
        (
            ChannelSheet,
            {**CHANNEL, **WRONG_CHANNEL, "valid until": "mañana"},
            ["Título", "Horario", "Válido desde", "Válido hasta"],
        ),
        # Codes that nothing has.
        (
            ChannelSheet,
            {**NEW_CHANNEL, "request types": "nada, todas", "schedule": "nunca"},
            ["Tipos de solicitud", "Horario"],
        ),
        (
            ChannelContactSheet,
            {**USE, "channel": "nada", "contact point": "nada"},
            ["Canal", "Medio de contacto"],
        ),
        (ChannelSheet, {**CHANNEL, "contact points": "correo, nada"}, ["Medios de contacto"]),
        # An address has none.
        (ChannelContactSheet, {**USE, "extensions": "1107"}, ["Extensiones"]),
    ],
)
def test_wrong_cells_are_told_at_their_columns(write, user, sheet, row, columns):
    factories.ChannelFactory(
        service__slug="mesa", code="canal", contacts=[factories.EmailFactory(code="correo")]
    )
    before = everything()
    outcome = bring_in(sheet, write([*row], [*row.values()]), user)
    assert places(outcome) == [(2, column) for column in columns]
    assert everything() == before


def test_what_the_database_alone_refuses_is_told_at_its_row(write, user, monkeypatch):
    def refuse(point):
        raise IntegrityError

    monkeypatch.setattr(ContactPoint, "save", refuse)
    file = write(HEADINGS, row_of())
    message = "Esta fila contradice otra y no se puede guardar."
    assert told(bring_in(ContactPointSheet, file, user)) == [(2, "", message)]


def test_who_may_not_add_cannot_add_by_spreadsheet(write, user):
    file = write(HEADINGS, row_of())
    outcome = bring_in(ContactPointSheet, file, user, may=lambda action, model: action != "add")
    assert [row for row, *_ in told(outcome)] == [2]
    assert ContactPoint.objects.count() == 0


@pytest.mark.parametrize(
    ("headings", "named"),
    [
        (["Código", "Telefono"], "Telefono"),
        (["Código", "Nombres"], r"«Nombres» \(¿quiso decir «Nombre»\?\)"),
        (["Nombre", "Clase"], "Código"),
        (["Código", "codigo"], "codigo"),
        (["Código", "", "Clase"], "B"),
    ],
)
def test_wrong_columns_are_named(write, headings, named):
    file = write(headings, ["x"] * len(headings))
    assert any(re.search(named, error.message) for error in match(ContactPointSheet(), file).errors)


def test_replacements_that_lead_back_are_refused(write, user):
    factories.PhoneFactory(code="a")
    factories.PhoneFactory(code="b")
    before = everything()
    rows = ["a", "b", "2026-12-01"], ["b", "a", "2026-12-02"]
    file = write(["code", "replaced by", "replaced on"], *rows)
    assert places(bring_in(ContactPointSheet, file, user)) == [(3, "Reemplazado por")]
    assert everything() == before


def test_a_new_row_that_replaces_itself_is_told_once(write, user):
    headings = [*HEADINGS, "replaced by", "replaced on"]
    file = write(headings, [*row_of(), "x", "2026-12-01"])
    assert places(bring_in(ContactPointSheet, file, user)) == [(2, "Reemplazado por")]


# ---- What programs make of a value -------------------------------------------------------------


@pytest.mark.parametrize("text", ["6017442999.0", "6017442999,0", "601 744 2999"])
def test_a_number_that_a_program_made_a_quantity_is_read(user, text):
    file = as_csv([HEADINGS, row_of(value=text)])
    assert told(bring_in(ContactPointSheet, ("a.csv", file), user)) == []
    assert ContactPoint.objects.get().value == "+576017442999"


@pytest.mark.parametrize("text", ["6,01744E+09", "6.017442999E9", "6E+09"])
def test_a_number_that_lost_its_digits_is_refused(write, user, text):
    outcome = bring_in(ContactPointSheet, write(HEADINGS, row_of(value=text)), user)
    ((row, column, message),) = told(outcome)
    assert (row, column) == (2, "Número o dirección")
    assert "Aquí se perdieron dígitos" in message


def use_file(extensions, menu_options=""):
    """The only use of a contact point, in Excel."""
    use = ChannelContact.objects.select_related("channel__service", "contact_point").get()
    found = [use.channel.service.slug, use.channel.code, use.contact_point.code]
    headings = ["service", "channel", "contact point", "extensions", "menu options"]
    return "a.xlsx", as_xlsx([headings, [*found, extensions, menu_options]])


@pytest.mark.parametrize(
    ("held", "written"), [("0012", 12), ("0012, 1107", "12, 1107"), ("1107, 0", "1107,00")]
)
def test_zeros_that_excel_took_from_extensions_are_refused(user, held, written):
    channel_giving(factories.PhoneFactory(code="a"))
    ChannelContact.objects.update(extensions=held)
    ((row, column, message),) = told(bring_in(ChannelContactSheet, use_file(written, "2"), user))
    assert (row, column) == (2, "Extensiones")
    assert f"«{held}»" in message
    assert ChannelContact.objects.get().extensions == held


@pytest.mark.parametrize("written", ["1108.0", 1108.0, 1108])
def test_an_extension_that_a_program_made_a_quantity_is_read(user, written):
    channel_giving(factories.PhoneFactory(code="a"))
    assert told(bring_in(ChannelContactSheet, use_file(written, "2"), user)) == []
    assert ChannelContact.objects.get().extensions == "1108"


@pytest.mark.parametrize("day", [date(2026, 4, 2), time(2, 4)])
def test_menu_options_that_excel_made_a_date_are_refused(user, day):
    channel_giving(factories.PhoneFactory(code="a"))
    ((row, column, message),) = told(bring_in(ChannelContactSheet, use_file("1107", day), user))
    assert (row, column) == (2, "Opciones de menú")
    assert "fecha" in message
