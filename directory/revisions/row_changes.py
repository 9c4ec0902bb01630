"""What is to become of rows: the exact opposite of a revision, or an earlier state."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import CASCADE, Max, Model

from directory.contacts.kinds import VALUE_FIELDS
from directory.models import ContactPoint, Edition, RevisedRow, Revision, Service
from directory.models.recording import State, recorded_fields, states
from directory.models.revisions import WITHDRAWN

Model_ = type[Model]
Key = tuple[Model_, int]


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """A row, what it is expected to be `now`, and what it is to be `then`: values as `RevisedRow`
    has them. `now` is None of a row that is to be added, `then` of one that is to be removed; else
    both have the same fields."""

    model: Model_
    key: int
    now: State | None
    then: State | None

    @property
    def of(self) -> Key:
        """The model and the key."""
        return self.model, self.key

    @property
    def adds(self) -> bool:
        return self.now is None

    @property
    def removes(self) -> bool:
        return self.then is None

    @property
    def is_withdrawn(self) -> bool:
        """Whether a value that is to be put back, or would have to be there now, was erased."""
        return any(WITHDRAWN in (state or {}).values() for state in (self.now, self.then))


def opposite(revision: Revision) -> list[RowChange]:
    """What takes a revision back, owners before their parts. Rows of models that the application
    has no more are left out."""
    rows = revision.rows.select_related("content_type")
    changes = [
        RowChange(model=row.model, key=row.row_id, now=row.after, then=row.before)
        for row in rows
        if row.model
    ]
    return sorted(changes, key=lambda change: _depth(change.model))


def forward(rows: Iterable[RevisedRow]) -> list[RowChange]:
    """What rows of a revision did, owners before their parts."""
    changes = [
        RowChange(model=row.model, key=row.row_id, now=row.before, then=row.after)
        for row in rows
        if row.model
    ]
    return sorted(changes, key=lambda change: _depth(change.model))


def unverified(changes: list[RowChange]) -> list[RowChange]:
    """The changes without the day on which somebody tried a number or address, where that becomes
    another one: `writing.write` empties it."""
    return [_without_day(each) if changes_value(each) else each for each in changes]


def changes_value(change: RowChange) -> bool:
    """Whether a stored contact point gets another number or address."""
    if change.model is not ContactPoint or change.adds or change.removes:
        return False
    return not {"kind", *VALUE_FIELDS}.isdisjoint(change.then or ())


def _without_day(change: RowChange) -> RowChange:
    now, then = (
        {name: value for name, value in (state or {}).items() if name != "verified_on"}
        for state in (change.now, change.then)
    )
    return replace(change, now=now, then=then)


def renumbered(changes: list[RowChange]) -> list[RowChange]:
    """The changes with keys for new rows that no row has or had, wherever the changes name them."""
    added: dict[Model_, list[int]] = defaultdict(list)
    for change in changes:
        if change.adds:
            added[change.model].append(change.key)
    new = {
        (model, old): key
        for model, olds in added.items()
        for old, key in zip(olds, free_keys(model, len(olds)), strict=True)
    }
    return [
        replace(change, key=new.get(change.of, change.key), then=_renamed(change, new))
        for change in changes
    ]


def _renamed(change: RowChange, new: dict[Key, int]) -> State | None:
    if change.then is None:
        return None
    then = dict(change.then)
    columns: Any = change.model._meta.concrete_fields
    for column in columns:
        if column.is_relation and column.attname in then:
            old = then[column.attname]
            then[column.attname] = new.get((column.related_model, old), old)
    many: Any = change.model._meta.many_to_many
    for relation in many:
        if relation.name in then:
            olds = then[relation.name]
            then[relation.name] = sorted(new.get((relation.related_model, o), o) for o in olds)
    return then


def free_keys(model: Any, count: int) -> list[int]:
    """Primary keys that no row of a model has or had, as its table would give them."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
    highest = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    return [max(last, highest) + number for number in range(1, count + 1)]


def _depth(model: Model_) -> int:
    """How many owners stand above a row of a model."""
    field = owner_field(model)
    return 1 + _depth(field.related_model) if field else 0


def stored(changes: Iterable[RowChange]) -> dict[Key, State | None]:
    """The states of the rows as they are stored: a few queries for each model."""
    keys: dict[Model_, list[int]] = defaultdict(list)
    for change in changes:
        keys[change.model].append(change.key)
    return {
        (model, key): state
        for model, of_model in keys.items()
        for key, state in states(model, of_model).items()
    }


def offline_instead(changes: list[RowChange]) -> tuple[list[RowChange], list[int]]:
    """What is done in the place of removing services that have editions, which stay for ever: they
    are taken off the public pages, and what was added with them stays. Returns the changes and the
    keys of these services."""
    removed = [change.key for change in changes if change.model is Service and change.removes]
    kept = Edition.objects.filter(service__in=removed).order_by("service")
    kept_keys = list(kept.values_list("service", flat=True).distinct()) if removed else []
    if not kept_keys:
        return changes, []
    left = [change for change in changes if not change.removes]
    left += [
        replace(change, now={"is_published": True}, then={"is_published": False})
        for change in changes
        if change.model is Service and change.key in kept_keys
    ]
    return left, kept_keys


def row_of(model: Any, key: int, state: State) -> Any:
    """A row that is not stored, with these values, as far as they can be read."""
    row = model()
    for field in recorded_fields(model):
        if field.attname in state and state[field.attname] != WITHDRAWN:
            setattr(row, field.attname, to_python(field, state[field.attname]))
    row.pk = key
    return row


def to_python(field: Any, value: Any) -> Any:
    """The value of a field as the model has it, of the one that a revision has."""
    target = field.target_field if field.is_relation else field
    return None if value is None else target.to_python(value)


def owner_field(model: type[Model]) -> Any:
    """The foreign key to the owner without which a row is not there; None of rows that stand for
    themselves."""
    fields: Any = model._meta.concrete_fields
    for field in fields:
        goes = field.many_to_one or field.one_to_one
        if goes and field.remote_field.on_delete is CASCADE and not field.null:
            return field
    return None


# ---- Fact by fact -------------------------------------------------------------------------------


def facts(change: RowChange) -> list[str]:
    """The names of what can be chosen of a change: a row that comes back or goes as a whole, else
    each of its fields."""
    if change.adds or change.removes:
        return [fact_of(change)]
    return [fact_of(change, name) for name in change.then or {}]


def possible_facts(change: RowChange) -> list[str]:
    """Those of `facts` whose texts are still there."""
    if change.adds or change.removes:
        return [] if change.is_withdrawn else facts(change)
    given = (change.then or {}).items()
    return [fact_of(change, name) for name, value in given if value != WITHDRAWN]


def fact_of(change: RowChange, field: str = "") -> str:
    """The name of one fact: “directory.channel:7:title”."""
    return f"{change.model._meta.label_lower}:{change.key}" + (f":{field}" if field else "")


def chosen(changes: Iterable[RowChange], names: set[str]) -> list[RowChange]:
    """The changes as far as their facts are among `names`."""
    picked = []
    for change in changes:
        kept = [name for name in facts(change) if name in names]
        if kept and (change.adds or change.removes):
            picked.append(change)
        elif kept:
            fields = [name.rpartition(":")[2] for name in kept]
            now, then = change.now or {}, change.then or {}
            picked.append(
                replace(
                    change,
                    now={name: now[name] for name in fields},
                    then={name: then[name] for name in fields},
                )
            )
    return picked
