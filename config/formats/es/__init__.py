"""Spanish.

Formats alone.
"""
