"""Who changed rows after a page that shows them was opened."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.db.models import Model

# A change is logged a moment before it is committed, and so before others see it.
SLACK = timedelta(seconds=10)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
READ_AT_MOST = 500
GIVEN_AT_MOST = 10


def row_key(row: Model) -> str:
    """What tells a row from all others: “directory.service:1”."""
    return f"{row._meta.label_lower}:{row.pk}"


def changes_since(opened_at: str, keys: Collection[str]) -> list[LogEntry]:
    """The changes of the rows with these keys, the last first, at most GIVEN_AT_MOST.

    Takes the instant at which the page was opened, in ISO 8601; what is none is long ago.
    """
    try:
        since = datetime.fromisoformat(opened_at).astimezone(UTC) - SLACK
    except (ValueError, OverflowError, OSError):
        since = LONG_AGO
    entries = LogEntry.objects.filter(action_time__gte=since, content_type__isnull=False)
    newest = entries.select_related("user", "content_type").order_by("-action_time")
    return [
        entry
        for entry in newest[:READ_AT_MOST]
        if entry.content_type
        and f"{'.'.join(entry.content_type.natural_key())}:{entry.object_id}" in keys
    ][:GIVEN_AT_MOST]
