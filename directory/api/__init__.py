"""The JSON API: read-only, for programs. `API.md` is its contract.

Serialises `directory.answers`; no rows and no rules of its own.
"""
