"""JSON fixtures, read object by object, with errors that name the object and the field.

Django takes a list where a text belongs and stores its `str()`, so values are checked before Django
makes a row of them.
"""

import json
from collections.abc import Iterator
from typing import IO, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers import deserialize
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db.models import CharField, Model, TextField
from django.utils.translation import gettext as _

from directory.contacts.replacements import chain
from directory.editions import contributions
from directory.imports.retired_fields import retired_fields


def read(stream: IO[Any], **options: Any) -> Iterator[tuple[DeserializedObject, set[str]]]:
    """Each row of a fixture, not saved yet, with the names of the fields that the fixture gives.

    `options` are those of Django's deserializers. References are looked up when a row is asked for,
    so save each row before asking for the next. A contact point comes after the one that replaces
    it, in whatever order the file has them.
    Raises DeserializationError, naming the line or the object and the field, for what is no
    fixture.
    """
    objects = _parse(stream)
    for obj in objects:
        _check(obj)
    for obj in _replacements_first(objects):
        for row in _rows(obj, **options):
            yield row, {*obj["fields"]}


def _parse(stream: IO[Any]) -> list[Any]:
    try:
        content = stream.read()
        objects = json.loads(content.decode() if isinstance(content, bytes) else content)
    except UnicodeDecodeError as error:
        message = _("the file is not in UTF-8. Save it with that encoding.")
        raise DeserializationError(message) from error
    except json.JSONDecodeError as error:
        message = _(
            "line %(line)d, column %(column)d: this is no JSON (%(reason)s). Is the file complete?"
        )
        place = {"line": error.lineno, "column": error.colno, "reason": error.msg}
        raise DeserializationError(message % place) from error
    except (RecursionError, ValueError) as error:
        # Lists in lists without end, or a number with thousands of digits.
        raise DeserializationError(str(error)) from error
    if not isinstance(objects, list):
        raise _no_object(objects)
    return objects


def _no_object(value: Any) -> DeserializationError:
    return DeserializationError(
        _("A fixture is a list of objects with “model” and “fields”; this is none: %s")
        % repr(value)[:80]
    )


def _check(obj: Any) -> None:
    """Raise DeserializationError unless it is an object of a fixture, and one of ours is whole."""
    if not (isinstance(obj, dict) and "model" in obj and isinstance(obj.get("fields"), dict)):
        raise _no_object(obj)
    place = _place(obj)
    _check_characters(obj["fields"], place)
    model = _model(obj)
    if model is None or model._meta.app_label not in contributions.app_labels():
        return
    meta = model._meta
    if obj.get("pk") is not None or {"pk", meta.pk.name} & set(obj["fields"]):
        # A key of another database could be that of an unrelated row here.
        raise DeserializationError(
            _(
                "%s: take out “pk” and “id”. Rows are found by their codes; write them with "
                "dumpdata --natural-primary --natural-foreign."
            )
            % place
        )
    if retired := dict(retired_fields(meta.label_lower, obj["fields"])):
        said = "; ".join(f"{name}: {instead}" for name, instead in retired.items())
        raise DeserializationError(f"{place}, {said}")
    for name, value in obj["fields"].items():
        if isinstance(_field(model, name), CharField | TextField) and value is not None:
            _check_text(value, f"{place}, {name}")


def _rows(obj: dict[str, Any], **options: Any) -> list[DeserializedObject]:
    try:
        return [*deserialize("python", [obj], **options)]
    except Exception as error:
        _refuse_missing_reference(obj)
        place, field = _place(obj), _field_in_error(obj, **options)
        raise DeserializationError(
            f"{place}, {field}: {error}" if field else f"{place}: {error}"
        ) from error


def _refuse_missing_reference(obj: dict[str, Any]) -> None:
    """Raise DeserializationError for the first natural key among the fields that no row has."""
    for name, value in obj["fields"].items():
        target = getattr(_field(_model(obj), name), "related_model", None)
        if target is None or not isinstance(value, list):
            continue
        many = bool(value) and all(isinstance(each, list) for each in value)
        for key in value if many else [value]:
            try:
                target._default_manager.get_by_natural_key(*key)
            except target.DoesNotExist as error:
                message = _(
                    "%(place)s, %(field)s: there is no %(target)s %(key)s. "
                    "Load it first, or correct the reference."
                )
                raise DeserializationError(
                    message
                    % {
                        "place": _place(obj),
                        "field": name,
                        "target": target._meta.label_lower,
                        "key": key,
                    }
                ) from error
            except (AttributeError, TypeError, ValueError):
                break


def _field_in_error(obj: dict[str, Any], **options: Any) -> str:
    """The name of the first field whose value alone cannot be read, or an empty text."""
    for name, value in obj["fields"].items():
        alone = {"model": obj["model"], "fields": {name: value}}
        try:
            [*deserialize("python", [alone], **options)]
        except DeserializationError as error:
            if "field_value" in str(error):
                return str(name)
        except Exception:  # noqa: S112
            # Without its other fields an object may be incomplete; only the value counts.
            continue
    return ""


def _model(obj: dict[str, Any]) -> type[Model] | None:
    try:
        return apps.get_model(obj["model"])
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def _field(model: type[Model] | None, name: str) -> Any:
    try:
        return model and model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _check_characters(fields: dict[str, Any], place: str) -> None:
    """Half of a surrogate pair can be written in JSON, and nowhere else."""
    for name, value in fields.items():
        written = json.dumps([name, value], ensure_ascii=False)
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


def _check_text(value: Any, place: str) -> None:
    if not isinstance(value, str):
        raise DeserializationError(
            _("%(place)s: write a text between quotation marks, not %(value)s.")
            % {"place": place, "value": repr(value)[:80]}
        )
    if "\x00" in value:
        raise DeserializationError(_("%s: take out the NUL character.") % place)


def _place(obj: dict[str, Any]) -> str:
    """What a person recognises an object of a fixture by: its model, and its code or name."""
    known = (obj["fields"].get(name) for name in ("code", "slug", "name"))
    name = next((f"“{value}”" for value in known if value), "")
    return f"{obj['model']} {name}".strip()


def _replacements_first(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The objects in an order in which each contact point follows what replaces it, as dumpdata
    does not write them. A loop has no such order; validation refuses it."""
    by_code = {}
    for obj in objects:
        code = obj["fields"].get("code")
        if obj["model"] == "directory.contactpoint" and isinstance(code, str):
            by_code[code] = obj

    def following(obj: dict[str, Any]) -> dict[str, Any] | None:
        is_point = obj["model"] == "directory.contactpoint"
        match obj["fields"].get("replaced_by") if is_point else None:
            case [str(code)]:
                return by_code.get(code)
        return None

    ordered: dict[int, dict[str, Any]] = {}
    for obj in objects:
        for each in reversed([obj, *chain(obj, following)]):
            ordered.setdefault(id(each), each)
    return list(ordered.values())
