"""The parameters of public addresses: an instant, a type of request, the colours of the card.

The former Spanish names of parameters are still read: they are in bookmarks and in print.
"""

from datetime import UTC, datetime
from enum import StrEnum

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from directory.answers import instants

EARLIEST = datetime(instants.FIRST_YEAR, 1, 2, tzinfo=UTC)
LATEST = datetime(instants.LAST_YEAR, 12, 30, tzinfo=UTC)


class InstantForm(forms.Form):
    """`at` is an instant as local date and time of the organisation, such as 2026-03-03T10:00."""

    at = forms.DateTimeField(
        label=_("Date and time"),
        # Django's own field also reads ISO 8601 texts with seconds and with an offset.
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Write a date and a time."),
            "invalid": _("Write a date and a time such as 2026-03-03T10:00."),
        },
        validators=[
            MinValueValidator(EARLIEST, _("Ask about a date between 1970 and 2199.")),
            MaxValueValidator(LATEST, _("Ask about a date between 1970 and 2199.")),
        ],
    )

    @classmethod
    def from_query(cls, query: QueryDict) -> "InstantForm":
        """The form of an address, bound where it has an instant: `at`, or the former `en`."""
        for name in ("at", "en"):
            if name in query:
                return cls({"at": query[name]})
        return cls()


def request_type(query: QueryDict) -> str:
    """The code of the request type of an address: `request_type`, or the former `solicitud`, as
    codes are written. Empty: in general."""
    asked = query.get("request_type") or query.get("solicitud") or ""
    return asked.strip().lower().replace("_", "-")


class Theme(StrEnum):
    """The colours of the card: always light or dark, or those that its reader has chosen."""

    LIGHT = "light"
    DARK = "dark"
    AUTO = "auto"


def theme(query: QueryDict) -> Theme:
    """The colours that an address asks for; what is none of these is auto."""
    asked = query.get("theme", "").strip().lower()
    return Theme(asked) if asked in {*Theme} else Theme.AUTO
