"""The ENGINE `config.databases.postgresql`.

Django looks for `base`; nothing else may come in.
"""
