"""Who publishes, or changes what is published, takes the publishing turn first and touches rows
then. The other way round, who has the turn would wait for a row of somebody who waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from directory.editions.publish import take_publishing_turn


@contextmanager
def publishing_turn() -> Iterator[None]:
    """A transaction that begins with the publishing turn; around a function, too."""
    with transaction.atomic():
        take_publishing_turn()
        yield
