"""Mails of a site in production mode that has no mail server."""

from collections.abc import Sequence
from typing import Any, NoReturn

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.utils.translation import gettext as _

NOWHERE = "config.mail.NoMailServer"
# They print mails, or drop them.
FOR_NOBODY = {
    NOWHERE,
    "django.core.mail.backends.console.EmailBackend",
    "django.core.mail.backends.dummy.EmailBackend",
}


def is_for_nobody() -> bool:
    """Whether no mail reaches anybody, however well it is sent."""
    return settings.EMAIL_BACKEND in FOR_NOBODY


class NoMailServer(BaseEmailBackend):
    """Sends nothing, and says so to whoever wants something sent. Printed, as for a first look, the
    links that set passwords would stand in the logs, for who asks for them and who reads those."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> NoReturn:
        """Raise OSError, as when a server cannot be reached."""
        raise OSError(_("This site has no mail server: EMAIL_URL is not set."))

    def open(self) -> Any:
        """There is nothing to open."""
