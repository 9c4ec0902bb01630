"""How many mails that ask to confirm may be asked for in a day: so that nobody floods a mailbox,
and nobody uses this site to write to many."""

from datetime import datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.models import DailyCount, Service

# From one client: an office or a mobile network has one address for many people. From all: a mail
# server that is made to write to many who asked for nothing is soon believed by none.
FROM_CLIENT = 30
FROM_ALL = 2_000
# To one mailbox, about all services, and about one.
TO_ADDRESS = 10
TO_ADDRESS_OF_SERVICE = 3


def may_ask(client: str, now: datetime) -> bool:
    """Count that a client (an address or network) asks at an aware instant; whether it may."""
    forget(now)
    day, take = timezone.localdate(now), DailyCount.objects.take
    return take(day, _digest("client", client), FROM_CLIENT) and take(
        day, _digest("all", ""), FROM_ALL
    )


def may_be_written_to(address: str, service: Service, now: datetime) -> bool:
    """Count that a mail to an address is asked for; whether it may be sent."""
    day, take = timezone.localdate(now), DailyCount.objects.take
    return all(take(day, digest, most) for digest, most in _of_address(address, service).items())


def was_not_written_to(address: str, service: Service, now: datetime) -> None:
    """Take back what `may_be_written_to` counted."""
    for digest in _of_address(address, service):
        DailyCount.objects.give_back(timezone.localdate(now), digest)


def forget(now: datetime) -> None:
    """Delete the counts of former days."""
    DailyCount.objects.forget(timezone.localdate(now))


def _of_address(address: str, service: Service) -> dict[str, int]:
    """What is counted of an address, with how much is the most. All that leads to one mailbox is
    one: what follows “+” (RFC 5233), and full stops, which large providers pass over."""
    local, _at, domain = address.rpartition("@")
    mailbox = f"{local.partition('+')[0].replace('.', '')}@{domain}"
    return {
        _digest("service", f"{service.pk} {mailbox}"): TO_ADDRESS_OF_SERVICE,
        _digest("address", mailbox): TO_ADDRESS,
    }


def _digest(what: str, value: str) -> str:
    return salted_hmac("directory.following.limits", f"{what} {value}").hexdigest()
