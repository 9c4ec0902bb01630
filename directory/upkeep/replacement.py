"""Replaces contact points by another one, everywhere or in chosen places.

A *place* is what people choose: a service with all its channels that give the contact point, or an
escalation contact, which several services may share.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Model
from django.utils.translation import gettext as _

from directory.models import Channel, ContactPoint, ContactPointUse, Service
from directory.models.merged_uses import BOTH_GIVEN, MergedUses, merge
from directory.models.recording import watch, watch_deleted

BATCH = 500


@dataclass
class PlaceOfUse:
    """Where contact points are given. `key` is stable between two requests; `services` are those
    whose pages show it."""

    key: str
    name: str
    services: list[Service]
    uses: list[ContactPointUse] = field(default_factory=list)

    @property
    def is_shared(self) -> bool:
        return len(self.services) > 1


@dataclass
class Replaced:
    """What was done: uses that give the new one now (`changed`), and those that became part of
    another because their holder gives it already (`merged`); contact points whose planned
    replacement was redirected. With `planned_on` it was planned for that day, and nothing else."""

    changed: list[ContactPointUse]
    merged: list[ContactPointUse]
    redirected: list[ContactPoint] = field(default_factory=list)
    planned_on: date | None = None

    @property
    def holders(self) -> list[Model]:
        """Each channel or escalation contact that was touched, once."""
        uses = [*self.changed, *self.merged]
        return list({use.holder_key: use.holder for use in uses}.values())


def places(contact_points: Iterable[ContactPoint], at_most: int | None = None) -> list[PlaceOfUse]:
    """Where these contact points are given, services first, each with the uses it has of them; the
    first `at_most` services, and as many of each other kind of place."""
    found: dict[str, PlaceOfUse] = {}
    uses = uses_of(contact_points, at_most)
    shown_in = _services_of(use for use in uses if not isinstance(use.holder, Channel))
    for use in uses:
        holder: Any = use.holder
        if isinstance(holder, Channel):
            key, named, services = f"service-{holder.service_id}", holder.service, [holder.service]
        else:
            key, named = f"{holder._meta.model_name}-{holder.pk}", holder
            services = shown_in.get((type(use), use.pk), [])
        found.setdefault(key, PlaceOfUse(key, str(named), services)).uses.append(use)
    return sorted(found.values(), key=lambda place: not place.key.startswith("service-"))


def place_count(contact_points: Iterable[ContactPoint]) -> int:
    """How many places there are."""
    return sum(
        model.objects.filter(contact_point__in=contact_points).aggregate(
            places=Count(model.holder_related[0], distinct=True)
        )["places"]
        for model in ContactPoint.use_models()
    )


def replace(
    contact_points: Iterable[ContactPoint],
    target: ContactPoint,
    chosen: Iterable[PlaceOfUse] | None = None,
    on: date | None = None,
) -> Replaced:
    """Replace `contact_points` by `target`, in the `chosen` places or, with None, everywhere:
    planned replacements that lead to them then lead to `target` too. With `on`, a day to come, it
    is planned for that day, everywhere.

    Runs in one transaction; publishing is up to the caller. Returns what was done. Raises
    ValidationError with a reason for each place that cannot give `target`; nothing is changed then.
    """
    contact_points = list(contact_points)
    if on is not None:
        return _plan(contact_points, target, on)
    uses = uses_of(contact_points) if chosen is None else [u for p in chosen for u in p.uses]
    with transaction.atomic():
        _refuse_target(contact_points, target)
        merged = merge([*uses, *uses_of([target])], target.pk)
        _refuse_lost_details(merged, target)
        save_moved(merged, target)
        done = Replaced(changed=merged.moved, merged=merged.absorbed)
        if chosen is None:
            done.redirected = _redirect(contact_points, target)
        # It may give extensions now, which what replaces it one day must be able to take.
        target.clean()
    return done


def _plan(contact_points: list[ContactPoint], target: ContactPoint, on: date) -> Replaced:
    """Plan that `target` takes their place on a day."""
    with transaction.atomic():
        _refuse_target(contact_points, target)
        for each in contact_points:
            each.replaced_by, each.replaced_on = target, on
            try:
                each.full_clean()
            except ValidationError as error:
                message = "%(old)s: %(reason)s"
                params = {"old": each, "reason": " ".join(error.messages)}
                raise ValidationError(message, code="not_planned", params=params) from error
            # No more of it than that: somebody may have saved the rest meanwhile.
            each.save(update_fields=["replaced_by", "replaced_on"])
    return Replaced(changed=[], merged=[], planned_on=on)


def uses_of(
    contact_points: Iterable[ContactPoint], places: int | None = None
) -> list[ContactPointUse]:
    """The uses of these contact points of whatever model, with what naming them needs; with
    `places`, those in the first so many places of each model."""
    found: list[ContactPointUse] = []
    for model in ContactPoint.use_models():
        uses = model.objects.filter(contact_point__in=contact_points)
        if places is not None:
            # What naming a use needs first is the place that it is in.
            place = model.holder_related[0]
            first = uses.order_by(place).values_list(place, flat=True).distinct()[:places]
            uses = uses.filter(**{f"{place}__in": list(first)})
        found += uses.with_holders().order_by("pk")
    return found


def save_moved(merged: MergedUses, target: ContactPoint) -> None:
    """Write what `merge` made of uses that give `target` now."""
    watch_deleted(merged.absorbed)
    watch([*merged.moved, *merged.enlarged])
    for model, uses in _batches(merged.absorbed):
        model.objects.filter(pk__in=[use.pk for use in uses]).delete()
    for model, uses in _batches(merged.moved):
        model.objects.filter(pk__in=[use.pk for use in uses]).update(contact_point=target)
    for model, uses in _batches(merged.enlarged):
        model.objects.bulk_update(uses, [*model.DETAILS, "position"])
    for use in merged.moved:
        use.contact_point = target


def _refuse_target(contact_points: list[ContactPoint], target: ContactPoint) -> None:
    olds = {each.pk: each for each in contact_points}
    if target.pk in olds:
        raise ValidationError(_("Choose another one: this is the one to replace."), code="same")
    for key in ContactPoint.objects.planned_replacements().following(target.pk):
        if key in olds:
            raise ValidationError(
                _(
                    "“%(target)s” is itself to be replaced by “%(old)s” one day. Take that plan "
                    "out of it first."
                ),
                code="planned",
                params={"target": target, "old": olds[key]},
            )


def _refuse_lost_details(merged: MergedUses, target: ContactPoint) -> None:
    """Raise ValidationError for each use whose details neither the use that its holder has already
    nor `target` and what is to replace it can have."""
    reasons = [BOTH_GIVEN % {"holder": use.holder} for use in merged.refused]
    kinds = target.kinds()
    for use in merged.changed:
        try:
            use.validate_details(kinds)
        except ValidationError as error:
            reasons.append(
                _("%(holder)s: it gives extensions or menu options (%(details)s). %(reason)s")
                % {
                    "holder": use.holder,
                    "details": " · ".join(filter(None, [use.menu_options, use.extensions])),
                    "reason": error.messages[0],
                }
            )
    if reasons:
        raise ValidationError(reasons)


def _redirect(contact_points: Iterable[ContactPoint], target: ContactPoint) -> list[ContactPoint]:
    """Let the planned replacements that lead to `contact_points` lead to `target`."""
    planned = list(ContactPoint.objects.filter(replaced_by__in=contact_points))
    watch(planned)
    for each in planned:
        each.replaced_by = target
        try:
            each.full_clean()
        except ValidationError as error:
            raise ValidationError(
                _("%(planned)s is to be replaced by it one day: %(reason)s"),
                params={"planned": each, "reason": " ".join(error.messages)},
            ) from error
        each.save()
    return planned


def _services_of(uses: Iterable[ContactPointUse]) -> dict[tuple[type, int], list[Service]]:
    """The services whose pages show each use, by (model, key) of the use: a query per batch and way
    to it."""
    found: dict[tuple[type, int], dict[Service, None]] = {}
    for model, batch in _batches(uses):
        keys = [use.pk for use in batch]
        for path in model.paths_from_service:
            services = Service.objects.filter(**{f"{path}__in": keys}).annotate(use=F(path))
            for service in services.distinct():
                found.setdefault((model, service.use), {})[service] = None
    return {use: list(services) for use, services in found.items()}


def _batches(
    uses: Iterable[ContactPointUse],
) -> Iterator[tuple[type[ContactPointUse], list[ContactPointUse]]]:
    """The uses of each model, BATCH at a time."""
    by_model: dict[type[ContactPointUse], list[ContactPointUse]] = {}
    for use in uses:
        by_model.setdefault(type(use), []).append(use)
    for model, of_model in by_model.items():
        for start in range(0, len(of_model), BATCH):
            yield model, of_model[start : start + BATCH]
