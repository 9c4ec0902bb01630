"""How often a password or a code may be tried: enough for its owner, too little to guess it.

Counted by account and network. Who knows a user name must not lock its owner out: a device on which
somebody has signed in before has a count of its own, which strangers cannot fill
(https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.client_address import client_network
from config.hashers import HashingBusy
from directory.admin.sign_in import known_devices
from directory.audit.log import note
from directory.audit.people import account_named
from directory.models import Event, TryCount
from directory.models.tries import WINDOW

PASSWORD, CODE = "password", "code"
# From one network, in an hour.
CHALLENGES = 300


class Limits(NamedTuple):
    """How many tries in vain there may be in an hour: of one account from one network or one known
    device; of one account from all networks; from one network of all accounts."""

    of_one: int
    of_account: int
    of_network: int


# A code has six digits and three are good at a time: the password before it is known already.
LIMITS = {PASSWORD: Limits(10, 50, 100), CODE: Limits(8, 15, 100)}


class TooManyTries(Exception):
    """No more tries until the aware instant `until`. `is_new`: what was tried last was the last."""

    def __init__(self, until: datetime, is_new: bool = False):
        super().__init__(until)
        self.until, self.is_new = until, is_new


@contextmanager
def trying(request: HttpRequest, kind: str, name: str) -> Iterator[None]:
    """Within it a password or a code is tried for an account. Counted before, so that many at once
    are not more than allowed; taken back where nothing is raised: it was right. Raises TooManyTries
    and what is raised within."""
    now = timezone.now()
    found = User.objects.filter(username=name).values_list("pk", flat=True).first()
    counts = _counts(request, kind, name, found)
    taken: list[str] = []
    for digest, at_most, of_account in counts:
        user_id = found if of_account else None
        if not TryCount.objects.take(digest, at_most, now, kind, user_id):
            _give_back(taken)
            raise TooManyTries(_until(digest, now))
        taken.append(digest)
    try:
        yield
    except HashingBusy:
        _give_back(taken)
        raise
    except Exception as error:
        full = TryCount.objects.full(now).filter(digest__in=taken).first()
        if full:
            # That was the last one: said at once, not with the next.
            note(Event.LOCKED_OUT, request=request, about=account_named(name), kind=kind)
            raise TooManyTries(full.since + WINDOW, is_new=True) from error
        raise
    # The first is that of this person here; the others are also of strangers.
    TryCount.objects.filter(digest=taken[0]).delete()
    _give_back(taken[1:])
    TryCount.objects.forget(now)


def forget(person: User, kind: str | None = None) -> bool:
    """Forget what was tried on an account; whether there was anything."""
    counts = TryCount.objects.filter(user=person)
    deleted, _rows = (counts.filter(kind=kind) if kind else counts).delete()
    return deleted > 0


def _counts(
    request: HttpRequest, kind: str, name: str, user_id: int | None
) -> list[tuple[str, int, bool]]:
    """What is counted, with how much is the most, and whether it is of the account."""
    limits, network = LIMITS[kind], client_network(request)
    if device := known_devices.known(request, user_id):
        return [(_digest(kind, "device", device, name), limits.of_one, True)]
    counts = [
        (_digest(kind, "here", network, name), limits.of_one, True),
        (_digest(kind, "account", name), limits.of_account, True),
    ]
    # A client without an address comes through a socket of this machine, as all others do.
    if network:
        counts.append((_digest(kind, "network", network), limits.of_network, False))
    return counts


def _give_back(digests: list[str]) -> None:
    for digest in digests:
        TryCount.objects.give_back(digest)


def _until(digest: str, now: datetime) -> datetime:
    since = TryCount.objects.filter(digest=digest).values_list("since", flat=True).first()
    return (since or now) + WINDOW


def _digest(*parts: str) -> str:
    return salted_hmac("directory.admin.sign_in_limits", "\0".join(parts)).hexdigest()


def may_ask_for_challenge(request: HttpRequest) -> bool:
    """Count that a stranger asks for something to answer with a passkey, which makes a session;
    whether it may be given."""
    digest = _digest("challenge", client_network(request))
    return TryCount.objects.take(digest, CHALLENGES, timezone.now(), "challenge")
