"""Workbooks with several sheets, and what is told of bringing them in."""

import io

from openpyxl import Workbook

from directory.imports.spreadsheets import file_import
from directory.imports.spreadsheets.directory_sheets import workbook_sheets
from directory.imports.spreadsheets.sheet_files import WorkbookFile

TYPES = [["Nombre"], ["Todas"]]
SERVICES = [["Nombre", "Publicado"], ["Mesa de ayuda", "sí"]]
SCHEDULES = [["Nombre", "Horario en texto"], ["Oficina", "L-V 8:00-17:00"]]
POINTS = [["Clase", "Nombre", "Número o dirección"], ["Teléfono", "Línea", "601 744 2727"]]
CHANNEL_HEADINGS = [
    "Servicio",
    "Título",
    "Medio",
    "Tipos de solicitud",
    "Horario",
    "Medios de contacto",
]
CHANNEL = ["Mesa de ayuda", "Por teléfono", "Teléfono", "Todas", "Oficina", "(601) 7442727"]
CONTACTS = [["Nombre", "Persona", "Medios de contacto"], ["Supervisión", "Ana", "601 744 2727"]]
LEVEL_HEADINGS = ["Servicio", "Nivel", "Responsable de escalamiento", "Escalar después de"]
LEVELS = [LEVEL_HEADINGS, ["Mesa de ayuda", "1", "Ana", "2 horas"]]


def small_document(**changed):
    """The sheets of a directory of one service as a stranger writes it, without any code."""
    sheets = {
        "Niveles de escalamiento": LEVELS,
        "Canales": [CHANNEL_HEADINGS, CHANNEL],
        "Responsables de escalamiento": CONTACTS,
        "Servicios": SERVICES,
        "Medios de contacto": POINTS,
        "Horarios": SCHEDULES,
        "Tipos de solicitud": TYPES,
    }
    return sheets | {title.replace("_", " "): rows for title, rows in changed.items()}


def file_of(sheets, change=lambda book: None):
    """The bytes of a workbook with these sheets, in their order."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(**options):
    return WorkbookFile([sheet(**options) for sheet in workbook_sheets()])


def read(content, **options):
    return workbook(**options).read("todo.xlsx", content)


def preview(sheets, **options):
    return file_import.preview(read(file_of(sheets), **options))


def bring_in(sheets, user, **options):
    content = sheets if isinstance(sheets, bytes) else file_of(sheets)
    return file_import.bring_in(read(content, **options), user, "todo.xlsx")


def told(outcome):
    """Sheet, cell and message of each error."""
    return [(each.sheet, each.cell, each.message) for each in outcome.errors]


def cells(outcome):
    return [f"{each.sheet}, {each.cell}" for each in outcome.errors]
