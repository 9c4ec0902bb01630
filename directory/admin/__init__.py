"""The back office of the directory."""

from directory.admin import contact_points, editions, findings, schedules, services

__all__ = ["contact_points", "editions", "findings", "schedules", "services"]
