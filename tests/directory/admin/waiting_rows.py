"""Rows that only acts of the back office make: a proposal that waits, a text that was withheld."""

from datetime import UTC, datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from directory import models
from tests.factories import UserFactory


def withheld_entry():
    """An entry of a history out of which somebody took a number."""
    return models.WithheldText.objects.create(
        content_type=ContentType.objects.get_for_model(models.Revision),
        row_id=models.Revision.objects.earliest("pk").pk,
        values={"object_name": "310 555 0199", "message": ""},
        texts=["310 555 0199"],
        withheld_at=timezone.now(),
        withheld_by=UserFactory(),
        reason="Un dato personal",
    )


def proposal_of(row):
    """One of somebody else, of another label."""
    made = models.Proposal(
        made_at=datetime(2026, 11, 20, 16, tzinfo=UTC),
        made_by=UserFactory(is_staff=True),
        action="changed",
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_name=str(row),
        rows=[[row._meta.label_lower, row.pk, {"label": row.label}, {"label": "Otro"}]],
    )
    made.put_seal()
    made.save()
    return made
