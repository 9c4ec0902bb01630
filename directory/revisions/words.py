"""What changes of rows say: which row, which field, from what to what; names and not keys."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.utils import formats, timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from directory.contacts import showing
from directory.contacts.text import LONGEST_VALUE
from directory.hours.durations import describe_duration
from directory.models import RevisedRow
from directory.models.durations import MinutesField
from directory.models.recording import State, is_recorded, recorded_fields
from directory.models.revisions import WITHDRAWN
from directory.revisions.row_changes import Key, RowChange, fact_of, facts, row_of, to_python

# Rows of one change that are told one by one; the rest is counted.
ROWS_AT_MOST = 50


@dataclass(frozen=True)
class FieldWords:
    """A field, and what it is now and then, as people read it; `fact` is the name by which it is
    chosen."""

    fact: str
    label: str
    now: str
    then: str


@dataclass(frozen=True)
class RowWords:
    """A row that changes: its kind and name, and its fields. `what` says what becomes of it as a
    whole."""

    change: RowChange
    called: str
    fields: list[FieldWords] = field(default_factory=list)

    @property
    def fact(self) -> str:
        """The name by which it is chosen as a whole; empty if its fields are chosen."""
        return facts(self.change)[0] if self.what else ""

    @property
    def what(self) -> str:
        """That it is added or removed; empty if some of its fields change."""
        if self.change.adds:
            return _("comes back")
        return _("is removed") if self.change.removes else ""


class Names:
    """The names of rows that changes are about, or refer to, read together: a query for each model,
    and for what naming its rows needs."""

    def __init__(self, changes: Iterable[RowChange]) -> None:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        self._given: dict[Key, State] = {}
        for change in list(changes)[: 4 * ROWS_AT_MOST]:
            wanted[change.model].add(change.key)
            if whole := change.then if change.adds else change.now if change.removes else None:
                self._given[change.of] = whole
            for state in (change.now, change.then):
                for target, key in references(change.model, state or {}):
                    wanted[target].add(key)
        self._rows: dict[Key, Model] = {}
        for model, keys in wanted.items():
            rows = model._base_manager.filter(pk__in=keys)
            for row in rows.select_related(*_needed(model)):
                self._rows[model, row.pk] = row
            gone = {key for key in keys if (model, key) not in self._rows}
            self._read_deleted(model, gone)

    def _read_deleted(self, model: type[Model], keys: set[int]) -> None:
        unknown = [key for key in keys if (model, key) not in self._given]
        if unknown and is_recorded(model):
            deleted = RevisedRow.objects.of(model, unknown).filter(after__isnull=True)
            for row in deleted.order_by("revision_id"):
                self._given[model, row.row_id] = row.before or {}

    def of(self, change: RowChange) -> str:
        """The row of a change: its kind and its name."""
        return called(change.model, self.name(*change.of))

    def name(self, model: type[Model], key: int) -> str:
        """What a row is called, now or when it was last there."""
        if row := self._rows.get((model, key)):
            return str(row)
        if (model, key) in self._given:
            row = row_of(model, key, self._given[model, key])
            self._relate(row)
            return _safe_name(row)
        # One of many, further down than what was read together.
        found = model._base_manager.filter(pk=key).first()
        return str(found) if found else f"{model._meta.verbose_name} {key}"

    def _relate(self, row: Model) -> None:
        for column in row._meta.concrete_fields:
            target: Any = column.related_model
            key = getattr(row, column.attname)
            if target is None or key is None:
                continue
            if other := self._rows.get((target, key)):
                setattr(row, column.name, other)
            elif (target, key) in self._given:
                other = row_of(target, key, self._given[target, key])
                self._relate(other)
                setattr(row, column.name, other)

    def value(self, model: type[Model], name: str, value: Any) -> str:
        """A value of a field as people read it."""
        if value == WITHDRAWN:
            return _("[withdrawn]")
        many = {each.name: each for each in model._meta.many_to_many}
        if name in many:
            target: Any = many[name].related_model
            return ", ".join(self.name(target, key) for key in value or ()) or _("none")
        columns: Any = model._meta.concrete_fields
        column = next(each for each in columns if each.attname == name)
        if column.is_relation:
            return _("empty") if value is None else self.name(column.related_model, value)
        return Truncator(_text(column, value)).chars(LONGEST_VALUE)


def in_words(changes: Iterable[RowChange], at_most: int = ROWS_AT_MOST) -> list[RowWords]:
    """What the first changes say. The queries do not grow with them."""
    shown = list(changes)[:at_most]
    names = Names(shown)
    return [_row_words(change, names) for change in shown]


def _row_words(change: RowChange, names: Names) -> RowWords:
    whole = change.adds or change.removes
    given = (change.then if change.adds else change.now) or {}
    told = [
        FieldWords(
            fact_of(change, name),
            label(change.model, name),
            "" if change.adds else names.value(change.model, name, (change.now or {}).get(name)),
            ""
            if change.removes
            else names.value(change.model, name, (change.then or {}).get(name)),
        )
        for name in _in_order(change.model, given)
        if not whole or given[name] not in (None, "", [], False)
    ]
    return RowWords(change, names.of(change), told)


def _in_order(model: type[Model], given: State) -> list[str]:
    known = [each.attname for each in recorded_fields(model)]
    known += [each.name for each in model._meta.many_to_many]
    return [name for name in known if name in given]


def label(model: type[Model], name: str) -> str:
    """How forms call the field of that `attname`."""
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    for each in fields:
        if name in (each.name, each.attname):
            return capfirst(str(each.verbose_name))
    return name


def references(model: type[Model], state: State) -> Iterator[Key]:
    """The rows that a row with these values refers to."""
    columns: Any = model._meta.concrete_fields
    for column in columns:
        value = state.get(column.attname) if column.is_relation else None
        if isinstance(value, int):
            yield column.related_model, value
    many: Any = model._meta.many_to_many
    for relation in many:
        for key in state.get(relation.name) or ():
            yield relation.related_model, key


def row_name(model: type[Model], key: int, state: State) -> str:
    """A row that is gone: its kind and its name."""
    return called(model, _safe_name(row_of(model, key, state)))


def called(model: type[Model], name: object) -> str:
    """A row by its kind and its name: “Channel “Phone””."""
    kind = capfirst(str(model._meta.verbose_name))
    return _("%(kind)s “%(name)s”") % {"kind": kind, "name": name}


def _safe_name(row: Model) -> str:
    try:
        return str(row)
    except ObjectDoesNotExist:
        return f"{row._meta.verbose_name} {row.pk}"


def _needed(model: Any) -> list[str]:
    """What naming rows of a model needs besides."""
    return list(getattr(model, "holder_related", ())) or [
        column.name
        for column in model._meta.concrete_fields
        if column.is_relation and not column.null
    ]


def _text(column: Any, value: Any) -> str:
    try:
        value = to_python(column, value)
    except ValidationError:
        return str(value)
    if value is None or value == "":
        return _("empty")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(column, MinutesField):
        return describe_duration(value)
    if isinstance(value, PhoneNumber):
        return showing.display(value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    return str(formats.localize(value, use_l10n=True))
