"""Which state the directory has: what the public reads of more than one service depends on it."""

import secrets
from typing import Any

from django.db import models
from django.db.models import Q


class DirectoryVersionQuerySet(models.QuerySet["DirectoryVersion"]):
    """The one row."""

    def renew(self) -> None:
        """Give the directory another mark, which it never had. One statement."""
        row: Any = DirectoryVersion(pk=1, mark=secrets.token_hex(16))
        self.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["mark"])


class DirectoryVersion(models.Model):
    """What lists of services are known by: `mark` is another one whenever something that the public
    reads was changed. Written by `directory.editions.publish`.

    It is random, no count: where a backup was put back, a count would come to the same number with
    other contents.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mark = models.CharField(max_length=32)

    objects = DirectoryVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="directoryversion_is_one_row", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return self.mark
