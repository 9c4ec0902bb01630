"""Sign the newest digests of all services, and print the checkpoint; exit 1 if anything signed
before does not hold any more."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from directory.audit.log import note
from directory.editions.checkpoints import keys
from directory.editions.checkpoints.signing import sign
from directory.management.repeated import RepeatedCommand
from directory.models import Event


class Command(RepeatedCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--make-key",
            type=Path,
            metavar="FILE",
            help=_("make a key in this file, print its public key, and sign nothing"),
        )
        parser.add_argument(
            "--former-key",
            action="append",
            default=[],
            metavar="FILE",
            help=_("the key before, which introduces a new one; also CHECKPOINT_KEY_FALLBACKS"),
        )
        parser.add_argument(
            "--key-lost",
            action="store_true",
            help=_("nobody has the key before any more: the checkpoint says so"),
        )

    def handle(
        self, make_key: Path | None, former_key: list[str], key_lost: bool, **options: Any
    ) -> None:
        try:
            if make_key:
                self.make_key(make_key)
            else:
                self.sign([*former_key, *settings.CHECKPOINT_KEY_FALLBACKS], key_lost)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def make_key(self, path: Path) -> None:
        """Make a key and say what to do with it."""
        public = keys.make(path)
        self.stderr.write(
            _(
                "Made %(file)s, which nobody else may read. Set CHECKPOINT_KEY_FILE to it and keep "
                "a copy where nobody finds it. Its public key, below, also stands in %(public)s: "
                "give it to customers on paper, on another site or in the DNS too."
            )
            % {"file": path, "public": keys.public_file(path)}
        )
        self.stdout.write(public, ending="")

    def sign(self, former_files: list[str], is_key_lost: bool) -> None:
        """Sign, and print what was signed: cron mails it to whom it tells."""
        if not settings.CHECKPOINT_KEY_FILE:
            raise CommandError(
                _("Set CHECKPOINT_KEY_FILE to the file of a key; --make-key FILE makes one.")
            )
        key = keys.load(Path(settings.CHECKPOINT_KEY_FILE))
        former = keys.fallbacks(former_files)
        checkpoint, is_new = sign(key, former_keys=former, is_key_lost=is_key_lost)
        if is_new:
            note(Event.CHECKPOINT_SIGNED, about=checkpoint, number=checkpoint.number)
        else:
            self.stderr.write(
                _("Nothing is new since checkpoint %(number)d of today, which is this one:")
                % {"number": checkpoint.number}
            )
        self.stdout.write(checkpoint.note, ending="")
