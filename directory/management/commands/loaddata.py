"""Django's `loaddata`, which validates what it loads and publishes it: all or nothing."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import loaddata
from django.core.management.utils import parse_apps_and_model_labels
from django.db import DEFAULT_DB_ALIAS, IntegrityError, InterfaceError, OperationalError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.audit.log import note
from directory.editions import collisions
from directory.imports.fixtures import effect, fixture_import
from directory.imports.fixtures.file_names import why_not_found
from directory.imports.fixtures.formats import read_file
from directory.imports.fixtures.records import Problems, Record
from directory.models import Event
from directory.upkeep.checks import runs

# Of so many objects a step is told where no terminal shows it.
MANY = 1_000


class Command(loaddata.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--dry-run", action="store_true", help=_("say what would change, and change nothing")
        )

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        self.ignore, self.using = options["ignore"], options["database"]
        self.app_label, self.format = options["app_label"], options["format"]
        self.verbosity = options["verbosity"]
        excluded, excluded_apps = parse_apps_and_model_labels(options["exclude"])
        self.excluded_models = {*excluded, *(m for app in excluded_apps for m in app.get_models())}
        if self.using != DEFAULT_DB_ALIAS:
            raise CommandError(_("Fixtures are loaded into the default database only."))
        # As Django's `loaddata` has them where it looks for files.
        self.serialization_formats = serializers.get_public_serializer_formats()
        is_trial = options["dry_run"]
        try:
            outcome = collisions.repeated(lambda: self._bring_in(fixture_labels, is_trial))
        except (OperationalError, InterfaceError) as error:
            message = _("Nothing was loaded. %s") % collisions.in_words(error)
            raise CommandError(message) from error
        except IntegrityError as error:
            # What a database finds when all is written.
            message = _(
                "Nothing was loaded. Somebody changed or deleted meanwhile what these fixtures "
                "refer to. Try again. (%s)"
            )
            raise CommandError(message % error) from error
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. Nothing was loaded.")) from None
        if self.problems:
            raise CommandError(self._refusal())
        if self.verbosity >= 1:
            for line in self._report(outcome, is_trial):
                self.stdout.write(line)
        if outcome.plan.read and not is_trial:
            try:
                runs.run_checks()
            except (KeyboardInterrupt, OperationalError, InterfaceError) as error:
                message = _(
                    "Everything was loaded. Only the findings are not: run check_directory."
                )
                raise CommandError(message) from error

    def _bring_in(self, labels: Sequence[str], is_trial: bool) -> effect.Outcome:
        self.problems = Problems()
        self.paths: list[str] = []
        records, progress = self._records(labels), self._progress()
        return fixture_import.bring_in(records, self.problems, progress, is_trial, log=self._log)

    def _log(self, outcome: effect.Outcome) -> None:
        files = [Path(path).name for path in self.paths]
        note(Event.IMPORTED, files=files, objects=outcome.plan.read)

    def _records(self, labels: Sequence[str]) -> Iterator[Record]:
        for label in labels:
            for path, format_name, compression in self._found(label):
                self.paths.append(path)
                count = 0
                for record in read_file(
                    path,
                    format_name,
                    compression,
                    self.problems,
                    excluded=self.excluded_models,
                    ignore_unknown=self.ignore,
                ):
                    count += 1
                    yield record
                if not (count or self.problems):
                    self.stderr.write(_("%s has no objects.") % path)

    def _found(self, label: str) -> list[tuple[str, str, str | None]]:
        """Each file of that name with its format and its compression."""
        try:
            paths = [path for path, _directory, _name in self.find_fixtures(label)]
            parsed = [(path, self.parse_name(Path(path).name)) for path in paths]
        except CommandError as error:
            raise CommandError(why_not_found(label, self.fixture_dirs)) from error
        except OSError as error:
            # Such as a folder of somebody else.
            message = _("The file cannot be read: %s.") % error.strerror
            raise CommandError(f"{label}: {message}") from error
        return [(path, name or "", compression) for path, (_stem, name, compression) in parsed]

    def _refusal(self) -> str:
        # As they stand in the files, not as they were found.
        order = {path: position for position, path in enumerate(self.paths)}
        found = sorted(
            self.problems, key=lambda problem: (order[problem.place.file], problem.place.number)
        )
        lines = [str(problem) for problem in found]
        if more := self.problems.count - len(lines):
            lines.append(ngettext("And %d more problem.", "And %d more problems.", more) % more)
        text = _("Nothing was loaded. %s")
        if len(lines) == 1:
            return text % lines[0]
        count = self.problems.count
        told = ngettext("%d problem:", "%d problems:", count) % count
        return "\n".join([text % told, *lines])

    def _report(self, outcome: effect.Outcome, is_trial: bool) -> Iterator[str]:
        if is_trial:
            yield _("Nothing was changed. These fixtures would do this:")
        count = outcome.plan.read
        yield _("Objects: %d.") % count
        yield from effect.rows_in_words(outcome.plan)
        yield from outcome.offline
        yield from outcome.renames
        yield from outcome.warnings
        if is_trial:
            yield from effect.pages_in_words(outcome.pages)
            return
        count = len(outcome.editions)
        yield ngettext("Published %d edition.", "Published %d editions.", count) % count

    def _progress(self) -> fixture_import.Progress:
        """A line on a terminal that counts up; elsewhere one for each step of many objects."""
        width = 0

        def show(step: object, done: int, total: int | None) -> None:
            nonlocal width
            text = f"{done} {step}" if total is None else f"{done} / {total} {step}"
            is_over = total is not None and done >= total
            if self.stdout.isatty():
                width = max(width, len(text))
                self.stdout.write(f"\r{text:<{width}}", ending="\n" if is_over else "")
                self.stdout.flush()
            elif is_over and done >= MANY:
                self.stdout.write(text)

        return show if self.verbosity >= 1 else lambda step, done, total: None
