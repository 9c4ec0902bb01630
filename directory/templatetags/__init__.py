"""Filters and tags of the templates.

Formatting only: what a page says comes from `directory.answers`. No queries.
"""
