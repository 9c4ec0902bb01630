"""The back office of the directory."""

from directory.admin import (
    accounts,
    ahead,
    contact_points,
    editions,
    findings,
    schedules,
    services,
)

__all__ = [
    "accounts",
    "ahead",
    "contact_points",
    "editions",
    "findings",
    "schedules",
    "services",
]
