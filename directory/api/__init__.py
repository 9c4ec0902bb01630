"""The JSON API: read-only, for programs. `openapi.json` describes it.

Says what `directory.answers` says; no rows and no rules of its own.
"""
