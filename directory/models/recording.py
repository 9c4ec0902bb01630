"""Records what an act does to the rows of the directory, in its transaction.

    with transaction.atomic(), record(by, Revision.Action.CHANGED) as recording:
        ...

Rows that are saved or deleted one by one are noticed by Django's signals, as are entries of the
history. Whoever writes many in one statement says so: `watch` before `update`, `bulk_update` and
many saves, `made` after `bulk_create`, `log` for entries of many. Outside of such a block nothing
is recorded: what commands do is told and taken back by editions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import SET_NULL, Field, Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.utils import timezone

from directory.models.natural_keys import NaturalKeyModel
from directory.models.revisions import RevisedRow, Revision

State = dict[str, Any]
AT_ONCE = 500


class Recording:
    """What the rows were that an act changes, and who does what. At its end `revision` is set, with
    the `rows` that differ and the `told` entries of the histories. `proposed_by` asked for what the
    other publishes; `editions` are the keys of those that were made."""

    def __init__(
        self,
        by: AbstractBaseUser | None = None,
        action: str = "",
        undoes: Revision | None = None,
        proposed_by: AbstractBaseUser | None = None,
    ) -> None:
        self.by, self.action, self.undoes, self.proposed_by = by, action, undoes, proposed_by
        self.editions: list[int] = []
        self.rows: list[RevisedRow] = []
        self.told: list[LogEntry] = []
        self.before: dict[type[Model], dict[int, State | None]] = defaultdict(dict)
        self.deleted: dict[type[Model], set[int]] = defaultdict(set)
        self.entries: list[LogEntry] = []
        self.revision: Revision | None = None

    def watch(self, model: type[Model], keys: Iterable[int]) -> None:
        """Remember rows, by primary key, as they are stored now, before they are changed. Those
        remembered already stay as they were. One query, and one for each many-to-many field."""
        known = self.before[model]
        known.update(states(model, [key for key in keys if key not in known]))

    def watch_deleted(self, model: type[Model], keys: Iterable[int]) -> None:
        """Remember rows that are to be deleted, and those that lose a reference to them by that."""
        keys = [key for key in keys if key not in self.deleted[model]]
        self.deleted[model].update(keys)
        self.watch(model, keys)
        for relation in model._meta.related_objects if keys else ():
            loses = relation.many_to_many or relation.on_delete is SET_NULL
            other: Any = relation.related_model
            if loses and is_recorded(other):
                lost = other._base_manager.filter(**{f"{relation.field.name}__in": keys})
                self.watch(other, lost.values_list("pk", flat=True).distinct())

    def made(self, model: type[Model], keys: Iterable[int]) -> None:
        """Note that rows were added."""
        for key in keys:
            self.before[model].setdefault(key, None)

    def tell(self, entries: Iterable[LogEntry]) -> None:
        """Take entries of the history that were written together."""
        self.entries += entries

    def store(self) -> None:
        """Store what differs now as `revision`, if anything does."""
        self.rows = rows = list(self.revised())
        if not rows and self.undoes is None:
            return
        self.told = entries = self._stored_entries()
        revision = Revision(
            made_at=timezone.now(),
            made_by_id=self.by.pk if self.by else None,
            proposed_by_id=self.proposed_by.pk if self.proposed_by else None,
            action=self.action,
            undoes=self.undoes,
        )
        if entries:
            # Known to Django already: no query.
            kinds = [ContentType.objects.get_for_id(each.content_type_id or 0) for each in entries]
            # What was made with a service is told before it, and is of less interest.
            at = next((at for at, kind in enumerate(kinds) if kind.model == "service"), 0)
            first, revision.content_type = entries[at], kinds[at]
            revision.object_id = str(first.object_id)
            revision.object_name, revision.message = first.object_repr, first.change_message
            subjects = {(entry.content_type_id, entry.object_id) for entry in entries}
            revision.others = len(subjects) - 1
        elif rows:
            revision.content_type, revision.object_id = rows[0].content_type, str(rows[0].row_id)
            revision.others = len(rows) - 1
        revision.save()
        revision.entries.add(*entries)
        for row in rows:
            row.revision = revision
        RevisedRow.objects.bulk_create(rows, batch_size=AT_ONCE)
        self.revision = revision

    def _stored_entries(self) -> list[LogEntry]:
        # Those of a trial are gone with it, and their keys may be taken by what came after.
        last = {entry.pk: entry for entry in self.entries}
        keys = list(last)
        stored: set[int] = set()
        for start in range(0, len(keys), AT_ONCE):
            found = LogEntry.objects.filter(pk__in=keys[start : start + AT_ONCE])
            stored.update(found.values_list("pk", flat=True))
        return [entry for key, entry in last.items() if key in stored]

    def revised(self) -> Iterator[RevisedRow]:
        """The rows that differ now from what they were."""
        for model, known in self.before.items():
            kind = ContentType.objects.get_for_model(model)
            now = states(model, list(known))
            for key, before in known.items():
                if row := _differing(before, now[key]):
                    yield RevisedRow(content_type=kind, row_id=key, before=row[0], after=row[1])


# What looks at an act at its end, within its transaction, and undoes it with an exception.
_watchers: list[Callable[[Recording], None]] = []


def register_watcher(watcher: Callable[[Recording], None]) -> None:
    """Have each act looked at, once it is recorded and before it is committed."""
    _watchers.append(watcher)


_active: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def record(
    by: AbstractBaseUser | None,
    action: str,
    undoes: Revision | None = None,
    proposed_by: AbstractBaseUser | None = None,
) -> Iterator[Recording]:
    """Store at the end of the block, which stands within a transaction, what it did to the rows as
    a revision by this user; nothing where nothing differs, after an exception, or where the
    transaction is to be rolled back. A block within another one is a part of it."""
    if outer := _active.get():
        yield outer
        return
    recording = Recording(by, action, undoes, proposed_by)
    token = _active.set(recording)
    try:
        yield recording
    finally:
        _active.reset(token)
    if not transaction.get_rollback():
        recording.store()
        if recording.revision is not None:
            for look in _watchers:
                look(recording)


def watch(rows: Iterable[Model]) -> None:
    """Remember, if an act is recorded, these rows as they are stored now. A few queries for each
    model; then saving or deleting one of them asks nothing more. Else nothing is read."""
    if recording := _active.get():
        for model, keys in _by_model(rows).items():
            recording.watch(model, keys)


def watch_deleted(rows: Iterable[Model]) -> None:
    """As `watch`, of rows that are to be deleted, with those that refer to them."""
    if recording := _active.get():
        for model, keys in _by_model(rows).items():
            recording.watch_deleted(model, keys)


def _by_model(rows: Iterable[Model]) -> dict[type[Model], list[int]]:
    keys: dict[type[Model], list[int]] = defaultdict(list)
    for row in rows:
        if row.pk is not None and is_recorded(type(row)):
            keys[type(row)].append(row.pk)
    return keys


def made(rows: Iterable[Model]) -> None:
    """Note, if an act is recorded, that these rows were added in one statement."""
    if recording := _active.get():
        for row in rows:
            if is_recorded(type(row)):
                recording.made(type(row), [row.pk])


def log(by: AbstractBaseUser, rows: Iterable[Model], flag: int, message: Any) -> list[LogEntry]:
    """Write the same entry into the histories of these rows, and return what was written."""
    rows = list(rows)
    return _note(LogEntry.objects.log_actions(by.pk, rows, flag, message)) if rows else []


def log_entries(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """Write entries of the histories in few statements, and return them."""
    return _note(LogEntry.objects.bulk_create(entries, batch_size=AT_ONCE))


def active() -> Recording | None:
    """The act that is recorded now."""
    return _active.get()


def published(editions: Iterable[Model]) -> None:
    """Note, if an act is recorded, that it published these editions."""
    if recording := _active.get():
        recording.editions += [edition.pk for edition in editions]


def _note(entries: list[LogEntry]) -> list[LogEntry]:
    if recording := _active.get():
        recording.tell(entries)
    return entries


def states(model: Any, keys: list[int]) -> dict[int, State | None]:
    """The stored values of rows, by primary key; None of one that is not there."""
    found: dict[int, State | None] = dict.fromkeys(keys)
    fields = recorded_fields(model)
    for start in range(0, len(keys), AT_ONCE):
        batch = keys[start : start + AT_ONCE]
        for row in model._base_manager.filter(pk__in=batch):
            found[row.pk] = {field.attname: plain(field, row) for field in fields}
        for field in model._meta.many_to_many:
            near, far = field.m2m_field_name(), field.m2m_reverse_field_name()
            links = field.remote_field.through._base_manager.filter(**{f"{near}__in": batch})
            chosen: dict[int, list[int]] = {key: [] for key in batch}
            for key, other in links.order_by(f"{far}_id").values_list(f"{near}_id", f"{far}_id"):
                chosen[key].append(other)
            for key, others in chosen.items():
                if (state := found[key]) is not None:
                    state[field.name] = others
    return found


def recorded_fields(model: Any) -> list[Field]:
    """The fields of a model that are recorded, but many-to-many ones."""
    # What is neither is written by commands, such as when somebody was reminded.
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return [field for field in fields if field.editable or field.serialize]


def plain(field: Any, row: Model) -> Any:
    """The value of a row's field as JSON has it; what JSON has not, as fixtures write it."""
    value = field.value_from_object(row)
    is_plain = value is None or type(value) in (bool, int, str, list, dict)
    return value if is_plain else field.value_to_string(row)


