"""The back office: what staff see and edit.

May import every other room, none of which imports it. Rules about the data belong to the models.
"""

from directory.admin import (
    accounts,
    audit,
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
from directory.admin.four_eyes import pages as proposals
from directory.admin.withdrawn import withheld_texts

__all__ = [
    "accounts",
    "audit",
    "contact_points",
    "contact_reports",
    "editions",
    "findings",
    "groups",
    "notices",
    "proposals",
    "revisions",
    "schedule_exceptions",
    "schedules",
    "services",
    "subscriptions",
    "withheld_texts",
]
