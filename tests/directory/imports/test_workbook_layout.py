"""How a workbook looks in Excel: lists to choose from, help, examples, cells that stay text."""

import io

import pytest
from django.utils import translation
from openpyxl import load_workbook

from directory.imports.spreadsheets import file_import
from directory.imports.spreadsheets.directory_sheets import workbook_sheets
from directory.models import Channel, Service
from escalations.models import EscalationLevel
from tests import factories
from tests.directory.imports.workbooks import read, told, workbook

pytestmark = pytest.mark.django_db

REFERENCES = {
    "Canales": {
        "Servicio": "Servicios",
        "Tipos de solicitud": "Tipos de solicitud",
        "Horario": "Horarios",
        "Medios de contacto": "Medios de contacto",
    },
    "Contactos de un canal": {"Canal": "Canales", "Medio de contacto": "Medios de contacto"},
    "Responsables de escalamiento": {"Horario": "Horarios"},
    "Niveles de escalamiento": {
        "Servicio": "Servicios",
        "Responsable de escalamiento": "Responsables de escalamiento",
    },
    "Avisos": {"Servicio": "Servicios", "Canal": "Canales"},
    "Excepciones": {"Horarios": "Horarios"},
    "Ausencias": {"Reemplazo": "Responsables de escalamiento"},
    "Tiempos de respuesta": {"Servicio": "Servicios", "Tipo de solicitud": "Tipos de solicitud"},
}
KEYS = {"Servicios": "Dirección de la página"}
CHOICES = {
    "Servicios": {"Publicado": ["sí", "no"]},
    "Canales": {"Medio": [label for _value, label in Channel.Medium.choices]},
}


def opened(**options):
    return load_workbook(io.BytesIO(workbook().write("xlsx", **options)))


def column_of(sheet, heading):
    """The letter of a column by its heading."""
    return next(cell.column_letter for cell in sheet[1] if cell.value == heading)


def offered(sheet, heading, row=2):
    """The validation of the cells of a column."""
    cell = f"{column_of(sheet, heading)}{row}"
    found = [each for each in sheet.data_validations.dataValidation if cell in each.sqref]
    return found[0] if found else None


@pytest.mark.parametrize("title", REFERENCES)
def test_cells_offer_the_codes_of_the_other_sheets_and_of_rows_to_come(title):
    factories.complete_service()
    book = opened()
    for heading, other in REFERENCES[title].items():
        validation = offered(book[title], heading)
        letter = column_of(book[other], KEYS.get(other, "Código"))
        last = max(1000, book[other].max_row + 900)
        formula = validation.formula1
        assert formula.startswith(f"OFFSET('{other}'!${letter}$")
        assert int(formula.partition(":")[2].split(",")[0].split("$")[2]) > last
        # A name may be written, or a list.
        assert (validation.type, bool(validation.showErrorMessage)) == ("list", False)
        assert offered(book[title], heading, row=900) is validation


@pytest.mark.parametrize("title", CHOICES)
def test_cells_offer_what_a_column_may_say(title):
    book = opened()
    for heading, texts in CHOICES[title].items():
        sheet, _mark, cells = offered(book[title], heading).formula1.partition("!")
        choices = [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]
        assert choices == [str(text) for text in texts]
    assert book["Listas"].sheet_state == "hidden"


def test_what_is_typed_into_empty_cells_stays_text():
    book = opened()
    formats = {book["Canales"].column_dimensions[letter].number_format for letter in "ABG"}
    assert formats == {"@"}


def test_the_first_sheet_explains_every_sheet_and_column_and_headings_have_their_help():
    book = opened()
    instructions = [[cell or "" for cell in row] for row in book.worksheets[0].values]
    assert book.sheetnames[0] == "Instrucciones"
    for kind in workbook_sheets():
        sheet = kind()
        assert [sheet.title, "", str(sheet.description)] in instructions
        for column in sheet.columns:
            assert ["", column.heading, str(column.help_text)] in instructions
        hints = {
            str(each.sqref): each.prompt
            for each in book[sheet.title[:31]].data_validations.dataValidation
        }
        assert all(
            str(column.help_text)[:255] in hints.values()
            for column in sheet.columns
            if column.help_text
        )


def test_the_template_has_no_rows_and_its_examples_are_not_imported():
    factories.complete_service()
    content = workbook().write("xlsx", is_empty=True)
    outcome = file_import.preview(read(content))
    assert (told(outcome), outcome.changes, outcome.unchanged) == ([], [], 0)
    assert outcome.notes > 8


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_examples_without_their_mark_are_a_directory(user, language):
    with translation.override(language):
        book = opened(is_empty=True)
        for sheet in book.worksheets[1:]:
            for row in sheet.iter_rows(min_row=2):
                if str(row[0].value or "").startswith("#"):
                    row[0].value = row[0].value.removeprefix("#").strip()
        stream = io.BytesIO()
        book.save(stream)
        outcome = file_import.bring_in(read(stream.getvalue()), user, "ejemplo.xlsx")
    assert told(outcome) == []
    service = Service.objects.get()
    assert (service.is_published, service.channels.count()) == (False, 2)
    assert EscalationLevel.objects.get().escalate_after_minutes == 120


def test_a_workbook_in_one_language_comes_back_in_the_other(user):
    factories.complete_service()
    with translation.override("en"):
        content = workbook().write("xlsx")
    outcome = file_import.preview(read(content))
    assert (told(outcome), outcome.changes) == ([], [])
