"""What nothing uses: shared rows that can go."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import PROTECT, Count, Exists, Model, OuterRef, QuerySet, Value

M = TypeVar("M", bound=Model)


def unused(rows: QuerySet[M]) -> QuerySet[M]:
    """Those of these rows that nothing refers to which would keep them: no channel, escalation
    contact or level; nor is one planned to replace another, or to stand in for another."""
    relations: Any = rows.model._meta.related_objects
    for relation in relations:
        if relation.on_delete is PROTECT:
            using = relation.related_model._base_manager.filter(
                **{relation.field.name: OuterRef("pk")}
            )
            rows = rows.exclude(Exists(using))
    return rows


def unused_counts(models: Iterable[type[Model]]) -> dict[type[Model], int]:
    """How many rows of each of these models are without use. One query."""
    by_label = {model._meta.label: model for model in models}
    counted = [
        unused(model._default_manager.order_by())
        .annotate(of_model=Value(label))
        .values("of_model")
        .annotate(rows_unused=Count("pk"))
        .values_list("of_model", "rows_unused")
        for label, model in by_label.items()
    ]
    if not counted:
        return {}
    found = counted[0].union(*counted[1:], all=True) if counted[1:] else counted[0]
    return {by_label[label]: count for label, count in found if count}
