"""Attacks by the text of a cell: it is refused before anything looks for hours or numbers in it."""

from time import process_time

import pytest

from directory.imports.spreadsheets import file_import, files, matching
from directory.imports.spreadsheets.cells import LONGEST_CELL
from directory.imports.spreadsheets.columns import LONGEST_ENTRY
from directory.imports.spreadsheets.directory_sheets import workbook_sheets
from tests.directory.imports.sheet_files import as_xlsx
from tests.factories import weekday_schedule

pytestmark = pytest.mark.django_db
AWKWARD = {
    "digits": "9",
    "hours": "L-V 8-9; ",
    "lines": "a\n",
    "codes": "x,",
    "brackets": "(",
    "ligatures": "\ufdfa",
    "marks": "a\u0301\u0316",
    "joiners": "\u0628\u200d",
}


@pytest.mark.parametrize("sheet_class", workbook_sheets(), ids=lambda each: each.name)
@pytest.mark.parametrize("length", [LONGEST_ENTRY, LONGEST_CELL])
def test_cells_of_awkward_characters_take_little_time(sheet_class, length):
    """A file with each of these texts in every cell of a line."""
    sheet = sheet_class()
    texts = (("a" + piece * length)[:length] for piece in AWKWARD.values())
    headings = sheet.headings()
    content = as_xlsx([headings, *([text] * len(headings) for text in texts)])
    begun = process_time()
    [(_title, records)] = files.read("a.xlsx", content)
    assert file_import.preview([matching.match(sheet, records)]).errors
    assert process_time() - begun < 2


def test_a_cell_that_is_no_prose_says_how_long_it_may_be():
    sheet = next(each for each in workbook_sheets() if each.name == "schedules")()
    records = [(1, ["code", "hours"]), (2, ["oficina", "L-V 8-9; " * 200])]
    content = as_xlsx([row for _number, row in records])
    [(_title, records)] = files.read("a.xlsx", content)
    [error] = matching.match(sheet, records).errors
    assert error.message == "Este texto es demasiado largo: a lo sumo 1000 caracteres."


def test_a_choice_that_is_kept_as_a_number_is_read():
    schedule = weekday_schedule(code="oficina")
    line = [schedule.code, "Sábado", "8:00", "12:00", "2026-12-01"]
    content = as_xlsx([["schedule", "day", "opens", "closes", "valid_from"], line])
    [(_title, records)] = files.read("a.xlsx", content)
    sheet = next(each for each in workbook_sheets() if each.name == "seasons")()
    assert file_import.preview([matching.match(sheet, records)]).errors == []
