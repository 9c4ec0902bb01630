"""The JSON API: read-only, for programs. `openapi.json` describes it.

Serialises `directory.answers`; no rows and no rules of its own.
"""
