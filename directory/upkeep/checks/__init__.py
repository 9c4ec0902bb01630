"""Data quality: what in the directory is probably wrong, and what to do about it.

Checks are pure functions over loaded `Facts`; no requests and no pages come in here.
"""
