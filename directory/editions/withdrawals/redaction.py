"""Takes texts that only withdrawn editions have out of the histories in the back office.

What was there is kept aside (`WithheldText`) until the editions are erased, and comes back when
they are shown again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.utils.text import Truncator

from directory.contacts import phones
from directory.contacts.text import LONGEST_VALUE
from directory.contacts.written import written
from directory.editions.document import ServiceDocument, decode, is_number, public_texts
from directory.editions.withdrawals.histories import History, histories, history_of
from directory.models import Edition, WithheldText

# Shorter texts are no secret, and occur in many other places.
SHORTEST = 4
BATCH = 500
BETWEEN_DIGITS = r"[\s().-]{0,2}"


def withhold(editions: Iterable[Edition]) -> int:
    """Take out of the histories the texts of these editions that no public edition has, in
    whatever form they are repeated, and keep them aside. Returns how many entries were changed.

    So do revisions of the rows, of which such a value cannot be put back meanwhile. In the database
    the editions are withdrawn already.
    """
    texts = unpublished_texts(list(editions), Edition.objects.filter(withdrawn_at=None))
    if not texts:
        return 0
    pattern = pattern_of(texts)
    return sum(_take_out(history, history.rows(), pattern) for history in histories())


def take_out(rows: Iterable[Model], text: str, **why: Any) -> int:
    """Take a text, however it is written, out of these rows of histories alone, and keep it aside
    with `why`: the fields of `WithheldText` that say so. Returns how many were changed."""
    pattern, count = written(text).pattern, 0
    keys: dict[History, list[Any]] = defaultdict(list)
    for row in rows:
        if history := history_of(type(row)):
            keys[history].append(row.pk)
    for history, of_model in keys.items():
        found = _take_out(history, history.all_rows().filter(pk__in=of_model), pattern)
        kept = _kept(history).filter(row_id__in=of_model)
        for each in kept:
            each.texts = list(dict.fromkeys([*each.texts, text]))
        kept.model.objects.bulk_update(kept, ["texts"], batch_size=BATCH)
        kept.update(**why)
        count += found
    return count


def give_back(kept: QuerySet[WithheldText] | None = None) -> None:
    """Put back into the histories all that was kept aside, or this, but what editions that are
    still withdrawn say and what was taken out by itself."""
    withdrawn = list(Edition.objects.exclude(withdrawn_at=None).filter(erased_at=None))
    public = Edition.objects.filter(withdrawn_at=None)
    pattern = pattern_of(unpublished_texts(withdrawn, public))
    for history in histories():
        for each, row in _kept_rows(history, kept):
            shown = history.without(each.values, pattern)
            for text in each.texts:
                shown = history.without(shown, written(text).pattern)
            _store(history, [(row, shown)])
            if shown == each.values:
                each.delete()


def erase(editions: Iterable[Edition]) -> None:
    """Take the texts of these editions that no other edition has out of the histories, and of what
    was kept aside, for ever. Takes the editions as they were; in the database they are erased."""
    texts = unpublished_texts(list(editions), Edition.objects.filter(erased_at=None))
    if not texts:
        return
    pattern = pattern_of(texts)
    for history in histories():
        _store(history, list(_found(history, history.rows(), pattern)))
        _erase_kept(history, None, [pattern])


def erase_kept(kept: QuerySet[WithheldText]) -> None:
    """Erase what was taken out of entries by itself, for ever."""
    for history in histories():
        for each in list(kept.filter(content_type=_kind(history))):
            patterns = [written(text).pattern for text in each.texts]
            _erase_kept(history, kept.filter(pk=each.pk), patterns)


def _erase_kept(
    history: History, kept: QuerySet[WithheldText] | None, patterns: list[re.Pattern[str]]
) -> None:
    for each, row in _kept_rows(history, kept):
        values = each.values
        for pattern in patterns:
            values = history.without(values, pattern)
        texts = [
            text for text in each.texts if not any(pattern.search(text) for pattern in patterns)
        ]
        if values == history.values(row):
            # Nothing is kept aside any more.
            each.delete()
        elif (values, texts) != (each.values, each.texts):
            each.values, each.texts = values, texts
            each.save(update_fields=["values", "texts"])


def kept_aside(editions: Iterable[Edition], at_most: int) -> list[tuple[WithheldText, str]]:
    """What was taken out of histories with withdrawn editions, at most so many, each with the words
    as they were. Reads what is kept aside until it has found them."""
    texts = unpublished_texts(list(editions), Edition.objects.filter(withdrawn_at=None))
    if not texts:
        return []
    pattern, found = pattern_of(texts), []
    for kept in WithheldText.objects.select_related("content_type").order_by("pk").iterator(BATCH):
        words = " · ".join(str(value) for value in kept.values.values() if value)
        if pattern.search(words):
            found.append((kept, words))
            if len(found) == at_most:
                break
    return found


def _said(edition: Edition) -> ServiceDocument | tuple[()]:
    """What is stored of an edition; nothing where somebody has made it no document any more."""
    try:
        return decode(edition.document)
    except msgspec.MsgspecError:
        return ()


def unpublished_texts(editions: list[Edition], others: QuerySet[Edition]) -> set[str]:
    """The texts of these editions that none of the `others` has."""
    content = {
        words
        for edition in editions
        for text, words in public_texts(_said(edition))
        if text.redacted and len(words) >= SHORTEST
    }
    # Most of it still stands on the same pages: then the others need not be searched.
    services = {edition.service_id for edition in editions}
    current = Edition.objects.current(pk__in=services)
    for document in current.values_list("document", flat=True):
        content = {text for text in content if _in_document(text) not in document}
    return {
        text
        for text in content
        if not others.filter(document__contains=_in_document(text)).exists()
    }


def pattern_of(texts: Iterable[str]) -> re.Pattern[str]:
    """What finds these texts in histories, and nothing where there are none."""
    forms = {form for text in texts for form in _forms(text)}
    if not forms:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?!\w)")


def _take_out(history: History, rows: QuerySet, pattern: re.Pattern[str]) -> int:
    found = list(_found(history, rows, pattern))
    kept = [
        WithheldText(content_type=_kind(history), row_id=row.pk, values=history.values(row))
        for row, _values in found
    ]
    # What was kept first is the whole of it.
    WithheldText.objects.bulk_create(kept, batch_size=BATCH, ignore_conflicts=True)
    _store(history, found)
    return len(found)


def _found(
    history: History, rows: QuerySet, pattern: re.Pattern[str]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The rows in which the pattern finds something, with their values without it."""
    for row in rows.iterator(BATCH):
        values = history.values(row)
        without = history.without(values, pattern)
        if without != values:
            yield row, without


