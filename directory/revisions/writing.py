"""Rows become what they are to be, in the order in which the database takes them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model, ProtectedError, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.editions.new_editions import NewEditions
from directory.editions.publish import publish
from directory.models import Channel, ContactPoint, Service, recording
from directory.models.channels import NO_CONTACT, silent
from directory.revisions import words
from directory.revisions.row_changes import (
    Model_,
    RowChange,
    changes_value,
    owner_field,
    row_of,
    to_python,
)

BATCH = 500
# Of more rows, each of which asks for the services that show it, all services are published.
MOST_ASKED = 5_000
TOLD_AT_MOST = 20
REFUSED = (IntegrityError, DataError, ProtectedError)
Steps = list[list[RowChange]]


def write(changes: Iterable[RowChange]) -> None:
    """Make the rows what they are to be. Runs in the caller's transaction, which has the publishing
    turn and must be undone after a ValidationError: its messages say what the rows contradict."""
    changes = list(changes)
    write_unchecked(changes)
    _forget_verification(changes)
    _refuse_invalid(changes)


def write_unchecked(changes: list[RowChange]) -> None:
    """As `write`, of rows that only the database checks."""
    steps = list(_steps(changes))
    _watch(changes)
    while steps:
        left = [step for step in steps if not _try(step)]
        if len(left) < len(steps):
            steps = left
        elif any(len(step) > 1 for step in left):
            # One frees what another takes: the database says in which order.
            steps = [[change] for step in left for change in step]
        elif not _set_aside(left):
            break
        else:
            steps = [step for step in left if not _try(step)]
            if len(steps) == len(left):
                break
    if steps:
        raise ValidationError([message for step in steps for message in _why(step[0])])


def services_showing(changes: Iterable[RowChange]) -> dict[int, bool]:
    """The services that show any of the rows as they are stored now: key -> whether it has a public
    page."""
    keys = _by_model(changes)
    found: dict[int, bool] = {}
    if sum(map(len, keys.values())) > MOST_ASKED:
        return dict(Service.objects.order_by().values_list("pk", "is_published"))
    for model, of_model in keys.items():
        for batch in _batches(of_model):
            rows = _shown_rows(model, batch)
            shown = Service.objects.showing(rows).order_by()
            found |= dict(shown.values_list("pk", "is_published"))
    return found


def put_back(
    changes: list[RowChange], by: Any, proposed_by: Any = None
) -> tuple[dict[int, bool], NewEditions]:
    """Write the rows and publish, by whom, and who proposed it if anybody did. Returns the services
    that show them, each with whether it had a public page before, and the new editions. Raises
    ValidationError as `write`."""
    before = services_showing(changes)
    write(changes)
    before = services_showing(changes) | before
    services = Service.objects.filter(pk__among=before)
    return before, publish(services, by=by, proposed_by=proposed_by)


def _shown_rows(model: Any, keys: list[int]) -> list[Any]:
    rows = model._base_manager.filter(pk__in=keys)
    if hasattr(model, "services"):
        return list(rows)
    # A part is shown where its owner is.
    owner: Any = owner_field(model)
    owners = rows.order_by().values_list(owner.attname, flat=True).distinct()
    return _shown_rows(owner.related_model, list(owners))


# ---- Steps -----------------------------------------------------------------------------------


def _steps(changes: list[RowChange]) -> Iterator[list[RowChange]]:
    """Changes that one statement can make: removals first, then additions, then the others."""
    alike: dict[tuple, list[RowChange]] = defaultdict(list)
    for change in changes:
        fields = () if change.adds or change.removes else tuple(sorted(change.then or ()))
        alike[not change.removes, not change.adds, change.model.__name__, fields].append(change)
    for _kind, step in sorted(alike.items(), key=lambda item: item[0]):
        for start in range(0, len(step), BATCH):
            yield step[start : start + BATCH]


def _try(step: list[RowChange]) -> bool:
    """Make changes that are alike, all or none. Returns whether the database takes them."""
    model: Any = step[0].model
    try:
        with transaction.atomic():
            if step[0].removes:
                model._base_manager.filter(pk__in=[change.key for change in step]).delete()
            elif step[0].adds:
                model._base_manager.bulk_create(
                    row_of(model, change.key, change.then or {}) for change in step
                )
            else:
                _update(model, step)
            _link(model, step)
    except REFUSED:
        return False
    return True


def _update(model: Any, step: list[RowChange]) -> None:
    columns = [each for each in recording.recorded_fields(model) if each.attname in step[0].then]  # type: ignore[operator]
    rows = model._base_manager.in_bulk([change.key for change in step])
    for change in step:
        if change.key not in rows:
            raise IntegrityError
        for column in columns:
            value = to_python(column, change.then[column.attname])  # type: ignore[index]
            setattr(rows[change.key], column.attname, value)
    if columns:
        model._base_manager.bulk_update(rows.values(), [column.name for column in columns])


def _link(model: Any, step: list[RowChange]) -> None:
    """Set the many-to-many fields."""
    for relation in model._meta.many_to_many:
        wanted = {
            (change.key, other)
            for change in step
            for other in (change.then or {}).get(relation.name, ())
        }
        near, far = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        through: Any = relation.remote_field.through
        concerned = [change.key for change in step if relation.name in (change.then or {})]
        links = through._base_manager.filter(**{f"{near}__in": concerned})
        there = {(a, b): pk for pk, a, b in links.values_list("pk", near, far)}
        gone = [pk for pair, pk in there.items() if pair not in wanted]
        through._base_manager.filter(pk__in=gone).delete()
        through._base_manager.bulk_create(
            through(**{near: a, far: b}) for a, b in sorted(wanted - there.keys())
        )


def _forget_verification(changes: list[RowChange]) -> None:
    """Nobody has tried a number or address that is another one now, unless the change says when."""
    keys = [
        change.key
        for change in changes
        if changes_value(change) and "verified_on" not in (change.then or {})
    ]
    for batch in _batches(keys):
        ContactPoint.objects.filter(pk__in=batch).exclude(verified_on=None).update(verified_on=None)


def _set_aside(steps: Steps) -> bool:
    """Put rows that change places out of the way. Returns whether there are any."""
    aside = [step[0] for step in steps if hasattr(step[0].model, "set_aside")]
    for change in aside:
        model: Any = change.model
        own = model.set_aside(change.key)
        fields = {name: value for name, value in own.items() if name in (change.then or {})}
        if fields and not change.adds:
            model._base_manager.filter(pk=change.key).update(**fields)
    return bool(aside)


def _why(change: RowChange) -> list[str]:
    """Why the database does not take a row, in words."""
    row: Any = change.model._base_manager.filter(pk=change.key).first()
    if change.removes:
        return [_("“%s” is used by something new.") % row]
    then = change.then or {}
    if row is None:
        row = row_of(change.model, change.key, then)
    for field in recording.recorded_fields(change.model):
        if field.attname in then:
            setattr(row, field.attname, to_python(field, then[field.attname]))
    try:
        row.full_clean()
    except ValidationError as error:
        return _told(row, error)
    return [_("%s: it contradicts another row.") % words.called(change.model, row)]


# ---- Validation ------------------------------------------------------------------------------


def _refuse_invalid(changes: list[RowChange]) -> None:
    """Raise ValidationError for rows that the models do not allow as they stand now."""
    messages: list[str] = []
    owners: dict[Model_, set[int]] = defaultdict(set)
    for model, keys in _by_model(changes).items():
        part_of: str = getattr(model, "part_of", "")
        # What the database holds by itself it has checked: each rule would be a query a row.
        has_own_rules = model.validate_unique is not Model.validate_unique
        for row in _rows(model, keys):
            try:
                row.full_clean(validate_unique=has_own_rules, validate_constraints=False)
            except ValidationError as error:
                messages += _told(row, error)
        if not part_of or getattr(model, "reaches_beyond_owner", False):
            owners[model].update(keys)
        if part_of:
            owners[model._meta.get_field(part_of).related_model].update(  # type: ignore[index]
                _owner_keys(change, f"{part_of}_id") for change in changes if change.model is model
            )
    for model, whole in owners.items():
        if hasattr(model, "validate_whole"):
            for row in _rows(model, whole):
                try:
                    row.validate_whole()
                except ValidationError as error:
                    messages += _told(row, error)
    messages += _silent(owners[Channel], owners[Service])
    if messages:
        raise ValidationError(list(dict.fromkeys(messages))[:TOLD_AT_MOST])


def _silent(channels: Iterable[int], services: Iterable[int]) -> list[str]:
    """Those of these channels, and of those of these services, that would be public and say nothing
    of how they are reached, in words. One query."""
    touched = Channel.objects.filter(Q(pk__in=channels) | Q(service__in=services))
    found = silent(touched).select_related("service", "schedule").order_by("pk")[:TOLD_AT_MOST]
    return [f"{words.called(Channel, channel)}: {NO_CONTACT}" for channel in found]


def _owner_keys(change: RowChange, attname: str) -> int:
    known = (change.then or {}).get(attname) or (change.now or {}).get(attname)
    if known:
        return known
    return change.model._base_manager.values_list(attname, flat=True).get(pk=change.key)


def _told(row: Model, error: ValidationError) -> list[str]:
    told = []
    for name, messages in error.update_error_dict({}).items():
        why = " ".join(ValidationError(messages).messages)
        field = next((each for each in row._meta.fields if each.name == name), None)
        label = f"{capfirst(str(field.verbose_name))}: " if field else ""
        told.append(f"{words.called(type(row), row)}: {label}{why}")
    return told


def _rows(model: Any, keys: Iterable[int]) -> Iterator[Any]:
    for batch in _batches(keys):
        rows = model._base_manager.filter(pk__in=batch)
        related = [field.name for field in model._meta.fields if field.is_relation]
        yield from rows.select_related(*related).order_by("pk")


def _watch(changes: list[RowChange]) -> None:
    removed, others = _by_model(filter(lambda each: each.removes, changes)), _by_model(changes)
    for model, keys in removed.items():
        recording.watch_deleted(model(pk=key) for key in keys)
    for model, keys in others.items():
        recording.watch(model(pk=key) for key in keys)


def _by_model(changes: Iterable[RowChange]) -> dict[Model_, list[int]]:
    keys: dict[Model_, list[int]] = defaultdict(list)
    for change in changes:
        keys[change.model].append(change.key)
    return keys


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
