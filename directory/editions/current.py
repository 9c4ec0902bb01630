"""The current and the newest editions of one service, as pages, files and the API ask for them.

The statements are made once: to make one takes longer than to ask it.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.db import router
from django.db.models import QuerySet

from directory.models import Edition

# Stands for the slug in a statement; no slug has such letters.
ANY = "*"
Made = Callable[..., QuerySet[Edition]]


def current_of(slug: str) -> Edition | None:
    """The current edition of the published service with this slug, with the record
    (`EditionQuerySet.current`)."""
    return next(iter(_asked(_current, slug)), None)


def newest_of(slug: str, most: int) -> list[Edition]:
    """The newest editions of the published service with this slug, so many at most, the newest
    first; none where there is no such service."""
    return list(_asked(_newest, slug, most))


def _current(using: str) -> QuerySet[Edition]:
    return Edition.objects.using(using).public().current(slug=ANY).order_by()


def _newest(using: str, most: int) -> QuerySet[Edition]:
    editions = Edition.objects.using(using).public()
    return editions.filter(service__slug=ANY).order_by("-number")[:most]


def _asked(made: Made, slug: str, *args: int) -> Iterable[Edition]:
    using = router.db_for_read(Edition)
    statement, parameters = _statement(made, using, *args)
    given = [slug if each == ANY else each for each in parameters]
    return Edition.objects.using(using).raw(statement, given)


@cache
def _statement(made: Made, using: str, *args: int) -> tuple[str, tuple[Any, ...]]:
    query = made(using, *args).query
    return query.get_compiler(using).as_sql()
