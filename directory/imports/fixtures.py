"""JSON fixtures as Django reads them, with errors that name the object and the field.

Django takes a list where a text belongs and stores what Python prints of it; a fixture of ours is
checked value by value before it is read.
"""

from json import JSONDecodeError, dumps

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers import json
from django.core.serializers.base import DeserializationError
from django.db.models import CharField, TextField
from django.utils.translation import gettext as _

from directory.models import CheckRun, Finding, FindingAcceptance, FindingRow

OWN_APPS = ("directory", "escalations")
OF_ONE_DATABASE = (CheckRun, Finding, FindingAcceptance, FindingRow)


class Serializer(json.Serializer):
    """Leaves out what is said about rows by the keys that only this database gives them."""

    def serialize(self, queryset, **options):
        rows = (row for row in queryset if not isinstance(row, OF_ONE_DATABASE))
        return super().serialize(rows, **options)


class Deserializer(json.Deserializer):
    def __init__(self, stream_or_string, **options):
        try:
            super().__init__(stream_or_string, **options)
        except UnicodeDecodeError as error:
            message = _("the file is not in UTF-8. Save it with that encoding.")
            raise DeserializationError(message) from error
        except DeserializationError as error:
            raise DeserializationError(_why_unreadable(error.__cause__)) from error
        if isinstance(self.stream, list):
            self.stream = _replacements_first(self.stream)

    def _handle_object(self, obj):
        if not (isinstance(obj, dict) and "model" in obj and isinstance(obj.get("fields"), dict)):
            raise DeserializationError(
                _("A fixture is a list of objects with “model” and “fields”; this is none: %s")
                % repr(obj)[:80]
            )
        place = f"{obj['model']} {_named(obj['fields'])}".strip()
        _check_characters(obj["fields"], place)
        if str(obj["model"]).partition(".")[0] in OWN_APPS:
            self._check_own(obj, place)
        try:
            for deserialized in super()._handle_object(obj):
                deserialized.given = {*obj["fields"]}
                yield deserialized
        except DeserializationError as error:
            self._refuse_missing_reference(obj, place)
            field = self._field_in_error(obj)
            raise DeserializationError(
                f"{place}, {field}: {error}" if field else f"{place}: {error}"
            ) from error

    def _check_own(self, obj, place):
        meta = self._get_model_from_node(obj["model"])._meta
        if obj.get("pk") is not None or {"pk", meta.pk.name} & set(obj["fields"]):
            # A key of another database could be that of an unrelated row here.
            raise DeserializationError(
                _(
                    "%s: take out “pk” and “id”. Rows are found by their codes; write them with "
                    "dumpdata --natural-primary --natural-foreign."
                )
                % place
            )
        for name, value in obj["fields"].items():
            try:
                field = meta.get_field(name)
            except FieldDoesNotExist:
                continue
            if isinstance(field, CharField | TextField) and value is not None:
                _check_text(value, f"{place}, {name}")

    def _refuse_missing_reference(self, obj, place):
        """Raise DeserializationError for the first natural key among the fields that no row has."""
        for name, value in obj["fields"].items():
            try:
                target = self._get_model_from_node(obj["model"])._meta.get_field(name).related_model
            except FieldDoesNotExist:
                continue
            if target is None or not isinstance(value, list):
                continue
            many = bool(value) and all(isinstance(each, list) for each in value)
            for key in value if many else [value]:
                try:
                    target._default_manager.get_by_natural_key(*key)
                except target.DoesNotExist as error:
                    raise DeserializationError(
                        _(
                            "%(place)s, %(field)s: there is no %(target)s %(key)s. "
                            "Load it first, or correct the reference."
                        )
                        % {
                            "place": place,
                            "field": name,
                            "target": target._meta.label_lower,
                            "key": key,
                        }
                    ) from error
                except (AttributeError, TypeError, ValueError):
                    break

    def _field_in_error(self, obj):
        """The name of the first field whose value alone cannot be read, or an empty text."""
        for name, value in obj["fields"].items():
            alone = {"model": obj["model"], "fields": {name: value}}
            try:
                list(super()._handle_object(alone))
            except Exception as error:
                # Without its other fields an object may be incomplete; only the value counts.
                if isinstance(error, DeserializationError) and "field_value" in str(error):
                    return name
        return ""


def _why_unreadable(error):
    if not isinstance(error, JSONDecodeError):
        return str(error)
    return _(
        "line %(line)d, column %(column)d: this is no JSON (%(reason)s). Is the file complete?"
    ) % {"line": error.lineno, "column": error.colno, "reason": error.msg}


def _check_characters(fields, place):
    """Half of a surrogate pair can be written in JSON, and nowhere else."""
    for name, value in fields.items():
        written = dumps([name, value], ensure_ascii=False)
        try:
            written.encode()
        except UnicodeEncodeError as error:
            message = _("%(place)s: take out %(character)s, which is half a character.") % {
                "place": f"{place}, {name}",
                "character": f"\\u{ord(written[error.start]):04x}",
            }
            # It may stand in the name of the object as well, and could not be printed.
            printable = message.encode(errors="replace").decode()
            raise DeserializationError(printable) from error


def _check_text(value, place):
    if not isinstance(value, str):
        raise DeserializationError(
            _("%(place)s: write a text between quotation marks, not %(value)s.")
            % {"place": place, "value": repr(value)[:80]}
        )
    if "\x00" in value:
        raise DeserializationError(_("%s: take out the NUL character.") % place)


def _named(fields):
    """What a person recognises an object of a fixture by."""
    known = (fields.get(name) for name in ("code", "slug", "name"))
    return next((f"“{value}”" for value in known if value), "")


def _replacements_first(objects):
    """The objects in an order in which each contact point follows what replaces it, as dumpdata
    does not write them."""
    waiting = {}
    for obj in objects:
        if isinstance(obj, dict) and obj.get("model") == "directory.contactpoint":
            fields = obj.get("fields")
            if isinstance(fields, dict) and isinstance(fields.get("code"), str):
                waiting[fields["code"]] = obj
    ordered, placed = [], set()

    def place(obj):
        # Marked before its replacement is placed, so that a loop ends; validation refuses it.
        placed.add(id(obj))
        fields = obj.get("fields") if isinstance(obj, dict) else None
        target = fields.get("replaced_by") if isinstance(fields, dict) else None
        if isinstance(target, list) and len(target) == 1 and isinstance(target[0], str):
            before = waiting.get(target[0])
            if before is not None and id(before) not in placed:
                place(before)
        ordered.append(obj)

    for obj in objects:
        if id(obj) not in placed:
            place(obj)
    return ordered
