"""The JSON API: read-only, for programs. `openapi.json` describes it.

Serialises `directory.answers`; no rules of its own, and of the rows only codes of request types.
"""