def _store(history: History, changed: list[tuple[Any, dict[str, Any]]]) -> None:
    rows = [row for row, _values in changed]
    fields = list(history.fields)
    for row, values in changed:
        # One that was altered behind the application's back is to be seen as that.
        is_sealed = history.is_sealed and row.is_sealed
        for name, value in values.items():
            setattr(row, name, value)
        if is_sealed:
            row.put_seal()
            fields = [*history.fields, "seal"]
    history.model._base_manager.bulk_update(rows, fields, batch_size=BATCH)


def _kept_rows(
    history: History, kept: QuerySet[WithheldText] | None
) -> Iterator[tuple[WithheldText, Any]]:
    """What is kept aside of a history, with its row. Goes with a row that is gone."""
    of_history = (kept if kept is not None else WithheldText.objects).filter(
        content_type=_kind(history)
    )
    keys = list(of_history.order_by("pk").values_list("pk", flat=True))
    for begin in range(0, len(keys), BATCH):
        some = list(WithheldText.objects.filter(pk__in=keys[begin : begin + BATCH]))
        rows = history.all_rows().in_bulk([each.row_id for each in some])
        for each in some:
            if each.row_id in rows:
                yield each, rows[each.row_id]
            else:
                each.delete()


def _kept(history: History) -> QuerySet[WithheldText]:
    return WithheldText.objects.filter(content_type=_kind(history))


def _kind(history: History) -> ContentType:
    return ContentType.objects.get_for_model(history.model)


def _in_document(text: str) -> str:
    return msgspec.json.encode(text).decode()[1:-1]


def _forms(text: str) -> set[str]:
    """Patterns for a text as histories have it: whole or cut, numbers written in any way."""
    if is_number(text):
        return {r"\+?" + BETWEEN_DIGITS.join(digits) for digits in phones.searchable_digits(text)}
    # What has several lines stands in one, too: an address with commas.
    whole = r",?\s+".join(re.escape(line) for line in text.splitlines() if line)
    return {whole, re.escape(Truncator(text).chars(LONGEST_VALUE))}
