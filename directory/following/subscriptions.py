"""What becomes of a subscription: asked for, confirmed, ended."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from config.mail import NOWHERE
from directory.contacts.addresses import check_email, tidy_email
from directory.following.links import CONFIRM_WITHIN
from directory.models import Edition, Service, Subscription

LONGEST_ADDRESS = 254  # RFC 5321 (4.5.3.1.3), without its angle brackets
# Who presses the button twice, or sends the form anew, is written to once.
ONCE_IN = timedelta(minutes=1)


def is_offered() -> bool:
    """Whether mails reach anybody: in production mode not before EMAIL_URL is set."""
    return settings.EMAIL_BACKEND != NOWHERE


def address_of(text: str) -> str:
    """The one form in which the address that somebody typed is kept: in lower case, as no two
    people have mailboxes that differ in nothing else. Raises ValidationError."""
    address = tidy_email(text).lower()
    check_email(address)
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError(_("This is no e-mail address. Write it as in name@example.com."))
    return address


def ask(service: Service, address: str, language: str, now: datetime) -> Subscription | None:
    """The subscription of an address of `address_of` to a service, which is to be confirmed unless
    it was; None where it was asked for a moment ago, and a mail is under way. What others never
    confirmed is forgotten on the way."""
    forget_unconfirmed(now)
    asked = {"language": language, "asked_at": now}
    subscription, is_new = Subscription.objects.get_or_create(
        service=service, address=address, defaults=asked
    )
    if is_new:
        return subscription
    row = Subscription.objects.filter(pk=subscription.pk)
    if not row.filter(asked_at__lte=now - ONCE_IN).update(asked_at=now):
        return None
    if row.filter(confirmed_at=None).update(language=language):
        subscription.language = language
    return subscription


def was_not_sent(subscription: Subscription) -> None:
    """Let it be asked for again at once, as the mail could not be sent."""
    row = Subscription.objects.filter(pk=subscription.pk)
    row.update(asked_at=F("asked_at") - ONCE_IN)


def find(key: UUID | None) -> Subscription | None:
    """The subscription with this key, with its service; None if there is none, or no more."""
    return Subscription.objects.filter(key=key).select_related("service").first() if key else None


def confirm(subscription: Subscription, now: datetime) -> None:
    """Note that its owner wants mails: of editions that are published from now on."""
    editions = Edition.objects.filter(service=subscription.service_id).order_by("-number")
    newest = editions.values_list("number", flat=True).first()
    waiting = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    waiting.update(confirmed_at=now, told_number=newest or 0)


def end(key: UUID) -> None:
    """Forget the subscription with this key, and with it the address."""
    Subscription.objects.filter(key=key).delete()


def forget_unconfirmed(now: datetime) -> int:
    """Forget what nobody has confirmed in time. Returns how many they were."""
    return Subscription.objects.unconfirmed_since(now - CONFIRM_WITHIN).delete()[0]
