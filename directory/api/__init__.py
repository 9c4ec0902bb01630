"""The JSON API: read-only, for programs. `API.md` is its contract.

Says what `directory.answers` says; no rows and no rules of its own.
"""
