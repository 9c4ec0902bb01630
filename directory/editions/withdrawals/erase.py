"""Erases what withdrawn editions said, for ever. Nobody does that alone.

Document and nonce go, so nobody can guess from the digests what they were. It needs a second
person, who is neither author of the edition nor who withdrew it, some days after the withdrawal.
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from directory.audit.log import note
from directory.contacts.mailboxes import mailbox
from directory.editions import chain
from directory.editions.publish import note_public_change
from directory.editions.turn import publishing_turn
from directory.editions.withdrawals import redaction
from directory.editions.withdrawals.mails import BACKEND, tell_publishers
from directory.editions.withdrawals.withdraw import locked
from directory.models import Edition, Event
from directory.models.second_person import Mailboxes, known_mailboxes

PERMISSION = "directory.erase_edition"


@publishing_turn()
def erase(
    editions: Iterable[Edition],
    by: AbstractUser,
    at: datetime | None = None,
    request: HttpRequest | None = None,
) -> int:
    """Erase what these withdrawn editions said, at the aware instant `at` (now by default), and
    tell all publishers by mail.

    Returns how many. Raises PermissionDenied for a user without the permission, and
    ValidationError, with every reason, where one of them may not be erased by this person or not
    yet: then nothing is erased.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    note_public_change()
    at = at or timezone.now()
    stored = locked(editions)
    known = known_mailboxes([by, *(each for edition in stored for each in involved(edition))])
    errors = [error for edition in stored for error in obstacles(edition, by, at, known)]
    errors += [error for edition in stored for error in _of_document(edition)]
    if errors:
        raise ValidationError(errors)
    before = [copy(edition) for edition in stored]
    for edition in stored:
        edition.document = edition.search_text = edition.nonce = ""
        edition.erased_at, edition.erased_by_id = at, by.pk
        edition.erasure_seal = chain.erasure_seal(edition.digest, at, by.pk)
    Edition.objects.store_erasures(stored)
    redaction.erase(before)
    for edition in stored:
        note(Event.EDITION_ERASED, by=by, request=request, about=edition)
    for reason in dict.fromkeys(edition.withdrawn_reason for edition in stored):
        of_reason = [each for each in stored if each.withdrawn_reason == reason]
        tell_publishers("erased", of_reason, by, reason, request)
    return len(stored)


def obstacles(
    edition: Edition, by: AbstractUser, at: datetime, known: Mailboxes
) -> list[ValidationError]:
    """Why this person may not erase an edition at this instant, each in words; none where he may.
    The permission is asked elsewhere. `known` are the mailboxes of all who are `involved`."""
    return [*_of_time(edition, at), *_of_person(edition, by, known)]


def involved(edition: Edition) -> list[AbstractUser | None]:
    """Who wrote and who withdrew it."""
    return [edition.published_by, edition.proposed_by, edition.withdrawn_by]


def may_be_erased_from(withdrawn_at: datetime) -> datetime:
    """The instant from which what was withdrawn at this one may be erased."""
    return withdrawn_at + timedelta(days=settings.ERASE_AFTER_DAYS)


def people_who_erase() -> list[User]:
    """The active people with the permission to erase, by name. One query."""
    people = User.objects.with_perm(PERMISSION, backend=BACKEND)
    return list(people.order_by("first_name", "last_name", "username"))


def _of_document(edition: Edition) -> list[ValidationError]:
    """That its document is not what was published: then it is a trace of who altered it."""
    if edition.is_erased:
        return []
    if chain.document_digest(edition.nonce, edition.document) == edition.document_digest:
        return []
    message = _(
        "%(edition)s was altered in the database. Have the administrators look at it "
        "(verify_editions) before the trace is erased."
    )
    return [ValidationError(message, "altered", {"edition": edition})]


def _of_time(edition: Edition, at: datetime) -> list[ValidationError]:
    params = {"edition": edition}
    if edition.is_erased:
        return [ValidationError(_("%(edition)s is erased already."), "already_erased", params)]
    if edition.withdrawn_at is None:
        message = _("%(edition)s is public. Withdraw it first.")
        return [ValidationError(message, "not_withdrawn", params)]
    return time_obstacles(str(edition), edition.withdrawn_at, at)


def time_obstacles(what: str, withdrawn_at: datetime, at: datetime) -> list[ValidationError]:
    """Why what was withdrawn at this instant may not be erased at the other."""
    params = {"what": what, "from": _in_words(may_be_erased_from(withdrawn_at))}
    if at < withdrawn_at:
        params["withdrawn"] = _in_words(withdrawn_at)
        message = _(
            "%(what)s was withdrawn on %(withdrawn)s, which is still to come by the clock of this "
            "server: it is wrong. Have it set right first."
        )
        return [ValidationError(message, "clock_set_back", params)]
    if at < may_be_erased_from(withdrawn_at):
        message = _("%(what)s may be erased from %(from)s on, so that others can object.")
        return [ValidationError(message, "too_early", params)]
    return []


def _of_person(edition: Edition, by: AbstractUser, known: Mailboxes) -> list[ValidationError]:
    *authors, withdrawn_by = involved(edition)
    return person_obstacles(str(edition), by, authors, withdrawn_by, known)


def person_obstacles(
    what: str,
    by: AbstractUser,
    authors: Iterable[AbstractUser | None],
    withdrawn_by: AbstractUser | None,
    known: Mailboxes,
) -> list[ValidationError]:
    """Why this person may not erase what these people wrote and that one withdrew."""

    def is_by(other: AbstractUser | None) -> bool:
        if other is None:
            return False
        return by.pk == other.pk or not known[by.pk].isdisjoint(known[other.pk])

    params = {"what": what}
    if not mailbox(by.email):
        message = _(
            "Your account has no e-mail address, so nobody can tell whether you are somebody else "
            "than who wrote or withdrew %(what)s. Ask an administrator to add it."
        )
        return [ValidationError(message, "no_address", params)]
    found = []
    if any(map(is_by, authors)):
        message = _(
            "You published or proposed %(what)s, with this account or with another one of your "
            "e-mail address: somebody else has to erase it."
        )
        found.append(ValidationError(message, "is_author", params))
    if is_by(withdrawn_by):
        message = _(
            "You withdrew %(what)s, with this account or with another one of your e-mail address: "
            "somebody else has to erase it."
        )
        found.append(ValidationError(message, "is_withdrawer", params))
    return found


def _in_words(instant: datetime) -> str:
    return formats.date_format(timezone.localtime(instant), "DATETIME_FORMAT")
