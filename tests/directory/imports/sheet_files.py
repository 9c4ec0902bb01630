"""Spreadsheet files as Excel in Spanish writes them."""

import csv
import io

from openpyxl import Workbook

from directory.imports.spreadsheets import files


def as_csv(rows):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode("cp1252")


def as_xlsx(rows, change=lambda workbook: None):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def records_of(name, content):
    """The records of a file with one sheet."""
    ((_title, records),) = files.read(name, content)
    return records
