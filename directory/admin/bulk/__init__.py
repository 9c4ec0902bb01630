"""Work on many rows at once: spreadsheets, replacing, copying, verifying.

Pages and forms only: the changes are made by `directory.upkeep` and `directory.imports`.
"""
