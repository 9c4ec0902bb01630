"""One contact point in the place of another, everywhere or in some places.

A *place* is what people choose: a service with all its channels that give the contact point, or an
escalation contact, which several services may share.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from directory.models import Channel, ContactPoint, Service
from directory.models.contact_points import BOTH_GIVEN

BATCH = 500


@dataclass
class Place:
    """Where contact points are given. `key` is stable between two requests; `services` are those
    whose pages show it."""

    key: str
    name: str
    services: list[Service]
    uses: list = field(default_factory=list)

    @property
    def is_shared(self) -> bool:
        return len(self.services) > 1


@dataclass
class Replaced:
    """What was done: uses that give the new one now, and those that became part of another because
    their holder gives it already; contact points whose planned replacement was redirected."""

    changed: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    redirected: list[ContactPoint] = field(default_factory=list)

    @property
    def holders(self) -> list:
        """Each channel or escalation contact that was touched, once."""
        uses = [*self.changed, *self.merged]
        return list({_holder_key(use): _holder(use) for use in uses}.values())


def places(contact_points: Iterable[ContactPoint]) -> list[Place]:
    """Where these contact points are given, services first, each with the uses it has of them."""
    found, uses = {}, _uses_of(contact_points)
    shown_in = _services_of(use for use in uses if not isinstance(_holder(use), Channel))
    for use in uses:
        holder = _holder(use)
        if isinstance(holder, Channel):
            key, named, services = f"service-{holder.service_id}", holder.service, [holder.service]
        else:
            key, named = f"{holder._meta.model_name}-{holder.pk}", holder
            services = shown_in.get((type(use), use.pk), [])
        found.setdefault(key, Place(key, str(named), services)).uses.append(use)
    return sorted(found.values(), key=lambda place: not place.key.startswith("service-"))


def replace(
    contact_points, target: ContactPoint, chosen: Iterable[Place] | None = None
) -> Replaced:
    """Give `target` in the place of `contact_points`, in the `chosen` places or, with None,
    everywhere: planned replacements that lead to them then lead to `target` too.

    Runs in one transaction; publishing is up to the caller. Raises ValidationError with a reason
    for each place that cannot give `target`; nothing is changed then.
    """
    contact_points = list(contact_points)
    uses = _uses_of(contact_points) if chosen is None else [u for p in chosen for u in p.uses]
    with transaction.atomic():
        _refuse_target(contact_points, target)
        done = _assign(uses, target)
        if chosen is None:
            done.redirected = _redirect(contact_points, target)
        # It may give extensions now, which what replaces it one day must be able to take.
        target.clean()
    return done


def _refuse_target(contact_points, target):
    if target.pk in {each.pk for each in contact_points}:
        raise ValidationError(_("Choose another one: this is the one to replace."), code="same")
    following, seen = target, set()
    while following.replaced_by and following.pk not in seen:
        seen.add(following.pk)
        following = following.replaced_by
        if following.pk in {each.pk for each in contact_points}:
            raise ValidationError(
                _(
                    "“%(target)s” is itself to be replaced by “%(old)s” one day. Take that plan "
                    "out of it first."
                ),
                code="planned",
                params={"target": target, "old": following},
            )


def _assign(uses, target):
    done, reasons = Replaced(), []
    kept, whole = {_holder_key(use): use for use in _uses_of([target])}, {}
    for use in uses:
        one = kept.setdefault(_holder_key(use), use)
        if one is use:
            done.changed.append(use)
        elif one.absorb(use):
            done.merged.append(use)
            whole.setdefault(type(one), {})[one.pk] = one
        else:
            reasons.append(BOTH_GIVEN % {"holder": _holder(use)})
            continue
        one.contact_point = target
        try:
            one.clean()
        except ValidationError as error:
            reasons.append(
                _("%(holder)s: it gives extensions or menu options (%(details)s). %(reason)s")
                % {
                    "holder": _holder(use),
                    "details": " · ".join(filter(None, [one.menu_options, one.extensions])),
                    "reason": error.messages[0],
                }
            )
    if reasons:
        raise ValidationError(reasons)
    for model, keys in _by_model(done.merged):
        model.objects.filter(pk__in=keys).delete()
    for model, keys in _by_model(done.changed):
        model.objects.filter(pk__in=keys).update(contact_point=target)
    for model, merged in whole.items():
        model.objects.bulk_update(merged.values(), [*model.DETAILS, "position"], BATCH)
    return done


def _redirect(contact_points, target):
    planned = list(ContactPoint.objects.filter(replaced_by__in=contact_points))
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


def _uses_of(contact_points):
    """The uses of these contact points of whatever model, with what naming them needs."""
    found = []
    for relation in ContactPoint.uses():
        model = relation.related_model
        related = ["contact_point", *model.holder_related]
        uses = model.objects.filter(contact_point__in=contact_points).select_related(*related)
        found += uses.order_by("pk")
    return found


def _services_of(uses):
    """The services whose pages show each use, by (model, key) of the use: a query per model."""
    found = {}
    for model, keys in _by_model(uses):
        path = model.path_from_service
        services = Service.objects.filter(**{f"{path}__in": keys}).annotate(use=F(path))
        for service in services.distinct():
            found.setdefault((model, service.use), []).append(service)
    return found


def _holder(use):
    return getattr(use, use.holder_field)


def _holder_key(use):
    return type(use), getattr(use, f"{use.holder_field}_id")


def _by_model(uses):
    """The keys of uses, per model and in batches."""
    by_model = {}
    for use in uses:
        by_model.setdefault(type(use), []).append(use.pk)
    for model, keys in by_model.items():
        for start in range(0, len(keys), BATCH):
            yield model, keys[start : start + BATCH]
