"""Where a request comes from."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

# Some proxies write from which port, too: 192.0.2.7:50123, [2001:db8::7]:50123.
WITH_PORT = re.compile(r"\[([^]]*)\](?::\d+)?|([\d.]+):\d+", re.ASCII)
# No address is longer, with a port.
LONGEST = 60


def client_address(request: HttpRequest) -> str:
    """The IP address that a request comes from, for the protection of the sign-in and the audit
    log; empty where it has none, as from a socket of this machine.

    Behind a proxy it is the last one of X-Forwarded-For, which our proxy has added; those before it
    are the client's own claim.
    """
    claimed = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return _read(claimed.rpartition(",")[2]) or _read(request.META.get("REMOTE_ADDR", ""))


def client_network(request: HttpRequest) -> str:
    """What limits count instead of the address: of IPv6 its /64, which is what one customer has
    (RFC 6177)."""
    address = client_address(request)
    parsed = ip_address(address) if address else None
    return f"{int(parsed) >> 64:x}::/64" if isinstance(parsed, IPv6Address) else address


def _read(text: str) -> str:
    """The address that was written, one in IPv6's clothes as IPv4; empty if it is none."""
    text = text.strip()
    match = WITH_PORT.fullmatch(text) if len(text) <= LONGEST else None
    try:
        parsed = _plain(ip_address((match[1] or match[2]) if match else text[: LONGEST + 1]))
    except ValueError:
        return ""
    return str(parsed)


def _plain(parsed: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(parsed, IPv4Address):
        return parsed
    # The zone (RFC 4007) is a name of an interface of one machine, and may be any text.
    return parsed.ipv4_mapped or IPv6Address(int(parsed))
