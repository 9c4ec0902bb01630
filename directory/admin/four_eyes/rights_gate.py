"""Acts that change the rights of people: confirmed once more, and kept as proposals."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, DELETION
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest

from directory.admin.four_eyes import interrupting, proposing, rights
from directory.admin.four_eyes.interrupting import Interrupted
from directory.admin.row_keys import may_be_key
from directory.editions.turn import publishing_turn
from directory.models import Revision
from directory.revisions import words
from directory.revisions.row_changes import RowChange

ACTIONS = {
    ADDITION: Revision.Action.ADDED,
    CHANGE: Revision.Action.CHANGED,
    DELETION: Revision.Action.DELETED,
}


@contextmanager
def giving(request: HttpRequest, model: type[Model], keys: Iterable[int] = ()) -> Iterator[None]:
    """A transaction, in the publishing turn, in which the user may change the rights of these rows,
    or add some. Where that waits for a second person, it is rolled back and proposed."""
    if request.method != "POST":
        yield
        return
    with publishing_turn():
        before = rights.stored(model, keys)
        last = model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
        yield
        added = model._base_manager.filter(pk__gt=last).values_list("pk", flat=True)
        look(request, model, {**before, **dict.fromkeys(added)})


def key_of(object_id: str | None) -> int:
    """The primary key that an address names; of none and of no number one that no row has."""
    return int(object_id) if object_id and may_be_key(object_id) else 0


def look(request: HttpRequest, model: type[Model], before: dict[int, Any]) -> None:
    """Look at what becomes of rows that were such before. Raises Interrupted."""
    after = rights.stored(model, before)
    found = (rights.change(model, key, before[key], after[key]) for key in before)
    changes = [each for each in found if each]
    if not changes:
        return
    interrupting.confirm(request)
    if settings.FOUR_EYES != "off":
        draft = _draft(changes)
        raise Interrupted(lambda: proposing.propose(request, draft))


def _draft(changes: list[RowChange]) -> proposing.Draft:
    names = words.Names(changes)
    first, kind = changes[0], ContentType.objects.get_for_model(changes[0].model)
    name = names.name(*first.of)[:200]
    values = {
        "action": ACTIONS[_flag(first)],
        "object_id": str(first.key),
        "object_name": name,
        "others": len(changes) - 1,
        "message": "",
        "content_type": kind,
        "undoes": None,
    }
    entries = [
        [
            *(each.change.model._meta.label_lower, str(each.change.key)),
            *(names.name(*each.change.of), _flag(each.change), _message(each)),
        ]
        for each in words.in_words(changes, len(changes))
    ]
    return proposing.Draft(values, changes, entries)


def _flag(change: RowChange) -> int:
    return ADDITION if change.adds else DELETION if change.removes else CHANGE


def _message(row: words.RowWords) -> str:
    return "; ".join(f"{each.label}: {each.now or '–'} → {each.then or '–'}" for each in row.fields)
