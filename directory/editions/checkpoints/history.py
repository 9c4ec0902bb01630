"""Whether what was signed still holds: the checkpoints that are stored, and one that was kept."""

import contextlib
from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from directory.editions.checkpoints.check_page import (
    Note,
    SignedCheckpoint,
    SignedService,
    Unusable,
    read_checkpoint,
    read_note,
    read_public_key,
)
from directory.editions.checkpoints.notes import is_signed_by, text_digest
from directory.models import Checkpoint, Edition

BATCH = 500


def read(text: str) -> tuple[Note, SignedCheckpoint]:
    """A signed note, and what it says. Raises `check_page.Unusable`."""
    note = read_note(text)
    return note, read_checkpoint(note.text)


def keys_of_history(public_key: bytes) -> list[bytes]:
    """The keys that signed checkpoints of this site: this one, and those before it that a stored
    checkpoint names as it came with another."""
    keys = [public_key]
    for note in _notes():
        with contextlib.suppress(Unusable):
            if key := _key_was(read(note)[1]):
                keys.append(key)
    return keys


def problems_of_stored(public_key: bytes | None, origin: str) -> Iterator[str]:
    """What is wrong with the stored checkpoints and the editions that they sign, in words, the
    newest checkpoint first.

    The newest is signed with this key, and says the digest of the one before it, and so on: so they
    are what was signed, in their order, whoever writes to the database. Without the key, which is
    lost, only their order tells. That the newest ones were cut off only a checkpoint tells that
    somebody kept (`problems_of`).
    """
    key, following = public_key, None
    seen: set[SignedService] = set()
    for number, text in _numbered_notes():
        try:
            note, checkpoint = read(text)
        except Unusable:
            yield _("Checkpoint %(number)d cannot be read.") % {"number": number}
            return
        words = {"number": number, "origin": checkpoint.origin, "own": origin}
        if checkpoint.number != number or (following and following.number != number + 1):
            yield (
                _("After checkpoint %(number)d one is missing, or stands in another place.") % words
            )
            return
        if following and text_digest(note.text) != following.before:
            yield _("Checkpoint %(number)d is not what the one after it says.") % words
            return
        if following and checkpoint.signed_at >= following.signed_at:
            yield _("Checkpoint %(number)d is dated after the one that follows it.") % words
        if checkpoint.origin != origin:
            yield (
                _(
                    "Checkpoint %(number)d is of another site: %(origin)s. This one is %(own)s; "
                    "where its address changed, the next checkpoint says so."
                )
                % words
            )
        if key and not is_signed_by(note, checkpoint.origin, key):
            yield _("Checkpoint %(number)d is not signed with the key of this site.") % words
        if checkpoint.key_was:
            # What nobody can check any more, the one after it vouches for.
            key = _key_was(checkpoint)
        origin = checkpoint.site_was or origin
        following = checkpoint
        new = [each for each in checkpoint.services if each not in seen]
        seen |= {*new}
        yield from _rewritten_in_words(checkpoint, new)
    if following and following.number != 1:
        yield _("The checkpoints before number %(number)d are missing.") % {
            "number": following.number
        }


def problems_of(text: str, public_key: bytes, origin: str) -> list[str]:
    """What of a checkpoint that somebody kept does not hold any more, in words; nothing if the
    history still contains all of it."""
    try:
        note, checkpoint = read(text)
    except Unusable:
        return [
            _(
                "This is no checkpoint, or it was cut: it is kept as it was printed, from the line "
                "with the address of the site to its signatures."
            )
        ]
    origins = {origin, *_former_origins()}
    if checkpoint.origin not in origins:
        message = _("This checkpoint is of another site: %(other)s. This one is %(own)s.")
        return [message % {"other": checkpoint.origin, "own": origin}]
    if not any(is_signed_by(note, checkpoint.origin, key) for key in keys_of_history(public_key)):
        return [
            _(
                "This checkpoint is not signed with the key of this site. It was altered, or is by "
                "another key: give that one with --public-key."
            )
        ]
    words = {"number": checkpoint.number, "day": _day(checkpoint)}
    newest, found = Checkpoint.objects.newest(), []
    stored = Checkpoint.objects.filter(number=checkpoint.number).first()
    if newest is None or checkpoint.number > newest.number:
        words["newest"] = newest.number if newest else 0
        found.append(
            _(
                "This checkpoint, number %(number)d of %(day)s, is newer than the database, whose "
                "last one is %(newest)d: an older state was put in its place, or checkpoints were "
                "deleted."
            )
            % words
        )
    elif stored is None or _text(stored.note) != note.text:
        message = _("In the database checkpoint %(number)d is another one than this of %(day)s.")
        found.append(message % words)
    return [*found, *_rewritten_in_words(checkpoint, checkpoint.services)]


def _rewritten_in_words(
    checkpoint: SignedCheckpoint, services: Iterable[SignedService]
) -> Iterator[str]:
    for each, is_missing in _rewritten(services):
        message = (
            _("“%(slug)s” was rewritten since %(day)s: its edition %(edition)d is missing.")
            if is_missing
            else _(
                "“%(slug)s” was rewritten since %(day)s: its edition %(edition)d is another one "
                "than the one that was signed."
            )
        )
        yield message % {"slug": each.slug, "edition": each.number, "day": _day(checkpoint)}


def _day(checkpoint: SignedCheckpoint) -> str:
    return formats.date_format(timezone.localtime(checkpoint.signed_at), "DATETIME_FORMAT")


def _rewritten(services: Iterable[SignedService]) -> Iterator[tuple[SignedService, bool]]:
    """Those whose signed edition is not in the history any more, and whether none is in its place.

    As each digest covers the one before it, all editions up to it are the ones that were signed
    where it is still there, and the chain is intact.
    """
    remaining = iter(services)
    while batch := list(islice(remaining, BATCH)):
        names = {each.identity for each in batch}
        rows = Edition.objects.filter(
            identity__in=names, number__in={each.number for each in batch}
        ).values_list("identity", "number", "digest")
        stored = {(identity, number): digest for identity, number, digest in rows.iterator()}
        for each in batch:
            digest = stored.get((each.identity, each.number))
            if digest != each.digest:
                yield each, digest is None


def _key_was(checkpoint: SignedCheckpoint) -> bytes | None:
    """The key of the checkpoints before, where this one names it and somebody has it."""
    if not checkpoint.key_was or checkpoint.is_key_lost:
        return None
    try:
        return read_public_key(checkpoint.key_was)
    except Unusable:
        return None


def _numbered_notes() -> Iterator[tuple[int, str]]:
    rows = Checkpoint.objects.order_by("-number").values_list("number", "note")
    yield from rows.iterator(20)


def _notes() -> Iterator[str]:
    return (note for _number, note in _numbered_notes())


def _former_origins() -> Iterator[str]:
    for note in _notes():
        first, _rest = note.split("\n", 1)
        yield first


def _text(note: str) -> str:
    try:
        return read_note(note).text
    except Unusable:
        return ""
