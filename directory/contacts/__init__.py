"""Phones, the kinds of contacts and their links, replacements, text: pure functions over values.

No ORM, no rows: what a contact point *is* stands in `directory.models`.
"""
