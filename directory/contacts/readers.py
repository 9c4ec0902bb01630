"""Who reads a page: people in the organisation's country, or perhaps in others."""

from django.conf import settings
from django.utils import translation


def may_be_abroad() -> bool:
    """Whether the active language is another than that of the directory, so that numbers need
    their country code: `/en/` of a Spanish directory."""
    language = translation.get_language()
    return bool(language) and language.partition("-")[0] != settings.LANGUAGE_CODE.partition("-")[0]
