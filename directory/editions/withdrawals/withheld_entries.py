"""Entries of histories that say what must not be read any more, beside those of withdrawn editions:
taken out of sight, shown again and erased, by the rules that hold for editions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.audit.log import note
from directory.contacts.written import written
from directory.editions.turn import publishing_turn
from directory.editions.withdrawals import erase, redaction
from directory.editions.withdrawals.mails import tell_publishers
from directory.editions.withdrawals.withdraw import (
    PERMISSION,
    checked,
    not_before_what_is_known,
    withdraw,
)
from directory.models import Edition, Event, WithheldText
from directory.models.second_person import Mailboxes, known_mailboxes

# Who wrote an entry, by the names that histories have for it.
AUTHORS = ("user", "made_by", "accepted_by", "closed_by")


@publishing_turn()
def withdraw_together(
    editions: Iterable[Edition],
    entries: Iterable[Model],
    text: str,
    by: AbstractUser,
    reason: str,
    request: HttpRequest | None = None,
) -> tuple[int, int]:
    """Withdraw these editions, and take the text out of these entries of histories, all or nothing.

    Returns how many editions and entries. Raises as `withdraw.withdraw`, and ValidationError for a
    reason that repeats the text.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    reason, at = checked(reason), not_before_what_is_known(timezone.now())
    if written(text).pattern.search(reason):
        message = _("The reason stays for ever. Do not repeat there what is withdrawn.")
        raise ValidationError(message, code="reason_repeats")
    # First of all the entries: what editions say besides is taken out of them too.
    entries = list(entries)
    changed = redaction.take_out(entries, text, withheld_at=at, withheld_by=by, reason=reason)
    editions = list(editions)
    count = withdraw(editions, by, reason, at, request) if editions else 0
    if changed:
        note(Event.ENTRIES_WITHDRAWN, by=by, request=request, count=changed, reason=reason)
        if not count:
            tell_publishers("withdrawn", [], by, reason, request, entries=changed)
    return count, changed


@publishing_turn()
def show_again(
    kept: QuerySet[WithheldText],
    by: AbstractUser,
    reason: str,
    request: HttpRequest | None = None,
) -> int:
    """Let entries say again what was taken out of them by itself; what withdrawn editions say stays
    out. Returns how many."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    reason = checked(reason)
    keys = _locked(kept)
    rows = WithheldText.objects.filter(pk__in=keys)
    rows.update(texts=[], withheld_at=None, withheld_by=None, reason="")
    redaction.give_back(rows)
    note(Event.ENTRIES_SHOWN_AGAIN, by=by, request=request, count=len(keys), reason=reason)
    tell_publishers("shown_again", [], by, reason, request, entries=len(keys))
    return len(keys)


@publishing_turn()
def erase_for_ever(
    kept: QuerySet[WithheldText],
    by: AbstractUser,
    at: datetime | None = None,
    request: HttpRequest | None = None,
) -> int:
    """Erase what was taken out of entries by itself. Returns how many. Raises PermissionDenied and
    ValidationError as `erase.erase` does."""
    if not by.has_perm(erase.PERMISSION):
        raise PermissionDenied
    at, keys = at or timezone.now(), _locked(kept)
    rows = WithheldText.objects.filter(pk__in=keys).select_related("content_type", "withheld_by")
    known = known_mailboxes([by, *(each for row in rows for each in involved(row))])
    errors = [error for each in rows for error in obstacles(each, by, at, known)]
    if errors:
        raise ValidationError(errors)
    reasons = {each.reason for each in rows}
    redaction.erase_kept(rows)
    WithheldText.objects.filter(pk__in=keys).update(
        texts=[], withheld_at=None, withheld_by=None, reason=""
    )
    note(Event.ENTRIES_ERASED, by=by, request=request, count=len(keys))
    tell_publishers("erased", [], by, "; ".join(sorted(reasons)), request, entries=len(keys))
    return len(keys)


def obstacles(
    kept: WithheldText, by: AbstractUser, at: datetime, known: Mailboxes
) -> list[ValidationError]:
    """Why this person may not erase what was taken out of an entry at this instant."""
    if kept.withheld_at is None:
        message = _("%(what)s was withdrawn with an edition, and is erased with it.")
        return [ValidationError(message, "of_an_edition", {"what": kept})]
    *authors, withheld_by = involved(kept)
    return [
        *erase.time_obstacles(str(kept), kept.withheld_at, at),
        *erase.person_obstacles(str(kept), by, authors, withheld_by, known),
    ]


def involved(kept: WithheldText) -> list[AbstractUser | None]:
    """Who wrote the entry, and who withdrew it."""
    row: Any = kept.row
    return [*(getattr(row, name, None) for name in AUTHORS), kept.withheld_by]


def _locked(kept: QuerySet[WithheldText]) -> list[int]:
    return list(kept.select_for_update().order_by("pk").values_list("pk", flat=True))
