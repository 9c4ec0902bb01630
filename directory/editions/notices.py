"""The notices that services' documents carry: those that nobody has ended, whatever the clock
says."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from directory.editions.document import PublishedNotice, ServiceDocument, texts_of
from directory.models import Channel, ContactPoint, Notice, Service

# A model and the natural key of one of its rows; None: all services.
Subject = tuple[type, tuple[Any, ...]] | None


class NoticesInUse:
    """The notices that nobody has ended, by what they are on. One query for whatever is composed:
    they are few, as history is not among them."""

    def __init__(self) -> None:
        self._by_subject: dict[Subject, list[PublishedNotice]] = defaultdict(list)
        for row in Notice.objects.not_ended().with_subjects():
            subject = row.subject
            key = (type(subject), subject.natural_key()) if subject else None
            self._by_subject[key].append(_published(row))

    def of(self, document: ServiceDocument) -> tuple[PublishedNotice, ...]:
        """The notices on a service of which everything else is composed, in order of time."""
        if not self._by_subject:
            return ()
        notices = [each for key in _subjects(document) for each in self._by_subject.get(key, ())]
        return tuple(sorted(notices, key=lambda each: (each.since, each.code)))


def _subjects(document: ServiceDocument) -> Iterator[Subject]:
    """What notices of the document may be on."""
    yield None
    yield Service, (document.slug,)
    for channel in document.channels:
        yield Channel, (document.slug, channel.code)
    for code in document.contact_points:
        yield ContactPoint, (code,)


def _published(row: Notice) -> PublishedNotice:
    return PublishedNotice(
        code=row.code,
        severity=row.severity,
        since=row.since,
        until=row.until,
        contact_point=row.contact_point.code if row.contact_point else "",
        channel=row.channel.code if row.channel else "",
        for_all=row.subject is None,
        **texts_of(PublishedNotice, row),
    )
