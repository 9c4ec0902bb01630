"""Spreadsheets: rows of the directory as CSV and XLSX, out and in again.

`files` is the door (what a file must be; a `tables.Table` comes out of it), `columns` and `sheets`
say what a column holds and which row of the database a line is, `uses` which contact points a row
gives; `documents` are what people download: one sheet, or several in a workbook. `importing` brings
a whole file in, or nothing of it.
"""
