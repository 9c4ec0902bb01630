"""What a form of a public page carries instead of a cookie: its number and its age, signed.

Public pages set no cookies, so there is no session that somebody else's page could misuse: nothing
that a report does needs who is signed in. The signature says that the form came from here, the time
that a person may have filled it in, the number that it is the same one when it is sent twice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from django.core import signing
from django.utils.crypto import get_random_string

SALT = "directory.public.reports"
NUMBER_LENGTH = 22
# Nobody reads and fills in a form in less; a page that was open for longer is out of date.
FASTEST, LONGEST = timedelta(seconds=3), timedelta(hours=24)


class Age(Enum):
    """How old a form is when it is sent."""

    TOO_NEW = auto()
    GOOD = auto()
    TOO_OLD = auto()


@dataclass(frozen=True)
class FormToken:
    """The number of a form, and when its page was made (aware)."""

    number: str
    made_at: datetime

    @classmethod
    def new(cls, at: datetime) -> "FormToken":
        return cls(get_random_string(NUMBER_LENGTH), at)

    def signed(self) -> str:
        """It as one text, which `read` takes."""
        return signing.dumps([self.number, int(self.made_at.timestamp())], salt=SALT)

    def age(self, at: datetime) -> Age:
        """How old it is at the aware instant `at`."""
        if at - self.made_at < FASTEST:
            return Age.TOO_NEW
        return Age.GOOD if at - self.made_at <= LONGEST else Age.TOO_OLD


def read(text: str) -> FormToken | None:
    """The token that `signed` made this text of; None if it did not."""
    try:
        number, seconds = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return FormToken(number, datetime.fromtimestamp(seconds, UTC))
