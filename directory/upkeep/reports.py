"""Reports of customers: taken within limits, closed with a word, forgotten in time.

What limits is counted in rows, so it holds across processes and machines. Nobody is shut out by
others: a flood is cut per address, and per contact where that is reported already.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum, auto

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from directory.answers.reportable import Reportable
from directory.models import ContactPoint, ContactReport
from directory.models.contact_reports import LONGEST_SUBJECT, Problem
from directory.upkeep.checks.runs import check_reports

# Of one day. An office with one address has several people who may call the same number.
OF_ADDRESS = 20
OF_ADDRESS_AND_CONTACT = 5
OF_CONTACT = 50
# From here on only contacts are taken of which little is known yet.
OF_ALL = 2_000
OF_CONTACT_IN_A_FLOOD = 3
# The name of a lock of the database, as a number that nothing else uses.
REPORTS_LOCK = 7_244_728

logger = logging.getLogger(__name__)


class Receipt(Enum):
    """What became of a report."""

    TAKEN = auto()
    # So many others say the same that one more tells nothing.
    KNOWN = auto()
    TOO_MANY = auto()


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a customer sent: `form` is the number of the form, `network` where it came from."""

    reported: Reportable
    problem: Problem
    text: str
    email: str
    form: str
    network: str


def receive(service_id: int, told: Told, at: datetime) -> Receipt:
    """Take a report of a contact of a service's page at the aware instant `at`. What is sent again
    from the same form corrects it. The finding about the contact follows at once."""
    try:
        receipt, point = _store(service_id, told, at)
    except IntegrityError:
        # The same form, by another process, in this moment.
        return Receipt.TAKEN
    if receipt is Receipt.TAKEN and point:
        try:
            check_reports([point.pk])
        except Exception:
            # The report is there; the next check finds it.
            logger.exception("The finding about a report could not be stored")
    return receipt


@transaction.atomic
def _store(service_id: int, told: Told, at: datetime) -> tuple[Receipt, ContactPoint | None]:
    point = _contact_point(told.reported)
    midnight = _midnight(at)
    said = {"problem": told.problem, "text": told.text, "email": told.email}
    same = ContactReport.objects.filter(form=told.form, contact_key=told.reported.key)
    if same.exists():
        same.open().update(**said)
        return Receipt.TAKEN, point
    sender = sender_of(told.network, at)
    _take_turn()
    receipt = _receipt(point, sender, midnight)
    if receipt is Receipt.TAKEN:
        ContactReport.objects.forget(at, midnight)
        ContactReport.objects.create(
            contact_point=point,
            service_id=service_id,
            subject=f"{told.reported.words} ({told.reported.place})"[:LONGEST_SUBJECT],
            contact_key=told.reported.key,
            made_at=at,
            form=told.form,
            sender=sender,
            **said,
        )
    return receipt, point


def _take_turn() -> None:
    """Wait until no other transaction takes a report: of six that come at once each would count the
    others as not yet there."""
    # SQLite needs nothing: a transaction that writes already holds the one lock there is.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REPORTS_LOCK])


def _receipt(point: ContactPoint | None, sender: str, midnight: datetime) -> Receipt:
    by_sender, about = Q(sender=sender), Q(contact_point=point)
    counts = ContactReport.objects.filter(made_at__gte=midnight).aggregate(
        of_all=Count("pk"),
        of_contact=Count("pk", filter=about),
        of_address=Count("pk", filter=by_sender),
        of_both=Count("pk", filter=by_sender & about),
    )
    most_of_contact = OF_CONTACT if counts["of_all"] < OF_ALL else OF_CONTACT_IN_A_FLOOD
    if counts["of_contact"] >= most_of_contact or counts["of_both"] >= OF_ADDRESS_AND_CONTACT:
        return Receipt.KNOWN
    return Receipt.TOO_MANY if counts["of_address"] >= OF_ADDRESS else Receipt.TAKEN


def sender_of(network: str, at: datetime) -> str:
    """What stands for a network on the day of the aware instant `at`: a digest with the secret
    key, from which nobody reads it."""
    return salted_hmac("directory.upkeep.reports", f"{_day(at)} {network}").hexdigest()


def close(reports: QuerySet[ContactReport], by: User, word: str, at: datetime) -> int:
    """Close the open ones among these reports with a word, at the aware instant `at`; returns how
    many. Their mail addresses are emptied, and the findings about them follow."""
    with transaction.atomic():
        still_open = ContactReport.objects.filter(pk__in=list(reports.values_list("pk", flat=True)))
        points = {*still_open.open().values_list("contact_point", flat=True)} - {None}
        closed = still_open.open().update(closed_at=at, closed_by=by, closing_word=word, email="")
        check_reports(points)
    return closed


def forget(at: datetime) -> None:
    """Empty and delete what is kept no longer than needed (`ContactReportQuerySet.forget`)."""
    ContactReport.objects.forget(at, _midnight(at))


def _contact_point(reported: Reportable) -> ContactPoint | None:
    """The row that stands behind a contact of a page: what has taken its place by now, if that is
    what the page shows; None where its code is another since."""
    point = ContactPoint.objects.filter(code=reported.contact.code).first()
    steps: Iterable[ContactPoint] = [point, *point.replacements()] if point else ()
    return next((each for each in steps if each.value == reported.contact.value), point)


def _day(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()


def _midnight(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localtime(at).date(), time.min))
