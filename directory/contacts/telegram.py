"""Telegram: the names of users, bots and channels, and the links that open them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.contacts.text import tidy_code

# https://core.telegram.org/method/account.checkUsername: from five letters on; four can be bought.
# Capitals make no other name.
NAME = re.compile(r"[a-z][a-z0-9_]{3,31}")
LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/([^/?#]+)/?", re.IGNORECASE)


def tidy(text: str) -> str:
    """The name that `text` says ("@Acme", "t.me/acme"), in lower case and without "@". What is none
    stays as it was written, for `check` to say why. Never raises."""
    text = tidy_code(text)
    match = LINK.fullmatch(text)
    name = (match[1] if match else text.removeprefix("@")).lower()
    return name if NAME.fullmatch(name) else text


def check(text: str) -> None:
    """Raise ValidationError unless `text` is a name as `tidy` gives it."""
    if not NAME.fullmatch(text):
        message = _(
            "This is no name of Telegram, which has only letters, digits and “_”, and no fewer "
            "than four. Write it as in @acme_soporte, or paste its link: https://t.me/acme_soporte."
        )
        raise ValidationError(message, code="no_telegram_name")


def read(text: str) -> str:
    """The name that `text` says. Raises ValidationError if it says none."""
    name = tidy(text)
    check(name)
    return name


def is_marked(text: str) -> bool:
    """Whether `text` says by itself that it is of Telegram: a link, or a name with "@"."""
    text = tidy_code(text)
    return bool(NAME.fullmatch(tidy(text)) and (text.startswith("@") or LINK.fullmatch(text)))


def display(name: str) -> str:
    """The name as people write it."""
    return f"@{name}"


def link(name: str) -> str:
    """The link that opens a chat (https://core.telegram.org/api/links#public-username-links)."""
    return f"https://t.me/{name}"


def written(name: str) -> tuple[str, ...]:
    """How else people write it."""
    return display(name), link(name), f"telegram.me/{name}"
