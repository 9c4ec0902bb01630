"""Mails what changed to those who follow it: a run of the daily command.

That an edition was told is noted before it is mailed, and taken back where that failed: of two runs
at once one mails it, and a run that is killed mails nothing twice.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db.models import F

from directory.following import limits, mails, subscriptions
from directory.models import Subscription
from directory.models.subscriptions import SubscriptionQuerySet

AT_ONCE = 500
# Runs in a row, which are days, until an address that its server refuses is forgotten.
REFUSALS_AT_MOST = 5
# What a subscription to a service that ended becomes before its last mail: nobody writes any more.
ENDED = {"confirmed_at": None, "told_number": None}


@dataclass
class Outcome:
    """How many mails were sent, and what went wrong, a sentence each without addresses."""

    sent: int = 0
    failed: list[str] = field(default_factory=list)


class Outbox:
    """One connection to the mail server; opened anew after a failure."""

    def __init__(self) -> None:
        self._connection: Any = None

    def open(self) -> None:
        """Connect, unless it is. Raises OSError where the server does not answer."""
        if self._connection is None:
            connection = get_connection()
            connection.open()
            self._connection = connection

    def send(self, mail: EmailMessage) -> None:
        """Send it. Raises OSError, which is what smtplib raises too."""
        mail.connection = self._connection
        try:
            mail.send()
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Disconnect."""
        if self._connection is not None:
            with suppress(OSError):
                self._connection.close()
            self._connection = None


def send(now: datetime) -> Outcome:
    """Mail all that was not told yet, and forget what nobody confirmed until the aware instant
    `now`. Queries: some for each batch, and for what is told to many alike; one or two for each
    mail."""
    subscriptions.forget_unconfirmed(now)
    limits.forget(now)
    outcome, outbox = Outcome(), Outbox()
    try:
        for subscription, news in _with_news():
            told = {"told_number": subscription.newest}
            if not news:
                _note(subscription, told)
                continue
            outbox.open()
            _deliver(outcome, outbox, subscription, mails.changes(subscription, news), told)
        for subscription in Subscription.objects.of_ended_services().order_by("pk"):
            outbox.open()
            _deliver(outcome, outbox, subscription, mails.ended(subscription), ENDED)
    except OSError as error:
        # The server does not answer: what is left waits for the next run.
        outcome.failed.append(str(error))
    finally:
        outbox.close()
    return outcome


def waiting() -> int:
    """How many mails the next run would send."""
    rows = Subscription.objects
    return rows.with_news().count() + rows.of_ended_services().count()


def _with_news() -> Iterator[tuple[Subscription, dict[str, Any]]]:
    """The subscriptions to be told something, each with it: what is the same for many is read
    once for each batch."""
    order = ("service_id", "language", "told_number", "pk")
    found = Subscription.objects.with_news().order_by(*order)
    keys = list(found.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        batch = found.filter(pk__in=keys[start : start + AT_ONCE])
        for (_service, after, until, language), alike in groupby(batch, key=_what):
            same = list(alike)
            news = mails.told(same[0].service, after, until, language)
            yield from ((subscription, news) for subscription in same)


def _what(subscription: Subscription) -> tuple[int, int, int, str]:
    told = subscription.told_number or 0
    language = mails.language_of(subscription)
    return subscription.service_id, told, subscription.newest, language


def _deliver(
    outcome: Outcome,
    outbox: Outbox,
    subscription: Subscription,
    mail: EmailMessage,
    after: dict[str, Any],
) -> None:
    """Send the mail if this run is the one that makes the fields of the subscription what they are
    `after` it; where that fails they become again what they were."""
    before = _note(subscription, after)
    if before is None:
        return
    row = Subscription.objects.filter(pk=subscription.pk)
    try:
        outbox.send(mail)
    except (OSError, ValueError) as error:
        row.filter(**after).update(**before)
        why = str(error).replace(subscription.address, "…")
        outcome.failed.append(f"{subscription} ({subscription.pk}): {why}")
        _note_refusal(row, error)
        return
    outcome.sent += 1
    if after is ENDED:
        row.filter(**after).delete()
    elif subscription.refusals:
        row.update(refusals=0)


def _note(subscription: Subscription, after: dict[str, Any]) -> dict[str, Any] | None:
    """Make the fields of the subscription what they are `after`. Returns what they were; None where
    another run, or its owner, has changed them meanwhile."""
    before = {name: getattr(subscription, name) for name in after}
    row = Subscription.objects.filter(pk=subscription.pk, **before)
    return before if row.update(**after) else None


def _note_refusal(row: SubscriptionQuerySet, error: Exception) -> None:
    """Count that a server said that there is no such mailbox (5yz: RFC 5321, 4.2.1), and forget the
    address when it said so for days."""
    if not isinstance(error, SMTPRecipientsRefused):
        return
    if all(500 <= code < 600 for code, _words in error.recipients.values()):
        row.update(refusals=F("refusals") + 1)
        row.filter(refusals__gte=REFUSALS_AT_MOST).delete()
