"""The back office: what staff see and edit.

May import every other room of the app; no other room imports it.
"""

from directory.admin import (
    accounts,
    contact_points,
    editions,
    findings,
    schedules,
    services,
)

__all__ = [
    "accounts",
    "contact_points",
    "editions",
    "findings",
    "schedules",
    "services",
]
