"""Erases the contents of editions that must not be public any more.

Number, date, digests and author stay, so the chain still verifies; who withdrew it, when and why is
stored and signed, so that contents erased in another way are found. What changed from or to a
withdrawn edition is not told (`directory.editions.history`), and the histories of the rows no
longer repeat it (`directory.editions.redaction`).
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.contacts.text import tidy
from directory.editions import chain
from directory.editions.redaction import redact_histories
from directory.models import Edition

PERMISSION = "directory.withdraw_edition"


@transaction.atomic
def withdraw(
    editions: Iterable[Edition], by: AbstractUser, reason: str, at: datetime | None = None
) -> int:
    """Erase the contents of these editions, at the aware instant `at` (now by default).

    Returns how many. Raises PermissionDenied for a user without the permission, and ValidationError
    without a reason, for a current edition, and for one that is withdrawn already: then nothing is
    withdrawn.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    reason = tidy(reason)
    if not reason:
        raise ValidationError(
            _("Say why: whoever finds the gap will want to know."), code="reason_missing"
        )
    keys = [edition.pk for edition in editions]
    stored = list(
        Edition.objects.filter(pk__in=keys)
        .select_related("service")
        .select_for_update(of=["self"])
        .order_by("pk")
    )
    refuse_what_must_stay(stored)
    at, erased = at or timezone.now(), [copy(edition) for edition in stored]
    for edition in stored:
        edition.document = edition.search_text = ""
        edition.withdrawn_at, edition.withdrawn_by_id = at, by.pk
        edition.withdrawn_reason = reason
        edition.withdrawal_seal = chain.withdrawal_seal(edition.digest, at, by.pk, reason)
    Edition.objects.store_withdrawals(stored)
    redact_histories(erased)
    return len(stored)


def refuse_what_must_stay(editions: Iterable[Edition]) -> None:
    """Raise ValidationError, naming each edition that cannot be withdrawn and what to do."""
    editions = list(editions)
    current = set(
        Edition.objects.current()
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
    if errors:
        raise ValidationError(
            [
                ValidationError(message, code=code, params={"edition": edition})
                for message, code, edition in errors
            ]
        )
