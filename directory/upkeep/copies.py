"""Copies a service, as the start of a new one.

What belongs to a service is copied: every model says with `copied_with` by which of its foreign
keys it belongs to its owner. What is shared (contact points, schedules, escalation contacts) stays
shared, and editions stay with the service that was published.
"""

from typing import Any

from django.db import models, transaction

from directory.models import Service
from directory.models.recording import made


@transaction.atomic
def copy_service(service: Service, name: str, slug: str) -> Service:
    """Store and return an unpublished service with the channels and escalation levels of `service`.

    Raises ValidationError, at its field, for a name or slug that cannot be.
    """
    copy = Service.objects.get(pk=service.pk)
    copy.pk, copy.name, copy.slug, copy.is_published = None, name, slug, False
    # Nobody has said of the copy that it is true.
    copy.reviewed_on, copy.reminded_on = None, {}
    copy._state.adding = True
    copy.full_clean()
    copy.save()
    _copy_parts(Service, {service.pk: copy})
    return copy


def _copy_parts(owner_model: type[models.Model], copies: dict[int, models.Model]) -> None:
    """Copy what belongs to the rows with these keys to their copies, and so on down."""
    for relation in owner_model._meta.related_objects:
        model: Any = relation.related_model
        belongs_by = relation.field.name
        if getattr(model, "copied_with", None) != belongs_by:
            continue
        originals = list(model.objects.filter(**{f"{belongs_by}__in": copies}))
        copied = {}
        for original in originals:
            part = copied[original.pk] = model()
            for field in model._meta.concrete_fields:
                if not field.primary_key:
                    setattr(part, field.attname, getattr(original, field.attname))
            setattr(part, belongs_by, copies[getattr(original, f"{belongs_by}_id")])
        made(model.objects.bulk_create(copied.values()))
        _copy_many_to_many(model, copied)
        if copied:
            _copy_parts(model, copied)


def _copy_many_to_many(model: type[models.Model], copies: dict[int, models.Model]) -> None:
    for field in model._meta.many_to_many:
        through: Any = field.remote_field.through
        near, far = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        links = through.objects.filter(**{f"{near}__in": copies}).order_by("pk")
        through.objects.bulk_create(
            through(**{near: copies[getattr(link, near)].pk, far: getattr(link, far)})
            for link in links
        )
