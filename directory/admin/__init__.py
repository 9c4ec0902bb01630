"""The back office: what staff see and edit.

May import every other room, none of which imports it. Rules about the data belong to the models.
"""

from directory.admin import (
    accounts,
    contact_points,
    contact_reports,
    editions,
    findings,
    groups,
    notices,
    revisions,
    schedule_exceptions,
    schedules,
    services,
    subscriptions,
)

__all__ = [
    "accounts",
    "contact_points",
    "contact_reports",
    "editions",
    "findings",
    "groups",
    "notices",
    "revisions",
    "schedule_exceptions",
    "schedules",
    "services",
    "subscriptions",
]
