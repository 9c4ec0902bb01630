"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that a request comes from, for the protection of the sign-in.

    Behind a proxy it is the last one of X-Forwarded-For, which our proxy has added; those before it
    are the client's own claim.
    """
    if settings.BEHIND_PROXY:
        claimed = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if last := claimed.rpartition(",")[2].strip():
            return last
    return request.META.get("REMOTE_ADDR", "")


def client_network(request: HttpRequest) -> str:
    """What limits count instead of the address: of IPv6 its /64, which is what one customer has
    (RFC 6177)."""
    address = client_address(request)
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or f"{int(parsed) >> 64:x}::/64")
