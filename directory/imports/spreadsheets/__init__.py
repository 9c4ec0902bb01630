"""Spreadsheets of the directory as CSV and XLSX: `directory_sheets` declares the columns of each.

Files, columns, sheets and their import. No pages: these are in `directory.admin.bulk`.
"""
