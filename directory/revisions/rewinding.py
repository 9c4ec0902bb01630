"""What an object and its parts were after an earlier revision, from what later ones changed.

Only what was recorded is turned back: what commands changed meanwhile stays, where nothing that was
recorded touches it.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q

from directory.models import RevisedRow, Revision
from directory.models.recording import State, is_recorded, states
from directory.revisions.row_changes import Model_, RowChange, owner_field


def rewound(model: Model_, key: int, revision: Revision) -> list[RowChange]:
    """What makes the object of that model and key, with its parts, what it was after `revision`:
    owners first. Empty if it is so already. A few queries for each model of parts."""
    later = RevisedRow.objects.filter(revision__gt=revision.pk)
    return [
        change
        for model, keys in _family(model, key, later).items()
        for change in _rewound_rows(model, sorted(keys), later)
    ]


def _family(model: Model_, key: int, later: Any) -> dict[Model_, set[int]]:
    """The object and its parts, those that are gone too, and the parts of these."""
    family: dict[Model_, set[int]] = defaultdict(set)
    family[model].add(key)
    waiting = [model]
    while waiting:
        owner = waiting.pop(0)
        for part in parts_of(owner):
            keys, field = family[owner], owner_field(part)
            before = len(family[part])
            there = part._base_manager.filter(**{f"{field.name}__in": keys})
            family[part].update(there.values_list("pk", flat=True))
            was_one = Q(**{f"before__{field.attname}__in": list(keys)})
            is_one = Q(**{f"after__{field.attname}__in": list(keys)})
            of_part = later.filter(content_type__app_label=part._meta.app_label)
            of_part = of_part.filter(content_type__model=part._meta.model_name)
            family[part].update(of_part.filter(was_one | is_one).values_list("row_id", flat=True))
            if len(family[part]) > before:
                waiting.append(part)
    return family


def parts_of(model: Model_) -> list[Model_]:
    """The models whose rows go with one of this model."""
    fields = ((each, owner_field(each)) for each in apps.get_models() if is_recorded(each))
    return [part for part, field in fields if field and field.related_model is model]


def _rewound_rows(model: Model_, keys: list[int], later: Any) -> Iterator[RowChange]:
    now = states(model, keys)
    then: dict[int, State | None] = {key: state and dict(state) for key, state in now.items()}
    # Where a command deleted a row, some of its values are nowhere.
    unknown: set[int] = set()
    revised = later.filter(pk__in=RevisedRow.objects.of(model, keys).values("pk"))
    for row in revised.order_by("-revision_id", "-pk"):
        state = then[row.row_id]
        if row.before is None:
            then[row.row_id] = None
        elif row.after is None:
            then[row.row_id] = dict(row.before)
            unknown.discard(row.row_id)
        elif state is None:
            unknown.add(row.row_id)
        else:
            state |= row.before
    for key in keys:
        if key not in unknown and (change := _change(model, key, now[key], then[key])):
            yield change


def _change(model: Model_, key: int, now: State | None, then: State | None) -> RowChange | None:
    if now is not None and then is not None:
        names = [name for name in then if name in now and now[name] != then[name]]
        if not names:
            return None
        now, then = ({name: each[name] for name in names} for each in (now, then))
    return None if now is then else RowChange(model=model, key=key, now=now, then=then)
