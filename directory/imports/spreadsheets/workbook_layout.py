"""How a download looks: headings with their help, lists to choose from, examples, instructions."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from directory.imports.spreadsheets.columns import Column
from directory.imports.spreadsheets.matching import NOTE
from directory.imports.spreadsheets.sheet import Sheet
from directory.imports.spreadsheets.xlsx_files import LONGEST_TITLE, Table

INSTRUCTIONS, LISTS = gettext_lazy("Instructions"), gettext_lazy("Lists")
# What a workbook may have besides its tables. An import passes over them.
NO_TABLES = (INSTRUCTIONS, LISTS)


def tables(sheets: list[Sheet], is_whole: bool, is_empty: bool = False) -> list[Table]:
    """The sheets of a download. `is_whole`: with instructions; `is_empty`: as a template, without
    the rows of the database. A sheet without rows has examples instead."""
    found = [_table(sheet, [] if is_empty else sheet.texts()) for sheet in sheets]
    choices = list(_choices(sheets))
    offered = _lists_of(sheets, found, choices)
    found = [table._replace(lists=each) for table, each in zip(found, offered, strict=True)]
    if choices:
        found.append(_choices_table(choices))
    return [_instructions(sheets), *found] if is_whole else found


def _table(sheet: Sheet, rows: list[list[str]]) -> Table:
    notes = [] if rows else [_example(sheet, each) for each in sheet.examples]
    helps = [str(column.help_text) for column in sheet.columns]
    return Table(sheet.title, sheet.headings(), rows, notes, helps)


def _example(sheet: Sheet, values: dict[str, Any]) -> list[str]:
    first, *others = (str(values.get(column.name, "")) for column in sheet.columns)
    return [f"{NOTE} {first}", *others]


def _choices(sheets: Iterable[Sheet]) -> Iterable[list[str]]:
    """Each set of texts that some columns may have, once."""
    found = [column.choices() for sheet in sheets for column in sheet.columns]
    return [list(each) for each in dict.fromkeys(map(tuple, filter(None, found)))]


def _choices_table(choices: list[list[str]]) -> Table:
    rows = [
        [each[number] if number < len(each) else "" for each in choices]
        for number in range(max(map(len, choices)))
    ]
    return Table(
        str(LISTS), [str(number) for number in range(1, len(choices) + 1)], rows, is_hidden=True
    )


def _lists_of(
    sheets: list[Sheet], found: list[Table], choices: list[list[str]]
) -> list[dict[int, tuple[str, bool]]]:
    by_model = {sheet.model: (sheet, table) for sheet, table in zip(sheets, found, strict=True)}

    def formula(column: Column) -> tuple[str, bool] | None:
        if texts := column.choices():
            letter = get_column_letter(choices.index(texts) + 1)
            return f"'{LISTS}'!${letter}$2:${letter}${len(texts) + 1}", True
        if column.refers_to not in by_model:
            return None
        sheet, table = by_model[column.refers_to]
        names = [each.name for each in sheet.columns]
        letter, title = (
            get_column_letter(names.index(sheet.key[-1]) + 1),
            table.title[:LONGEST_TITLE],
        )
        # Examples are nothing to choose.
        begins = 2 + len(table.notes)
        first, last = f"'{title}'!${letter}${begins}", f"${letter}${table.last_row}"
        # Without the empty rows at its end, among which a list would open.
        return f'OFFSET({first},0,0,MAX(1,COUNTIF({first}:{last},"?*")),1)', False

    return [
        {number: each for number, column in enumerate(sheet.columns) if (each := formula(column))}
        for sheet in sheets
    ]


def _instructions(sheets: list[Sheet]) -> Table:
    steps = [
        _("Fill in the sheets that you need; leave the others as they are, or delete them."),
        _("One line is one thing. What you delete here is not deleted there."),
        _(
            "Where another sheet is named, choose from the list of the cell, or write the code or "
            "the name. What you add in this workbook counts too."
        ),
        _("Leave a code empty for something new: it gets one of its name."),
        _("Lines that begin with # are examples and are not imported. Take the # away to use one."),
        _("Upload the workbook. You see what changes before anything is saved."),
    ]
    rows = [[f"{number}.", "", step] for number, step in enumerate(steps, 1)]
    for sheet in sheets:
        rows.append(["", "", ""])
        rows.append([sheet.title, "", str(sheet.description)])
        rows += [["", column.heading, str(column.help_text)] for column in sheet.columns]
    headings = [_("Sheet"), _("Column"), _("What it holds")]
    return Table(capfirst(str(INSTRUCTIONS)), headings, rows, is_prose=True)
