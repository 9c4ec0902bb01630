"""Phones, links and the text that people type: pure functions over values.

No ORM, no rows: what a contact point *is* stands in `directory.models`.
"""
