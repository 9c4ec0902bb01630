"""Data quality: what in the directory is probably wrong, and what to do about it.

Pages and commands use `findings()`, and the desk `last_look()`. Each check is a pure function over
the same loaded `Facts`, in a module named after what it looks at.
"""

from directory.upkeep.checks.finding import Finding, Level, Subject
from directory.upkeep.checks.runs import (
    Look,
    count_by_level,
    current_look,
    findings,
    for_object,
    last_look,
    look,
    look_if_changed,
)

__all__ = [
    "Finding",
    "Level",
    "Look",
    "Subject",
    "count_by_level",
    "current_look",
    "findings",
    "for_object",
    "last_look",
    "look",
    "look_if_changed",
]
