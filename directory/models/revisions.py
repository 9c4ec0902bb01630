"""Revisions: what one act in the back office did to the rows, so that it can be told and undone.

Written by `directory.models.recording` alone, in the transaction of the act.
"""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What stands in the place of a value of a revised row whose text was withdrawn.
WITHDRAWN = {"withdrawn": True}


class Revision(models.Model):
    """What somebody did at once: one save, one deletion, one confirmation of many.

    `object_name` is the service that it is about, else the first thing, as it was called, `others`
    how many there are besides; `message` is that of its entry in the history. A revision undoes at
    most one other, and is undone at most once.
    """

    class Action(models.TextChoices):
        ADDED = "added", pgettext_lazy("change", "added")
        CHANGED = "changed", pgettext_lazy("change", "changed")
        DELETED = "deleted", pgettext_lazy("change", "deleted")
        CONFIRMED = "confirmed", pgettext_lazy("change", "confirmed")
        REPLACED = "replaced", pgettext_lazy("change", "replaced")
        IMPORTED = "imported", pgettext_lazy("change", "imported")
        UNDONE = "undone", pgettext_lazy("change", "undone")
        RESTORED = "restored", pgettext_lazy("change", "put back")

    made_at = models.DateTimeField(_("made at"), db_index=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    # Who asked for it, where somebody else had to agree (`made_by`).
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    action = models.CharField(_("action"), max_length=20, choices=Action)
    content_type = models.ForeignKey(
        ContentType, verbose_name=_("kind"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    object_id = models.CharField(max_length=40, blank=True)
    object_name = models.CharField(_("what"), max_length=200, blank=True)
    others = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    undoes = models.OneToOneField(
        "self",
        verbose_name=_("undoes"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
    )
    entries = models.ManyToManyField(LogEntry, related_name="revisions")

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="revision_undoes_another", condition=~Q(undoes=models.F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.object_name}"

    @property
    def who(self) -> str:
        """Who made it; with who proposed it, where somebody else had to agree."""
        return named_both(self.made_by, self.proposed_by)

    @property
    def name_on_record(self) -> str:
        """It without the name of its object, which may be a number or a person's name."""
        kind = self.content_type.name if self.content_type else "–"
        return f"{self.get_action_display()}: {kind} {self.object_id}".strip()

    @property
    def in_words(self) -> str:
        """What its entry in the history says, in the active language."""
        return LogEntry(action_flag=CHANGE, change_message=self.message).get_change_message()


def named_both(made_by: Any, proposed_by: Any) -> str:
    """Who did something, in words, and who proposed it if anybody did; empty for nobody."""
    if made_by is None or proposed_by is None:
        return str(made_by or "")
    return _("%(publisher)s, proposed by %(author)s") % {
        "publisher": made_by,
        "author": proposed_by,
    }


class RevisedRowQuerySet(models.QuerySet["RevisedRow"]):
    """Revised rows by the row that they are of."""

    def of(self, model: type[models.Model], keys: Iterable[int]) -> Self:
        """Of the rows of this model with these primary keys."""
        kind = ContentType.objects.get_for_model(model)
        return self.filter(content_type=kind, row_id__in=keys)


class RevisedRow(models.Model):
    """A row before and after a revision: the stored values by field (`attname`; of a many-to-many
    field by its name, the keys in order), of those fields that differ. What is no JSON is written
    as fixtures write it; the field's `to_python` reads it. `before` is None for a row that was
    added, `after` for one that was deleted; then the other has all fields.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="rows")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = RevisedRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed row")
        verbose_name_plural = _("changed rows")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "row_id"], name="revisedrow_of_row")]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "content_type", "row_id"], name="revisedrow_once_in_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type.name} {self.row_id}"

    @property
    def model(self) -> type[models.Model] | None:
        """The model of the row; None where the application has it no more."""
        return self.content_type.model_class()

    @property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """By field the values before and after."""
        before, after = self.before or {}, self.after or {}
        return {name: (before.get(name), after.get(name)) for name in {**before, **after}}
