"""Rows by what people call them, where they write no code: a name, a title, a number."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from directory.contacts.text import fold
from directory.models.natural_keys import NaturalKeyModel

Key = tuple[Any, ...]


class Names:
    """The codes of the rows of a model by the texts of its `called_by`, within the parts of their
    natural keys before the code. Stored rows are read once, when a name is asked for."""

    def __init__(self, model: type[NaturalKeyModel]) -> None:
        self.model = model
        self._added: dict[Key, set[str]] = defaultdict(set)

    def add(self, within: Key, text: str, code: str) -> None:
        """Let `text` name the row with this code too, one that is not stored yet."""
        for spelling in spellings(self.model, text):
            self._added[*within, spelling].add(code)

    def codes(self, within: Key, text: str) -> list[str]:
        """The codes of those that are called so, in order; several if the name is not enough."""
        found: set[str] = set()
        for spelling in spellings(self.model, text):
            key = (*within, spelling)
            found |= self._stored.get(key, set()) | self._added.get(key, set())
        return sorted(found)

    @cached_property
    def _stored(self) -> dict[Key, set[str]]:
        key_fields, names = self.model.natural_key_fields, self.model.called_by
        found: dict[Key, set[str]] = defaultdict(set)
        if not names:
            return found
        rows = self.model.objects.order_by().values_list(*key_fields, *names)
        for row in rows.iterator(chunk_size=2000):
            *within, code = row[: len(key_fields)]
            for name in filter(None, row[len(key_fields) :]):
                found[*within, fold(str(name))].add(code)
        return found


def spellings(model: type[NaturalKeyModel], text: str) -> set[str]:
    """A text as each field of `called_by` keeps it, folded: “601 744 2727” is +576017442727."""
    if not text:
        return set()
    return {fold(text), *_kept(model, text)} - {""}


def _kept(model: type[NaturalKeyModel], text: str) -> Iterable[str]:
    for name in model.called_by:
        field: Any = model._meta.get_field(name)
        try:
            yield fold(str(field.to_python(text)))
        except (ValidationError, ValueError):
            continue
