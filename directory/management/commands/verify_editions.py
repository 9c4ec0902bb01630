"""Check all editions and their checkpoints; exit 1 and say where they break, and how."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.audit.log import note
from directory.editions.checkpoints import keys
from directory.editions.checkpoints.check_page import LONGEST_NOTE
from directory.editions.checkpoints.history import problems_of, problems_of_stored
from directory.editions.checkpoints.notes import origin_of
from directory.editions.verifying import breaks
from directory.models import Checkpoint, Edition, append_only
from directory.models.audit_entries import Event

# Of many breaks so many are named in the audit log.
NAMED_AT_MOST = 20


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint",
            type=Path,
            metavar="FILE",
            help=_("a checkpoint that was kept: the history must still contain all of it"),
        )
        parser.add_argument(
            "--public-key",
            type=Path,
            metavar="FILE",
            help=_("the key that signed that; else the one of the settings"),
        )

    def handle(self, checkpoint: Path | None, public_key: Path | None, **options: Any) -> None:
        kept = _read(checkpoint) if checkpoint else None
        try:
            own = keys.public_key()
            key = keys.load_public(public_key) if public_key else own
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if kept is not None and key is None:
            raise CommandError(
                _("Say with which key to check it: --public-key FILE, or CHECKPOINT_KEY_FILE.")
            )
        origin, problems = origin_of(settings.PUBLIC_URL), []
        broken = [str(each) for each in breaks()]
        if broken:
            # A replica is checked as well, where nothing can be written down.
            with suppress(DatabaseError):
                note(Event.ALTERATION_FOUND, breaks=len(broken), first=broken[:NAMED_AT_MOST])
            problems.append("\n".join([_("The chain breaks at:"), *broken]))
        if missing := append_only.missing(connection):
            told = _(
                "Triggers that keep editions from being altered are missing: %s. “manage.py "
                "migrate” makes them anew; find out who dropped them."
            )
            problems.append(told % ", ".join(missing))
        problems += problems_of_stored(own, origin) if own else []
        problems += problems_of(kept, key, origin) if kept is not None and key else []
        if problems:
            raise CommandError("\n".join(problems))
        self._report(own, kept)

    def _report(self, own: bytes | None, kept: str | None) -> None:
        """Say what was checked."""
        count = Edition.objects.count()
        told = [ngettext("%d edition is intact.", "%d editions are intact.", count) % count]
        if signed := Checkpoint.objects.count():
            told.append(
                ngettext(
                    "%d signed checkpoint is intact, and its editions are there.",
                    "%d signed checkpoints are intact, and their editions are there.",
                    signed,
                )
                % signed
                if own
                else _("The checkpoints were not checked: CHECKPOINT_PUBLIC_KEY_FILE is not set.")
            )
        if kept is not None:
            told.append(_("The history still contains all of the checkpoint that was kept."))
        self.stdout.write("\n".join(told))


def _read(path: Path) -> str:
    """The text of a file. Raises CommandError."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_NOTE + 1).decode(errors="replace")
    except OSError as error:
        raise CommandError(
            _("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error
