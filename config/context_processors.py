"""Context of every template."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def organization(request: HttpRequest) -> dict[str, Any]:
    """For every template: whose directory it is."""
    return {"organization": settings.ORGANIZATION}
