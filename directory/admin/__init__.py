"""The back office of the directory."""

from directory.admin import accounts, contact_points, editions, findings, schedules, services

__all__ = ["accounts", "contact_points", "editions", "findings", "schedules", "services"]
