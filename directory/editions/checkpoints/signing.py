"""Signs the newest digests of all services as a checkpoint."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from directory.editions.checkpoints.check_page import (
    Note,
    SignedCheckpoint,
    SignedService,
    Unusable,
)
from directory.editions.checkpoints.history import problems_of_stored, read
from directory.editions.checkpoints.keys import octets
from directory.editions.checkpoints.notes import (
    is_signed_by,
    origin_of,
    signed,
    text_digest,
    text_of,
    verifier_key,
)
from directory.editions.turn import publishing_turn
from directory.editions.verifying import breaks
from directory.models import Checkpoint, Edition


@publishing_turn()
def sign(
    key: Ed25519PrivateKey,
    at: datetime | None = None,
    *,
    former_keys: Sequence[Ed25519PrivateKey] = (),
    is_key_lost: bool = False,
) -> tuple[Checkpoint, bool]:
    """Sign the newest digests of all services with `key`, at the aware instant `at` (now by
    default).

    Returns the checkpoint, and whether it is a new one: where nothing was published since the last
    and that is of the same day, it is that one. With a new key, the one before among `former_keys`
    signs too; `is_key_lost` says that nobody has it any more, and the note says so. Raises
    ValidationError, and signs nothing, where the chain of editions or of checkpoints is broken, for
    a key that nobody has introduced, and for a clock that was set back.
    """
    at = (at or timezone.now()).astimezone(UTC).replace(microsecond=0)
    origin = origin_of(settings.PUBLIC_URL)
    _refuse_broken()
    services = _newest_digests()
    newest = Checkpoint.objects.newest()
    before = _read(newest) if newest else None
    signs, key_was, is_lost = [key], "", False
    if newest and before:
        note, last = before
        former, key_was, is_lost = _former(note, last, key, former_keys, is_key_lost)
        signs += former
        trusted = None if is_lost else octets(former[0] if former else key)
        _refuse(problems_of_stored(trusted, last.origin))
        _refuse_clock(last.signed_at, at, last.number)
        is_same = (last.services, last.origin) == (services, origin) and not key_was
        if is_same and timezone.localdate(last.signed_at) == timezone.localdate(at):
            return newest, False
        if at <= last.signed_at:
            raise ValidationError(_("One was signed this second. Try again."), "same_second")
    _refuse_dates_to_come(at)
    checkpoint = SignedCheckpoint(
        origin=origin,
        number=newest.number + 1 if newest else 1,
        signed_at=at,
        before=text_digest(before[0].text) if before else "",
        services=services,
        site_was=before[1].origin if before and before[1].origin != origin else "",
        key_was=key_was,
        is_key_lost=is_lost,
    )
    stored = Checkpoint(number=checkpoint.number, note=signed(text_of(checkpoint), origin, signs))
    stored.save()
    return stored, True


def _newest_digests() -> tuple[SignedService, ...]:
    current = Edition.objects.current().order_by("service__slug")
    rows = current.values_list("service__slug", "number", "digest", "identity")
    return tuple(SignedService(*row) for row in rows)


def _read(newest: Checkpoint) -> tuple[Note, SignedCheckpoint]:
    try:
        return read(newest.note)
    except Unusable as error:
        message = _("%(checkpoint)s cannot be read; it was altered. Nothing was signed.")
        raise ValidationError(message, "unreadable", {"checkpoint": newest}) from error


def _former(
    note: Note,
    last: SignedCheckpoint,
    key: Ed25519PrivateKey,
    former_keys: Sequence[Ed25519PrivateKey],
    is_key_lost: bool,
) -> tuple[list[Ed25519PrivateKey], str, bool]:
    """The former key that signs with a new one, and what the note says of it: its verifier key, or
    its id and that it is lost. Nothing where the key is the same."""
    if is_signed_by(note, last.origin, octets(key)):
        return [], "", False
    for each in former_keys:
        if is_signed_by(note, last.origin, octets(each)):
            return [each], verifier_key(last.origin, octets(each)), False
    key_id = note.signatures[0].key_id.hex()
    if is_key_lost:
        return [], key_id, True
    message = _(
        "Checkpoint %(number)d was signed with another key (%(key)s). Name that one with "
        "--former-key or CHECKPOINT_KEY_FALLBACKS, so that it introduces the new one. If nobody "
        "has it any more: compare with a checkpoint that somebody kept (verify_editions "
        "--checkpoint), then sign with --key-lost, which the new checkpoint says. Nothing was "
        "signed."
    )
    raise ValidationError(message, "another_key", {"number": last.number, "key": key_id})


def _refuse_broken() -> None:
    broken = [str(each) for each in breaks()]
    if broken:
        message = _("The chain of editions breaks at: %(where)s. Nothing was signed.")
        raise ValidationError(message, "broken", {"where": "; ".join(broken)})


def _refuse(problems: Iterable[str]) -> None:
    found = list(problems)
    if found:
        message = _("What was signed before does not hold any more: %(what)s Nothing was signed.")
        raise ValidationError(message, "not_contained", {"what": " ".join(found)})


def _refuse_clock(last: datetime, at: datetime, number: int) -> None:
    if at < last:
        message = _(
            "The clock of this machine says %(now)s, and checkpoint %(number)d was signed on "
            "%(last)s. One of both clocks was wrong: set this one right. Nothing was signed."
        )
        words = {"now": _in_words(at), "last": _in_words(last), "number": number}
        raise ValidationError(message, "clock", words)


def _refuse_dates_to_come(at: datetime) -> None:
    # A checkpoint tells whole seconds.
    to_come = Edition.objects.filter(published_at__gte=at + timedelta(seconds=1))
    newest = to_come.aggregate(newest=Max("published_at"))["newest"]
    if newest:
        message = _(
            "The clock of this machine says %(now)s, and an edition was published on %(last)s. "
            "Set the clock right. Nothing was signed."
        )
        words = {"now": _in_words(at), "last": _in_words(newest)}
        raise ValidationError(message, "clock", words)


def _in_words(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
