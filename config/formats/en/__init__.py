"""English.

Formats alone.
"""