def _differing(before: State | None, after: State | None) -> tuple[Any, Any] | None:
    if before is None or after is None:
        return None if before is after else (before, after)
    names = [name for name in before if before[name] != after[name]]
    if not names:
        return None
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def is_recorded(model: type[Model]) -> bool:
    """Whether rows of this model are recorded: those that fixtures name."""
    return issubclass(model, NaturalKeyModel)


def _before_saving(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    recording = _active.get()
    if recording and instance.pk is not None:
        recording.watch(sender, [instance.pk])


def _before_deleting(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if recording := _active.get():
        recording.watch_deleted(sender, [instance.pk])


def _after_saving(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    recording = _active.get()
    if recording and isinstance(instance, LogEntry):
        recording.tell([instance])
    elif recording:
        recording.made(sender, [instance.pk])


def _before_linking(
    instance: Any, action: str, reverse: bool, model: type[Model], pk_set: Any, **_kwargs: Any
) -> None:
    recording = _active.get()
    if not recording or not action.startswith("pre_"):
        return
    if not reverse:
        recording.watch(type(instance), [instance.pk])
    elif pk_set:
        recording.watch(model, pk_set)


def register() -> None:
    """Listen to what is saved, deleted and linked, of the rows that are recorded."""
    post_save.connect(_after_saving, LogEntry, dispatch_uid="recording")
    for model in filter(is_recorded, apps.get_models()):
        pre_save.connect(_before_saving, model, dispatch_uid="recording")
        post_save.connect(_after_saving, model, dispatch_uid="recording")
        pre_delete.connect(_before_deleting, model, dispatch_uid="recording")
        for field in model._meta.many_to_many:
            m2m_changed.connect(
                _before_linking, field.remote_field.through, dispatch_uid="recording"
            )
