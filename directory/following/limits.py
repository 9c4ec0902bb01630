"""How many mails that ask to confirm may be asked for in a day: so that nobody floods a mailbox,
and nobody uses this site to write to many."""

from datetime import datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.models import DailyCount, Service

# From one client: an office or a mobile network has one address for many people.
FROM_CLIENT = 30
# To one mailbox, about all services, and about one.
TO_ADDRESS = 10
TO_ADDRESS_OF_SERVICE = 3


def may_ask(client: str, now: datetime) -> bool:
    """Count that a client (an address or network) asks at an aware instant; whether it may."""
    day = timezone.localdate(now)
    DailyCount.objects.forget(day)
    return DailyCount.objects.take(day, _digest("client", client), FROM_CLIENT)


def may_be_written_to(address: str, service: Service, now: datetime) -> bool:
    """Count that a mail to an address is asked for; whether it may be sent."""
    day, take = timezone.localdate(now), DailyCount.objects.take
    return take(day, _digest("service", f"{service.pk} {address}"), TO_ADDRESS_OF_SERVICE) and take(
        day, _digest("address", address), TO_ADDRESS
    )


def _digest(what: str, value: str) -> str:
    return salted_hmac("directory.following.limits", f"{what} {value}").hexdigest()
