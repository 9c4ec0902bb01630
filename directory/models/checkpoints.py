"""Checkpoints: the newest digests of all services, signed. Written by `editions.signing` alone."""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    """Checkpoints are only added: changing or deleting them in bulk is refused."""

    def newest(self) -> "Checkpoint | None":
        """The last one that was signed; None before the first."""
        return self.order_by("-number").first()

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(Checkpoint.IMMUTABLE)

    def delete(self) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(Checkpoint.IMMUTABLE)


class Checkpoint(models.Model):
    """A signed note (`directory.editions.checkpoints.notes`), whole as people keep it: what it
    says, an empty line, and its signatures. Nothing outside of `note` is signed; the number finds
    it."""

    IMMUTABLE = _("A checkpoint cannot be changed or deleted. Sign a new one.")

    number = models.PositiveIntegerField(_("number"), unique=True)
    note = models.TextField(_("signed note"))

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["-number"]
        get_latest_by = "number"
        constraints = [
            models.CheckConstraint(
                name="checkpoint_number_begins_at_one", condition=Q(number__gte=1)
            ),
            models.CheckConstraint(name="checkpoint_has_a_note", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return _("Checkpoint %(number)d") % {"number": self.number}

    def save(self, **kwargs: Any) -> None:
        """Add it. Raises PermissionDenied for a checkpoint that is already stored."""
        if not self._state.adding:
            raise PermissionDenied(self.IMMUTABLE)
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(self.IMMUTABLE)
