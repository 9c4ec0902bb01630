"""Whole directories in and out: fixtures, and spreadsheets (`directory_sheets`: their columns).

Files are read and written here; the pages that take them are in `directory.admin`.
"""
