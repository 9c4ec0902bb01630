"""The tables that repeat what rows of the directory said, and how texts are taken out of them.

Who changed which field of what, and when, stays there. Other apps register theirs.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import JSONField, Model, QuerySet
from django.utils.translation import gettext as _

from directory.editions import contributions
from directory.models import ContactReport, FindingAcceptance, Proposal, RevisedRow, Revision
from directory.models.revisions import WITHDRAWN


@dataclass(frozen=True)
class History:
    """A table and its fields that repeat texts. Of a JSON field a value with such a text is not
    kept at all (`WITHDRAWN`), as it could not be put back in part."""

    model: type[Model]
    fields: tuple[str, ...]
    of_the_directory: bool = False

    def all_rows(self) -> QuerySet:
        """Its rows, with nothing but these fields; those that are sealed, with all that is."""
        rows = self.model._base_manager.order_by("pk")
        return rows if self.is_sealed else rows.only(*self.fields)

    @property
    def is_sealed(self) -> bool:
        """Whether its rows have a seal, which is put again."""
        return hasattr(self.model, "put_seal")

    def rows(self) -> QuerySet:
        """Those that tell of the directory's rows."""
        if not self.of_the_directory:
            return self.all_rows()
        return self.all_rows().filter(content_type__app_label__in=contributions.app_labels())

    def values(self, row: Model) -> dict[str, Any]:
        """The fields of a row, by name."""
        return {name: getattr(row, name) for name in self.fields}

    def without(self, values: dict[str, Any], pattern: re.Pattern[str]) -> dict[str, Any]:
        """These values without what the pattern finds."""
        return {name: self._without(name, value, pattern) for name, value in values.items()}

    def _without(self, name: str, value: Any, pattern: re.Pattern[str]) -> Any:
        field: Any = self.model._meta.get_field(name)
        if isinstance(field, JSONField):
            return _marked(value, pattern)
        return _redacted_message(value, pattern)[: field.max_length]


# What these repeat is what staff or customers wrote of a contact when it was public.
_histories: dict[type[Model], History] = {
    each.model: each
    for each in (
        History(LogEntry, ("object_repr", "change_message"), of_the_directory=True),
        History(Revision, ("object_name", "message")),
        History(RevisedRow, ("before", "after")),
        History(ContactReport, ("subject", "text", "closing_word")),
        History(FindingAcceptance, ("subject", "reason")),
        History(
            Proposal, ("object_name", "message", "rows", "entries", "effect", "warnings", "reason")
        ),
    )
}


def register(history: History) -> None:
    """Add a table of an app; called in its `AppConfig.ready`."""
    _histories[history.model] = history


def histories() -> Iterator[History]:
    """All of them."""
    yield from _histories.values()


def history_of(model: type[Model] | None) -> History | None:
    """That of a model; None for one that is no history."""
    return _histories.get(model) if model else None


def _redacted_message(message: str, pattern: re.Pattern[str]) -> str:
    """A change message is a text, or a structure of texts as JSON."""
    try:
        content = json.loads(message) if message.startswith("[") else message
    except ValueError:
        content = message
    redacted = _redacted(content, pattern)
    if redacted == content:
        return message
    return redacted if isinstance(redacted, str) else json.dumps(redacted)


def _redacted(content: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(content, str):
        return pattern.sub(_replacement, content)
    if isinstance(content, list):
        return [_redacted(each, pattern) for each in content]
    if isinstance(content, dict):
        return {key: _redacted(each, pattern) for key, each in content.items()}
    return content


def _marked(content: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(content, str):
        return WITHDRAWN if pattern.search(content) else content
    if isinstance(content, list):
        return [_marked(each, pattern) for each in content]
    if isinstance(content, dict):
        return {key: _marked(each, pattern) for key, each in content.items()}
    return content


def _replacement(_match: re.Match[str]) -> str:
    return _("[withdrawn]")
