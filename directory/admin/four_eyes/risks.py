"""Which changes lead customers elsewhere, and what of them is risky by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Field, SlugField

from directory.admin.four_eyes import told_anew
from directory.admin.four_eyes.named import named
from directory.models import ContactPoint, ContactPointUse, Service
from directory.models.number_concerns import warnings_of
from directory.models.plain_text import is_text
from directory.models.recording import Recording, State, active, is_recorded
from directory.revisions.row_changes import (
    Model_,
    RowChange,
    changes_value,
    forward,
    owner_field,
)
from directory.revisions.writing import MOST_ASKED
from directory.upkeep.checks import misleading

BATCH = 500


def waits(recording: Recording, changes: list[RowChange]) -> bool:
    """Whether an act waits for a second person, as FOUR_EYES says; its rows stand in this
    transaction."""
    if settings.FOUR_EYES == "off" or recording.proposed_by is not None:
        return False
    if settings.FOUR_EYES == "all" and (recording.editions or any(map(_takes_offline, changes))):
        return True
    return bool(leading(changes)) or told_anew.leads_elsewhere(recording.editions)


def would_wait(publishes: bool) -> bool:
    """Whether the act that is recorded now would wait, as it stands in this transaction;
    `publishes` says whether public pages change by it."""
    recording = active()
    if settings.FOUR_EYES == "off" or recording is None:
        return False
    if settings.FOUR_EYES == "all" and publishes:
        return True
    return bool(leading(forward(recording.revised())))


def leading(changes: Iterable[RowChange]) -> list[RowChange]:
    """The changes that lead customers to another number or address, or to somebody else: of what a
    public page shows, and of values wherever they stand. The rows stand in this transaction."""
    found = [change for change in changes if _leads(change)]
    values = [change for change in found if changes_value(change)]
    others = [change for change in found if not changes_value(change)]
    return found if any(services_of(others).values()) else values


def services_of(changes: Iterable[RowChange]) -> dict[int, bool]:
    """The services that show the rows of these changes, or what they were parts of: key -> whether
    it has a public page, or its address says that it ended."""
    keys: dict[Model_, set[int]] = defaultdict(set)
    for change in changes:
        for model, key in _places(change):
            keys[model].add(key)
    if sum(map(len, keys.values())) > MOST_ASKED:
        return dict(Service.objects.order_by().values_list("pk", "is_published"))
    found: dict[int, bool] = {}
    for model, of_model in keys.items():
        for batch in _batches(of_model):
            shown = Service.objects.showing(_rows(model, batch)).order_by()
            found |= {
                key: is_published or ended_on is not None
                for key, is_published, ended_on in shown.values_list(
                    "pk", "is_published", "ended_on"
                )
            }
    return found


def warnings(changes: Iterable[RowChange]) -> list[str]:
    """What is risky by itself in the changes, in words: numbers that cost more or are of another
    country than all others, hosts that nobody listed, shorten links or imitate others. Of new
    values, of texts that changed, and of numbers that get a new place."""
    fields: dict[Model_, dict[int, set[str]]] = defaultdict(dict)
    used: set[int] = set()
    new: set[int] = set()
    for change in changes:
        if change.then is None:
            continue
        fields[change.model][change.key] = set(change.then)
        if issubclass(change.model, ContactPointUse):
            used.add(change.then.get("contact_point_id") or 0)
        elif change.model is ContactPoint and (change.adds or changes_value(change)):
            new.add(change.key)
        elif change.model is ContactPoint:
            used.add(change.then.get("replaced_by_id") or 0)
    told = [
        text
        for keys in _batches((used | new) - {0})
        for text in warnings_of(_rows(ContactPoint, keys), new)
    ]
    for model, of_model in fields.items():
        names = {name for names in of_model.values() for name in names}
        if names.isdisjoint(_texts(model)):
            continue
        for keys in _batches(of_model):
            for row in _rows(model, keys):
                found = misleading.before_saving([row])
                told += [each.message for each in found if each.field in of_model[row.pk]]
    return list(dict.fromkeys(told))


# ---- What leads -----------------------------------------------------------------------------


def _leads(change: RowChange) -> bool:
    fields = getattr(change.model, "leading_fields", ())
    if change.model is Service:
        then, now = change.then or {}, change.now or {}
        moves = now and not {"slug", "successor_id"}.isdisjoint(then)
        return bool(then.get("is_published") or moves) or names_others(change)
    if change.adds or change.removes:
        state = change.then or change.now or {}
        return any(state.get(name) not in (None, "") for name in fields) or names_others(change)
    return not set(fields).isdisjoint(change.then or ()) or names_others(change)


def _takes_offline(change: RowChange) -> bool:
    now, then = change.now or {}, change.then or {}
    return change.model is Service and bool(now.get("is_published")) > bool(
        then.get("is_published", now.get("is_published"))
    )


def names_others(change: RowChange) -> bool:
    """Whether its texts name other numbers or addresses than before."""
    return _named(change.model, change.now) != _named(change.model, change.then)


def _named(model: Model_, state: State | None) -> set[str]:
    found: set[str] = set()
    for name in _texts(model).intersection(state or ()):
        if isinstance(text := (state or {}).get(name), str) and text:
            found |= named(text)
    return found


def _texts(model: Model_) -> set[str]:
    """The fields that people write freely into."""
    fields: Any = model._meta.concrete_fields
    leading_fields = getattr(model, "leading_fields", ())
    return {each.attname for each in fields if _is_free(each) or each.attname in leading_fields}


def _is_free(field: Field) -> bool:
    return is_text(field) and not field.choices and not isinstance(field, SlugField)


# ---- Where it is shown ----------------------------------------------------------------------


def _places(change: RowChange) -> Iterator[tuple[Model_, int]]:
    """The row, or what it is a part of, before and after."""
    if hasattr(change.model, "services"):
        yield change.of
    owner = owner_field(change.model)
    if owner is None or not is_recorded(owner.related_model):
        return
    states = [state for state in (change.now, change.then) if state and owner.attname in state]
    for key in {state[owner.attname] for state in states}:
        yield from _places(_itself(owner.related_model, key))
    if not states and not hasattr(change.model, "services"):
        row = change.model._base_manager.filter(pk=change.key).first()
        if row is not None:
            yield from _places(_itself(owner.related_model, getattr(row, owner.attname)))


def _itself(model: Model_, key: int) -> RowChange:
    return RowChange(model=model, key=key, now={}, then={})


def _rows(model: Model_, keys: Iterable[int]) -> list[Any]:
    return list(model._base_manager.filter(pk__in=list(keys)).order_by("pk"))


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
