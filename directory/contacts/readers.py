"""Who reads a page: people in the organisation's country, or perhaps in others."""

from django.conf import settings
from django.utils import translation


def may_be_abroad() -> bool:
    """Whether the active language is another than the organisation's, so that numbers need
    their country code: `/en/` of a Spanish directory."""
    return not settings.ORGANIZATION.writes(translation.get_language())
