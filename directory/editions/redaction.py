"""Takes texts that only withdrawn editions had out of the histories in the back office.

Who changed which field of what, and when, stays there.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

import msgspec
from django.contrib.admin.models import LogEntry
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from directory.contacts import phones
from directory.contacts.text import LONGEST_VALUE
from directory.editions import contributions
from directory.editions.document import decode, is_number, public_texts
from directory.models import Edition, RevisedRow, Revision
from directory.models.revisions import WITHDRAWN

# Shorter texts are no secret, and occur in many other places.
SHORTEST = 4
BETWEEN_DIGITS = r"[\s().-]{0,2}"


def redact_histories(editions: Iterable[Edition]) -> int:
    """Replace, in the histories of the directory's rows, the texts of these editions that no other
    edition has, in whatever form they are repeated. Returns how many entries were changed.

    So do revisions of the rows, of which such a value cannot be put back any more.

    Takes the editions as they were; in the database they are withdrawn already.
    """
    texts = _unpublished_texts(list(editions))
    if not texts:
        return 0
    pattern = _pattern(texts)
    entries = LogEntry.objects.filter(content_type__app_label__in=contributions.app_labels())
    changed = []
    for entry in entries.only("object_repr", "change_message").order_by("pk").iterator(500):
        name = pattern.sub(_replacement, entry.object_repr)[:200]
        message = _redacted_message(entry.change_message, pattern)
        if (name, message) != (entry.object_repr, entry.change_message):
            entry.object_repr, entry.change_message = name, message
            changed.append(entry)
    LogEntry.objects.bulk_update(changed, ["object_repr", "change_message"], batch_size=500)
    _redact_revisions(pattern)
    return len(changed)


def _redact_revisions(pattern: re.Pattern[str]) -> None:
    changed = []
    for revision in Revision.objects.only("object_name", "message").order_by("pk").iterator(500):
        name = pattern.sub(_replacement, revision.object_name)[:200]
        message = _redacted_message(revision.message, pattern)
        if (name, message) != (revision.object_name, revision.message):
            revision.object_name, revision.message = name, message
            changed.append(revision)
    Revision.objects.bulk_update(changed, ["object_name", "message"], batch_size=500)
    rows = []
    for row in RevisedRow.objects.only("before", "after").order_by("pk").iterator(500):
        before, after = (_without_texts(values, pattern) for values in (row.before, row.after))
        if (before, after) != (row.before, row.after):
            row.before, row.after = before, after
            rows.append(row)
    RevisedRow.objects.bulk_update(rows, ["before", "after"], batch_size=500)


def _without_texts(values: dict[str, Any] | None, pattern: re.Pattern[str]) -> dict | None:
    """The values of a revised row; one that has such a text is not kept at all, as it could not be
    put back in part."""
    if values is None:
        return None
    return {
        name: WITHDRAWN if isinstance(value, str) and pattern.search(value) else value
        for name, value in values.items()
    }


def _unpublished_texts(editions: list[Edition]) -> set[str]:
    content = {
        words
        for edition in editions
        for text, words in public_texts(decode(edition.document))
        if text.redacted and len(words) >= SHORTEST
    }
    # Most of it still stands on the same pages: then the others need not be searched.
    services = {edition.service_id for edition in editions}
    current = Edition.objects.current().filter(service__in=services)
    for document in current.values_list("document", flat=True):
        content = {text for text in content if _in_document(text) not in document}
    return {
        text
        for text in content
        if not Edition.objects.filter(document__contains=_in_document(text)).exists()
    }


def _in_document(text: str) -> str:
    return msgspec.json.encode(text).decode()[1:-1]


def _pattern(texts: set[str]) -> re.Pattern[str]:
    forms = {form for text in texts for form in _forms(text)}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?!\w)")


def _forms(text: str) -> set[str]:
    """Patterns for a text as histories have it: whole or cut, numbers written in any way."""
    if is_number(text):
        return {r"\+?" + BETWEEN_DIGITS.join(digits) for digits in phones.searchable_digits(text)}
    # What has several lines stands in one, too: an address with commas.
    whole = r",?\s+".join(re.escape(line) for line in text.splitlines() if line)
    return {whole, re.escape(Truncator(text).chars(LONGEST_VALUE))}


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


def _replacement(_match: re.Match[str]) -> str:
    return _("[withdrawn]")
