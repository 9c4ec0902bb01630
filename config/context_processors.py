"""Context of every template."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def organization(request: HttpRequest) -> dict[str, Any]:
    """For every template: the organisation, and the language that its data is written in."""
    return {"organization": settings.ORGANIZATION, "data_language": settings.LANGUAGE_CODE}
