"""The signed links of mails: what confirms a subscription, and what ends it.

A token names the key of a subscription and is good for one purpose. What confirms is good for
CONFIRM_WITHIN, what ends is good as long as the secret key, or a former one, is known.
"""

from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse

from directory.models import Subscription

CONFIRM_WITHIN = timedelta(days=3)


def _confirming() -> TimestampSigner:
    return TimestampSigner(salt="directory.following.confirm")


def _ending() -> Signer:
    return Signer(salt="directory.following.end")


def confirming(subscription: Subscription) -> str:
    """The path of the page that confirms it, in the active language."""
    token = _confirming().sign(subscription.key.hex)
    return reverse("directory:follow-confirm", args=[token])


def ending(subscription: Subscription) -> str:
    """The path of the page that ends it, in the active language."""
    return reverse("directory:follow-end", args=[_ending().sign(subscription.key.hex)])


def to_confirm(token: str) -> UUID | None:
    """The key that a token of `confirming` names; None for any other text, and when its time has
    passed."""
    try:
        return UUID(_confirming().unsign(token, max_age=CONFIRM_WITHIN))
    except (BadSignature, ValueError):
        return None


def to_end(token: str) -> UUID | None:
    """The key that a token of `ending` names; None for any other text."""
    try:
        return UUID(_ending().unsign(token))
    except (BadSignature, ValueError):
        return None
