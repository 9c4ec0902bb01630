"""The instant that an answer is for: now, or the one that people and programs ask about."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1970, 2199


def parse(text: str) -> datetime:
    """The aware instant of an ISO 8601 text with offset, such as 2026-11-23T08:00:00-05:00.

    Raises ValidationError, saying what to write, if it is unreadable, has no offset or lies outside
    of the years 1970 to 2199.
    """
    try:
        if not text.isprintable():
            raise ValueError("control characters")
        # RFC 3339 has “t” and “z” too. A plus sign that nobody escaped arrives as a space.
        read = text.upper()
        instant = datetime.fromisoformat(read.strip().replace(" ", "+") if "T" in read else read)
    except ValueError as error:
        raise ValidationError(
            _("“%(text)s” is no ISO 8601 instant. Write it like 2026-11-23T08:00:00-05:00."),
            code="unreadable_instant",
            params={"text": text[:50]},
        ) from error
    if timezone.is_naive(instant):
        raise ValidationError(
            _("“%(text)s” has no offset from UTC. Add one, such as -05:00 or Z."),
            code="instant_without_offset",
            params={"text": text[:50]},
        )
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise ValidationError(
            _("Ask about an instant between the years %(first)d and %(last)d."),
            code="instant_out_of_range",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )
    return instant


def now() -> datetime:
    """The current instant, in whole seconds."""
    return timezone.now().replace(microsecond=0)
