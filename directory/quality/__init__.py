"""Data quality: what in the directory is probably wrong, and what to do about it.

`findings()` is what pages and commands use. Each check is a pure function over the same loaded
`Facts`, in a module named after what it looks at.
"""

from directory.quality.finding import Finding, Level, Subject
from directory.quality.looking import count_by_level, findings, for_object, remembered

__all__ = ["Finding", "Level", "Subject", "count_by_level", "findings", "for_object", "remembered"]
