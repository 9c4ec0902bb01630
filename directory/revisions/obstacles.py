"""Why rows cannot become what they were: what others did since, what is gone, what is new.

All of it is looked for in a few queries for each model, and told in words, with the change that is
to be undone first where there is one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import PROTECT, RESTRICT, ManyToOneRel, Model
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from directory.models import RevisedRow, Revision, recording
from directory.models.recording import State
from directory.revisions import words
from directory.revisions.row_changes import Key, RowChange, stored

# Of each kind of obstacle; the first are enough to know what to do.
TOLD_AT_MOST = 20
# Who made a revision and who proposed it; of a row that one changed.
BOTH = ("made_by", "proposed_by")
BOTH_OF_ITS = ("revision__made_by", "revision__proposed_by")


@dataclass(frozen=True)
class Obstacle:
    """Why something cannot be put back, and the revision that is to be undone or read first."""

    message: str
    revision: Revision | None = None


def undone_already(revision: Revision) -> list[Obstacle]:
    """That somebody undid it before."""
    undone_by = Revision.objects.filter(undoes=revision).select_related(*BOTH).first()
    if undone_by is None:
        return []
    message = _("It is undone already: %(who)s") % {"who": who_and_when(undone_by)}
    return [Obstacle(message, undone_by)]


def obstacles(changes: list[RowChange], since: int = 0) -> list[Obstacle]:
    """What keeps these changes from being made, as the rows are stored now; `since` is the key of
    the revision after which others may have changed them."""
    found = stored(changes)
    names = words.Names(changes)
    return [
        *_withdrawn(changes, names),
        *_changed_since(changes, found, names, since),
        *_missing(changes, names),
        *_newly_used(changes, names),
    ]


def who_and_when(revision: Revision) -> str:
    """Who did it, and when: “Ana, 3/11/2026 10:00”."""
    at = formats.date_format(timezone.localtime(revision.made_at), "SHORT_DATETIME_FORMAT")
    return f"{revision.who or _('nobody known')}, {at}"


def _withdrawn(changes: list[RowChange], names: words.Names) -> Iterator[Obstacle]:
    for change in [each for each in changes if each.is_withdrawn][:TOLD_AT_MOST]:
        message = _("%(what)s: texts of that time were withdrawn.")
        yield Obstacle(message % {"what": names.of(change)})


# ---- What others changed -----------------------------------------------------------------------


def _changed_since(
    changes: list[RowChange], found: dict[Key, State | None], names: words.Names, since: int
) -> Iterator[Obstacle]:
    differing = {
        change.of: fields
        for change in changes
        if (fields := _differing(change, found[change.of])) is not None
    }
    told = dict(list(differing.items())[:TOLD_AT_MOST])
    last = _last_revisions(told, since)
    for change in changes:
        if change.of not in told:
            continue
        fields, now = told[change.of], found[change.of]
        revision = last.get(change.of)
        who = who_and_when(revision) if revision else _("an import or a command")
        values: dict[str, Any] = {"what": names.of(change), "who": who}
        if now is None:
            yield Obstacle(_("%(what)s was deleted since (%(who)s).") % values, revision)
        elif change.now is None:
            yield Obstacle(_("%(what)s is there again (%(who)s).") % values, revision)
        else:
            values["fields"] = ", ".join(words.label(change.model, name) for name in fields)
            message = _("%(what)s: %(fields)s was changed since (%(who)s).")
            yield Obstacle(message % values, revision)


def _differing(change: RowChange, found: State | None) -> list[str] | None:
    """The fields of a row that are not what they are expected to be; None if all are."""
    if (found is None) != (change.now is None):
        return []
    expected = change.now or {}
    return [name for name in expected if (found or {}).get(name) != expected[name]] or None


def _last_revisions(rows: dict[Key, list[str]], since: int) -> dict[Key, Revision]:
    """The revision that last changed each of these rows, of their named fields if there are any."""
    keys: dict[type[Model], list[int]] = defaultdict(list)
    for model, key in rows:
        keys[model].append(key)
    last: dict[Key, Revision] = {}
    for model, of_model in keys.items():
        revised = RevisedRow.objects.of(model, of_model).filter(revision__gt=since)
        for row in revised.select_related(*BOTH_OF_ITS).order_by("-revision_id"):
            names, given = rows[model, row.row_id], row.changed
            if not names or row.before is None or any(name in given for name in names):
                last.setdefault((model, row.row_id), row.revision)
    return last


# ---- What is gone ------------------------------------------------------------------------------


def _missing(changes: list[RowChange], names: words.Names) -> Iterator[Obstacle]:
    """What rows are to refer to, and is not there."""
    wanted: dict[Key, RowChange] = {}
    for change in changes:
        for target, key in words.references(change.model, change.then or {}):
            wanted.setdefault((target, key), change)
    added = {change.of for change in changes if change.adds}
    removed = {change.of for change in changes if change.removes}
    keys: dict[type[Model], list[int]] = defaultdict(list)
    for target, key in wanted:
        if (target, key) not in added:
            keys[target].append(key)
    for target, of_target in keys.items():
        there = set(target._base_manager.filter(pk__in=of_target).values_list("pk", flat=True))
        gone = [key for key in of_target if key not in there or (target, key) in removed]
        yield from _gone(target, gone[:TOLD_AT_MOST], wanted, names)


def _gone(
    target: type[Model], keys: list[int], wanted: dict[Key, RowChange], names: words.Names
) -> Iterator[Obstacle]:
    deletions = RevisedRow.objects.of(target, keys).filter(after__isnull=True)
    last = {
        row.row_id: row for row in deletions.select_related(*BOTH_OF_ITS).order_by("revision_id")
    }
    for key in keys:
        values: dict[str, Any] = {"what": names.of(wanted[target, key])}
        row = last.get(key)
        if row is None:
            values["kind"] = target._meta.verbose_name
            message = _("%(what)s refers to something that is there no more: %(kind)s %(key)d.")
            yield Obstacle(message % {**values, "key": key})
            continue
        gone = words.row_name(target, key, row.before or {})
        values |= {"gone": gone, "who": who_and_when(row.revision)}
        message = _("%(what)s refers to %(gone)s, which was deleted (%(who)s). Undo that first.")
        yield Obstacle(message % values, row.revision)


# ---- What is new -------------------------------------------------------------------------------


def _newly_used(changes: list[RowChange], names: words.Names) -> Iterator[Obstacle]:
    """What refers to rows that are to be removed, and is not taken away with them."""
    planned = {change.of: change for change in changes}
    removed: dict[type[Model], list[int]] = defaultdict(list)
    for change in changes:
        if change.removes:
            removed[change.model].append(change.key)
    for model, keys in removed.items():
        for relation in model._meta.get_fields(include_hidden=True):
            if isinstance(relation, ManyToOneRel):
                for row, key in _users(relation, keys, planned):
                    values = {
                        "what": names.of(planned[model, key]),
                        "user": words.called(type(row), row),
                    }
                    message = _("%(what)s is used by something new: %(user)s.")
                    yield Obstacle(message % values)


def _users(
    relation: ManyToOneRel, keys: list[int], planned: dict[Key, RowChange]
) -> Iterator[tuple[Any, int]]:
    other: Any = relation.related_model
    name, count = relation.field.attname, 0
    if not (recording.is_recorded(other) or other._meta.auto_created or _keeps(relation)):
        return
    for row in other._base_manager.filter(**{f"{name}__in": keys}).order_by("pk"):
        key = getattr(row, name)
        if other._meta.auto_created:
            holder, field = _holder(relation)
            change = planned.get((holder, getattr(row, field.attname)))
            many = holder._meta.many_to_many
            stays = next(f.name for f in many if f.remote_field.through is other)
            user = getattr(row, field.name)
        else:
            change, stays, user = planned.get((other, row.pk)), name, row
        if change is None or not _lets_go(change, stays):
            yield user, key
            count += 1
        if count >= TOLD_AT_MOST:
            return


def _lets_go(change: RowChange, name: str) -> bool:
    """Whether a row is removed too, or gets another value in that field."""
    return change.removes or name in (change.then or {})


def _keeps(relation: ManyToOneRel) -> bool:
    """Whether rows that are not recorded, such as editions, keep a row from being removed."""
    return relation.on_delete in (PROTECT, RESTRICT)


def _holder(relation: ManyToOneRel) -> tuple[type[Model], Any]:
    """The model with the many-to-many field of a table between two, and the key to it there."""
    between: Any = relation.related_model
    holder = between._meta.auto_created
    fields = (field for field in between._meta.fields if field.is_relation)
    return holder, next(field for field in fields if field.related_model is holder)


def told(obstacles: Iterable[Obstacle]) -> str:
    """The obstacles in one text."""
    return " ".join(obstacle.message for obstacle in obstacles)
