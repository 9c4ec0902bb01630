"""Rows as plain objects, for composing thousands of documents.

They have the fields and relations of their models under the same names, and the models' own
properties and methods. What they lack is what Django makes for each instance and each prefetched
relation of it, which costs ten times as much as reading them; and a row that many share is one
object.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from types import FunctionType
from typing import Any

from django.db import IntegrityError
from django.db.models import Field, Model, QuerySet

Tree = dict[str, "Tree"]


class Row:
    """A row of a model: its fields, and the relations that were read. What belongs to it does not
    lead back, so that rows go away with who read them."""


class Rows(tuple[Row, ...]):
    """The rows of a relation to many, in the order of their model."""

    def all(self) -> "Rows":
        """Themselves, as a prefetched relation has them."""
        return self


def read_rows(model: type[Model], keys: Iterable[int], paths: Iterable[str]) -> list[Any]:
    """The rows of a model with these primary keys, in their order, with the relations to which the
    look-ups lead. A query for each relation, none for those of rows that are not there. Raises
    IntegrityError where one that is named was deleted."""
    tree: Tree = {}
    for path in paths:
        branch = tree
        for name in path.split("__"):
            branch = branch.setdefault(name, {})
    reader = _Reader()
    rows = reader.with_keys(model, keys)
    reader.follow(model, rows, tree)
    return rows


class _Reader:
    def __init__(self) -> None:
        self._known: dict[type[Model], dict[int, Any]] = defaultdict(dict)

    def with_keys(self, model: type[Model], keys: Iterable[int]) -> list[Any]:
        keys, known = list(keys), self._known[model]
        missing = dict.fromkeys(key for key in keys if key not in known)
        if missing:
            # In whatever order: they are asked for by key.
            self._read(model._default_manager.filter(pk__among=missing).order_by())
        return [known[key] for key in keys if key in known]

    def follow(self, model: type[Model], rows: list[Any], tree: Tree) -> None:
        for name, further in tree.items() if rows else ():
            field: Any = model._meta.get_field(name)
            if field.concrete and not field.many_to_many:
                related = self._forward(field, rows)
            elif field.many_to_many:
                related = self._many_to_many(field, name, rows)
            else:
                related = self._backward(field, name, rows)
            self.follow(field.related_model, related, further)

    def _read(self, chosen: QuerySet[Any]) -> list[Any]:
        """The rows of a queryset, each as one object, in its order."""
        model: Any = chosen.model
        kind, names, known = _row_class(model), _columns(model), self._known[model]
        key_at, found = names.index(_key(model)), []
        for values in chosen.values_list(*names):
            row = known.get(values[key_at])
            if row is None:
                row = known[values[key_at]] = kind()
                row.__dict__ = dict(zip(names, values, strict=True))
            found.append(row)
        return found

    def _forward(self, field: Field, rows: list[Any]) -> list[Any]:
        related: Any = field.related_model
        keys = dict.fromkeys(getattr(row, field.attname) for row in rows)
        found = self.with_keys(related, (key for key in keys if key is not None))
        known = self._known[related]
        if gone := [key for key in keys if key is not None and key not in known]:
            # Who takes no turn has deleted it: the database would find that at the end.
            raise IntegrityError(f"{related._meta.label} {gone[0]} was deleted meanwhile")
        for row in rows:
            setattr(row, field.name, known.get(getattr(row, field.attname)))
        return found

    def _backward(self, relation: Any, name: str, rows: list[Any]) -> list[Any]:
        back, owners = relation.field, {getattr(row, _key(relation.model)): row for row in rows}
        rows_of = relation.related_model._default_manager
        found = self._read(rows_of.filter(**{f"{back.name}__among": owners}))
        of_owner = defaultdict(list)
        for row in found:
            of_owner[getattr(row, back.attname)].append(row)
        for key, owner in owners.items():
            own = Rows(of_owner[key])
            setattr(owner, name, own if relation.one_to_many else next(iter(own), None))
        return found

    def _many_to_many(self, relation: Any, name: str, rows: list[Any]) -> list[Any]:
        model, related = relation.model, relation.related_model
        back = relation.field.name if relation.auto_created else relation.related_query_name()
        owners = {getattr(row, _key(model)): row for row in rows}
        chosen = related._default_manager.filter(**{f"{back}__among": owners})
        pairs = list(chosen.values_list(back, "pk"))
        found = self.with_keys(related, dict.fromkeys(key for _owner, key in pairs))
        of_owner, known = defaultdict(list), self._known[related]
        for owner, key in pairs:
            of_owner[owner].append(known[key])
        for key, owner in owners.items():
            setattr(owner, name, Rows(of_owner[key]))
        return found


@cache
def _row_class(model: type[Model]) -> type[Row]:
    """A class with what the model says itself: not what Django puts in the place of fields."""
    own = {
        name: found
        for base in reversed(model.__mro__)
        for name, found in vars(base).items()
        if not name.startswith("__")
        and (isinstance(found, property | FunctionType | type) or not hasattr(found, "__get__"))
    }
    fields = {name for field in model._meta.get_fields() for name in _names(field)}
    own = {name: found for name, found in own.items() if name not in fields}
    return type(f"{model.__name__}Row", (Row,), own)


def _names(field: Any) -> Iterator[str]:
    yield field.name
    yield getattr(field, "attname", field.name)


@cache
def _columns(model: type[Model]) -> list[str]:
    """The fields that say something of the directory, and the key."""
    fields: Iterable[Any] = model._meta.concrete_fields
    return [field.attname for field in fields if field.primary_key or field.serialize]


def _key(model: type[Model]) -> str:
    field: Any = model._meta.pk
    return field.attname
