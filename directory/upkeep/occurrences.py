"""Everything that says a name, a number or an address: in all tables, found from the models.

For requests of people whose data are kept (Ley 1581 de 2012 of Colombia, GDPR): what is current is
corrected in its form, editions and entries of histories are withdrawn, the rest is told.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import and_, or_
from typing import Any

from django.apps import apps
from django.db.models import (
    CharField,
    Exists,
    JSONField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    UUIDField,
)
from django.db.models.functions import Cast
from django.utils.text import Truncator

from directory.contacts.written import Written
from directory.editions.document import public_texts
from directory.editions.reading import known
from directory.editions.withdrawals.histories import history_of
from directory.models import Edition, WithheldText
from directory.models.recording import is_recorded

# Of each table: so many are listed, and so many that might say it are read for that.
AT_MOST = 100
READ_AT_MOST = 1000
EXCERPT = 160
# Texts that nobody writes: what is left out, and why. All others are searched, also those of a
# model that is new. A star stands for all texts of a model.
NOT_SEARCHED = {
    "auth.Permission.*": "names that Django gives",
    "auth.User.password": "a hash",
    "contenttypes.ContentType.*": "names of models",
    "sessions.Session.*": "signed and packed; ends by itself within hours",
    "otp_static.StaticToken.*": "secrets",
    "otp_totp.TOTPDevice.key": "a secret",
    "directory.Passkey.credential_id": "a random number",
    "directory.Passkey.transports": "words of browsers",
    "directory.FactorRecovery.*": "a digest",
    "directory.Session.session_key": "a secret",
    "directory.Session.session_data": "signed and packed; ends by itself within hours",
    "directory.TryCount.*": "a keyed digest",
    "directory.Checkpoint.*": "digests and signatures",
    "directory.Proposal.seal": "a signature",
    "directory.DailyCount.digest": "a keyed digest of an address",
    "directory.ContactReport.form": "a random number",
    "directory.ContactReport.sender": "a keyed digest of an address",
    "directory.Edition.search_text": "made of the document",
    "directory.Edition.document_digest": "a digest",
    "directory.Edition.digest": "a digest",
    "directory.Edition.nonce": "a random number",
    "directory.Edition.seal": "a signature",
    "directory.Edition.withdrawal_seal": "a signature",
    "directory.Edition.erasure_seal": "a signature",
    "directory.CurrentEdition.*": "a digest and a signature",
    "directory.DirectoryVersion.mark": "random",
    "directory.FindingAcceptance.fingerprint": "a digest",
    "directory.Finding.fingerprint": "a digest",
}


@dataclass(frozen=True)
class Occurrence:
    """A row that says it. `words` are where it does, empty for what only auditors may read.
    `is_current`: of an edition, that it is what the page says now."""

    row: Any
    words: str
    is_current: bool = False


@dataclass(frozen=True)
class Found:
    """The rows of a model that say it; `has_more` where not all of them are listed."""

    model: type[Model]
    rows: list[Occurrence] = field(default_factory=list)
    has_more: bool = False

    @property
    def is_history(self) -> bool:
        """Whether texts are taken out of its rows by withdrawing."""
        return history_of(self.model) is not None

    @property
    def is_data(self) -> bool:
        """Whether its rows are what staff edit."""
        return is_recorded(self.model)


def find(wanted: Written, with_withdrawn: bool) -> list[Found]:
    """What says it, by tables, editions first, then data, histories and the rest. What withdrawn
    editions said is found `with_withdrawn` only. One query for each model."""
    found = []
    for model in searched_models():
        if model in (Edition, WithheldText):
            continue
        found.append(_found(model, _rows(model, columns(model), wanted), wanted))
    found = [each for each in found if each.rows]
    found.sort(key=lambda each: (not each.is_data, not each.is_history, str(each.model._meta)))
    rows = [_editions(wanted, with_withdrawn)]
    if with_withdrawn:
        kept = _rows(WithheldText, ["values", "texts"], wanted).select_related("content_type")
        rows.append(_found(WithheldText, kept, wanted))
    return [*(each for each in rows if each.rows), *found]


def searched_models() -> list[type[Model]]:
    """The models with texts that are searched."""
    return [model for model in apps.get_models(include_auto_created=True) if columns(model)]


def columns(model: type[Model]) -> list[str]:
    """The fields of a model whose texts are searched."""
    label = model._meta.label
    if f"{label}.*" in NOT_SEARCHED:
        return []
    return [name for name in text_columns(model) if f"{label}.{name}" not in NOT_SEARCHED]


def text_columns(model: type[Model]) -> list[str]:
    """The fields of a model that hold texts, but the words of fixed vocabularies."""
    fields: Any = model._meta.local_concrete_fields
    return [each.attname for each in fields if _is_text(each)]


def _is_text(column: Any) -> bool:
    if column.choices or column.is_relation or isinstance(column, UUIDField):
        return False
    is_text = isinstance(column, CharField | TextField | JSONField)
    return is_text or column.get_internal_type() in ("CharField", "TextField", "JSONField")


def _rows(model: type[Model], names: list[str], wanted: Written) -> QuerySet:
    """The rows that may say it: all parts of it stand somewhere in them."""
    texts = {f"text_of_{name}": Cast(name, TextField()) for name in names}
    parts = (
        reduce(or_, (Q((f"{alias}__iregex", part)) for alias in texts)) for part in wanted.parts
    )
    rows = model._base_manager.order_by("-pk").alias(**texts).filter(reduce(and_, parts))
    return rows.select_related()


def _found(model: type[Model], rows: QuerySet, wanted: Written) -> Found:
    names = columns(model)
    read = list(rows[: READ_AT_MOST + 1])
    said = list(
        islice(
            (
                Occurrence(row, words)
                for row in read
                if (
                    words := _excerpt(
                        (text for name in names for text in _texts(row, name)), wanted
                    )
                )
            ),
            AT_MOST + 1,
        )
    )
    return Found(model, said[:AT_MOST], len(said) > AT_MOST or len(read) > READ_AT_MOST)


def _editions(wanted: Written, with_withdrawn: bool) -> Found:
    newer = Edition.objects.filter(service=OuterRef("service"), number__gt=OuterRef("number"))
    rows = _rows(Edition, ["document"], wanted).filter(erased_at=None)
    rows = rows.select_related("service").annotate(is_current=~Exists(newer)).defer("search_text")
    if not with_withdrawn:
        rows = rows.filter(withdrawn_at=None)
    said: list[Occurrence] = []
    read = 0
    for edition in rows[: READ_AT_MOST + 1].iterator(AT_MOST):
        read += 1
        texts = (text for _mark, text in public_texts(known(edition) or ()))
        if words := _excerpt(texts, wanted):
            said.append(Occurrence(edition, words, edition.is_current))
        if len(said) > AT_MOST:
            break
    return Found(Edition, said[:AT_MOST], len(said) > AT_MOST or read > READ_AT_MOST)


def _excerpt(texts: Iterator[str], wanted: Written) -> str:
    """Where it is said: the text with all of it, else the texts of the row with its parts (first
    and last name are two fields); empty where it is not."""
    texts_ = [text for text in texts if text]
    whole = next((text for text in texts_ if wanted.is_in(text)), None)
    if whole is None:
        whole = " · ".join(dict.fromkeys(texts_))
        # Of many texts each could have a part of it by chance.
        whole = whole if len(texts_) <= 20 and wanted.is_in(whole) else ""
    return _around(whole, wanted)


def _around(text: str, wanted: Written) -> str:
    """So much of a text as shows where it says it."""
    place = wanted.pattern.search(text)
    start = max(0, (place.start() if place else 0) - EXCERPT // 2)
    return ("…" if start else "") + Truncator(text[start:]).chars(EXCERPT)


def _texts(row: Model, name: str) -> Iterator[str]:
    value = getattr(row, name)
    if isinstance(value, str) and value[:1] in ("[", "{"):
        # A text that is a structure, such as the message of a history.
        with contextlib.suppress(ValueError):
            value = json.loads(value)
    yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif value is not None and not isinstance(value, bool | int | float):
        yield str(value)
