"""What services and their editions are called for ever: tag URIs (RFC 4151).

Programs know an entry of a feed, a card of an address book by it: it may not follow the address of
the site, of the page, or the name of the organisation when these change.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import punycode


def identity(first_digest: str, at: datetime) -> str:
    """The tag URI of a service whose first edition has this digest and was published at the aware
    instant `at`: its authority is the host that the site had on that day, in UTC."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"tag:{punycode(host)},{at.astimezone(UTC):%Y-%m-%d}:{first_digest[:32]}"


def edition_identity(identity: str, number: int) -> str:
    """The tag URI of an edition of the service that has this one."""
    return f"{identity}/{number}"
