"""Django's `loaddata`, which also validates what it loads and publishes it: all or nothing."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.management.base import CommandError, OutputWrapper
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.editions import contributions
from directory.editions.publish import publish
from directory.imports import fixtures
from directory.models import Edition, Service
from directory.upkeep.checks import runs


class Command(loaddata.Command):
    def handle(self, *fixture_labels: str, **options: Any) -> None:
        self.loaded: list[Model] = []
        self.keys: set[tuple[type[Model], tuple]] = set()
        # What it says that it did is said when that is sure: until the end all may be undone.
        stdout, self.stdout = self.stdout, OutputWrapper(StringIO())
        try:
            super().handle(*fixture_labels, **options)
        finally:
            said, self.stdout = self.stdout.getvalue(), stdout
        self.stdout.write(said, ending="")
        if self.loaded and self.using == DEFAULT_DB_ALIAS:
            runs.run_checks()

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        # Already inside the transaction of `handle`: whatever is raised here undoes all of it.
        try:
            super().loaddata(fixture_labels)
        except CommandError:
            raise
        except Exception as error:
            raise CommandError(_("Nothing was loaded. %s") % error) from error
        for instance in self.loaded:
            if hasattr(instance, "validate_whole"):
                self._refuse_if_invalid(instance, instance.validate_whole)
        if self.loaded and self.using == DEFAULT_DB_ALIAS:
            self._report(publish(Service.objects.all()))

    def load_label(self, fixture_label: str) -> None:
        # As Django's, but with our reader, whose errors name the object and the field.
        for path, _directory, _name in self.find_fixtures(fixture_label):
            _name, serialization, compression = self.parse_name(Path(path).name)
            if serialization != "json":
                raise CommandError(_("Nothing was loaded. %s: write fixtures as JSON.") % path)
            formats: dict[str | None, Any] = self.compression_formats
            open_file, mode = formats[compression]
            with open_file(path, mode) as stream:
                try:
                    count = self._load(stream)
                except CommandError:
                    raise
                except Exception as error:
                    raise DeserializationError(f"{path}: {error}") from error
            if not count:
                self.stderr.write(_("%s has no objects.") % path)
            self.fixture_count += 1

    def _load(self, stream: IO[Any]) -> int:
        """Save the rows of one file. Returns how many there were, those that are excluded too."""
        found = 0
        for row, given in fixtures.read(
            stream,
            using=self.using,
            ignorenonexistent=self.ignore,
            handle_forward_references=True,
        ):
            if row.object._meta.app_label in contributions.app_labels():
                _keep_upkeep(row.object, given)
                self._refuse_forward_references(row)
                self._refuse_if_invalid(row.object, partial(self._validate, row))
                self.loaded.append(row.object)
            self.loaded_object_count += self.save_obj(row)
            found += 1
        self.fixture_object_count += found
        return found

    def _validate(self, obj: DeserializedObject) -> None:
        instance: Any = obj.object
        if isinstance(instance, Edition):
            raise ValidationError(_("Editions are made by publishing, not loaded."))
        if not hasattr(instance, "natural_key"):
            raise ValidationError(_("It belongs to one database and is not loaded into another."))
        # A row that its natural key found is there already, and no duplicate of itself.
        instance._state.adding = instance.pk is None
        instance.full_clean()
        self._refuse_empty_values(obj)
        self._refuse_repetition(instance)
        if hasattr(instance, "validate_among"):
            instance.validate_among(instance.neighbours())

    def _refuse_empty_values(self, obj: DeserializedObject) -> None:
        """What `full_clean` does not look at: nulls in fields that may be left empty, and relations
        to many that must not be empty."""
        for field in obj.object._meta.concrete_fields:
            if getattr(obj.object, field.attname) is None and not (field.null or field.primary_key):
                raise ValidationError({field.name: field.error_messages["null"]})
        for field in obj.object._meta.many_to_many:
            given = (obj.m2m_data or {}).get(field.name)
            if not field.blank and (given == [] or (given is None and obj.object.pk is None)):
                raise ValidationError({field.name: field.error_messages["blank"]})

    def _refuse_repetition(self, instance: Any) -> None:
        key = (type(instance), instance.natural_key())
        if key in self.keys:
            raise ValidationError(_("It is in these fixtures twice. Keep one of the two."))
        self.keys.add(key)

    def _refuse_forward_references(self, obj: DeserializedObject) -> None:
        field: Any
        for field, value in (obj.deferred_fields or {}).items():
            raise CommandError(
                _(
                    "Nothing was loaded. %(object)s, %(field)s: there is no %(target)s %(value)s. "
                    "Load it first, or correct the reference."
                )
                % {
                    "object": _describe(obj.object),
                    "field": field.name,
                    "target": field.related_model._meta.label_lower,
                    "value": value,
                }
            )

    def _refuse_if_invalid(self, instance: Model, validate: Callable[[], None]) -> None:
        try:
            validate()
        except ValidationError as error:
            problems = "; ".join(
                " ".join(messages)
                if field == NON_FIELD_ERRORS
                else f"{field}: {' '.join(messages)}"
                for field, messages in _by_field(error).items()
            )
            raise CommandError(
                _("Nothing was loaded. %(object)s, %(problems)s")
                % {"object": _describe(instance), "problems": problems}
            ) from error

    def _report(self, editions: Collection[Edition]) -> None:
        if self.verbosity >= 1:
            self.stdout.write(
                ngettext("Published %d edition.", "Published %d editions.", len(editions))
                % len(editions)
            )


def _keep_upkeep(instance: Model, given: set[str]) -> None:
    """Take from the stored row the fields that a fixture rarely has and must not empty: who keeps
    a row true, and when somebody last looked at it. `given` are the fields that it does have."""
    kept = set(getattr(instance, "kept_by_imports", ())).difference(given)
    if instance.pk is None or not kept:
        return
    stored = type(instance)._default_manager.filter(pk=instance.pk).first()
    for name in kept if stored else ():
        setattr(instance, name, getattr(stored, name))


def _describe(instance: Model) -> str:
    """The object as the fixture names it, as far as its natural key can be read."""
    parts = []
    for path in getattr(instance, "natural_key_fields", ()):
        value: Any = instance
        for name in path.split("__"):
            value = getattr(value, name, None)
        parts.append(str(value))
    return f"{instance._meta.label_lower} “{' · '.join(parts)}”"


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return error.message_dict
    return {NON_FIELD_ERRORS: error.messages}
