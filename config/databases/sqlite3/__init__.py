"""The ENGINE `config.databases.sqlite3`.

Django looks for `base`; nothing else may come in.
"""
