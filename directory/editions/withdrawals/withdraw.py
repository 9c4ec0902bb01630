"""Takes editions that must not be public any more out of sight, and shows them again.

Nothing of a withdrawn edition is read any more but by auditors. Number, date, digests and author
stay, so the chain still verifies; who withdrew it, when and why is stored and signed. What changed
from or to a withdrawn edition is not told (`directory.editions.history`), and the histories of the
rows no longer repeat it (`redaction`). Its contents stay until a second person erases them
(`erase`).
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.audit.log import note
from directory.contacts.text import tidy
from directory.editions import chain
from directory.editions.publish import note_public_change
from directory.editions.reading import known, read
from directory.editions.search_index import index_text
from directory.editions.turn import publishing_turn
from directory.editions.withdrawals import redaction
from directory.editions.withdrawals.mails import tell_publishers
from directory.models import Edition, Event

PERMISSION = "directory.withdraw_edition"
READ_PERMISSION = "directory.view_withdrawn_edition"


@publishing_turn()
def withdraw(
    editions: Iterable[Edition],
    by: AbstractUser,
    reason: str,
    at: datetime | None = None,
    request: HttpRequest | None = None,
) -> int:
    """Take these editions out of sight, at the aware instant `at` (now by default), and tell all
    publishers by mail.

    Returns how many. Raises PermissionDenied for a user without the permission, and ValidationError
    without a reason or for one that repeats what is withdrawn, for a current edition, and for one
    that is withdrawn already: then nothing is withdrawn.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    note_public_change()
    reason = checked(reason)
    stored = locked(editions)
    refuse_what_must_stay(stored)
    refuse_to_repeat(reason, stored)
    at = not_before_what_is_known(at or timezone.now())
    for edition in stored:
        Edition.objects.store_search_text(edition, "")
        edition.withdrawn_at, edition.withdrawn_by_id = at, by.pk
        edition.withdrawn_reason = reason
        edition.withdrawal_seal = chain.withdrawal_seal(edition.digest, at, by.pk, reason)
    Edition.objects.store_withdrawals(stored)
    redaction.withhold(stored)
    for edition in stored:
        note(Event.EDITION_WITHDRAWN, by=by, request=request, about=edition, reason=reason)
    tell_publishers("withdrawn", stored, by, reason, request)
    return len(stored)


@publishing_turn()
def show_again(
    editions: Iterable[Edition],
    by: AbstractUser,
    reason: str,
    request: HttpRequest | None = None,
) -> int:
    """Take the withdrawal of these editions back: they are public again as they were, and histories
    say again what was taken out with them.

    Returns how many. Raises PermissionDenied for a user without the permission to withdraw, and
    ValidationError without a reason, for one that is not withdrawn, and for one that is erased.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    note_public_change()
    reason = checked(reason)
    stored = locked(editions)
    _refuse(
        [
            (_("%(edition)s is erased: nobody knows any more what it said."), "erased", edition)
            if edition.is_erased
            else (_("%(edition)s is not withdrawn."), "not_withdrawn", edition)
            for edition in stored
            if edition.is_erased or not edition.is_withdrawn
        ]
    )
    for edition in stored:
        edition.withdrawn_at = edition.withdrawn_by = None
        edition.withdrawn_reason = edition.withdrawal_seal = ""
    Edition.objects.store_withdrawals(stored)
    for edition in stored:
        document = known(edition)
        Edition.objects.store_search_text(edition, index_text(document) if document else "")
    redaction.give_back()
    for edition in stored:
        note(Event.EDITION_SHOWN_AGAIN, by=by, request=request, about=edition, reason=reason)
    tell_publishers("shown_again", stored, by, reason, request)
    return len(stored)


def contents(edition: Edition, by: AbstractUser, request: HttpRequest | None = None) -> str:
    """The document of a withdrawn edition, for an auditor; that it was read is on record. Raises
    PermissionDenied for others, ValidationError for one that is erased, and AlteredEdition."""
    if not by.has_perm(READ_PERMISSION):
        raise PermissionDenied
    if edition.is_erased:
        message = _("%(edition)s is erased: nobody knows any more what it said.")
        raise ValidationError(message % {"edition": edition}, code="erased")
    read(edition)
    note(Event.WITHDRAWN_CONTENTS_READ, by=by, request=request, about=edition)
    return edition.document


def refuse_what_must_stay(editions: Iterable[Edition]) -> None:
    """Raise ValidationError, naming each edition that cannot be withdrawn and what to do."""
    editions = list(editions)
    current = set(
        Edition.objects.current(pk__in=[edition.service_id for edition in editions])
        .filter(pk__in=[edition.pk for edition in editions])
        .values_list("pk", flat=True)
    )
    errors = []
    for edition in editions:
        if edition.pk in current:
            message = _(
                "%(edition)s is what the page says now. Correct the data first: that publishes a "
                "new edition, and then this one can be withdrawn."
            )
            errors.append((message, "current_edition", edition))
        elif edition.is_withdrawn:
            errors.append((_("%(edition)s is withdrawn already."), "already_withdrawn", edition))
    _refuse(errors)


def checked(reason: str) -> str:
    """The reason, tidied. Raises ValidationError for an empty one."""
    reason = tidy(reason)
    if not reason:
        raise ValidationError(
            _("Say why: whoever finds the gap will want to know."), code="reason_missing"
        )
    return reason


def refuse_to_repeat(reason: str, editions: list[Edition]) -> None:
    """Raise ValidationError for a reason that says what is withdrawn, as it stays for ever."""
    others = Edition.objects.exclude(pk__in=[edition.pk for edition in editions])
    texts = redaction.unpublished_texts(editions, others.filter(withdrawn_at=None))
    if texts and redaction.pattern_of(texts).search(reason):
        message = _("The reason stays for ever. Do not repeat there what is withdrawn.")
        raise ValidationError(message, code="reason_repeats")


def locked(editions: Iterable[Edition]) -> list[Edition]:
    """The editions as they are stored, locked until the transaction ends."""
    keys = [edition.pk for edition in editions]
    return list(
        Edition.objects.filter(pk__in=keys)
        .select_related("service", "published_by", "proposed_by", "withdrawn_by")
        .select_for_update(of=["self"])
        .order_by("pk")
    )


def not_before_what_is_known(at: datetime) -> datetime:
    """The instant, or a later one where something is on record that happened later: then the clock
    was set back, which would make the time shorter until a withdrawn edition may be erased."""
    known = (
        Edition.objects.aggregate(last=Max("published_at"))["last"],
        Edition.objects.aggregate(last=Max("withdrawn_at"))["last"],
        LogEntry.objects.aggregate(last=Max("action_time"))["last"],
    )
    return max(at, *filter(None, known))


def _refuse(errors: list[tuple[str, str, Edition]]) -> None:
    if errors:
        raise ValidationError(
            [
                ValidationError(message, code=code, params={"edition": edition})
                for message, code, edition in errors
            ]
        )
