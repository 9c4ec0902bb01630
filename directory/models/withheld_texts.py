"""What was taken out of histories, kept aside until it is erased or shown again."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class WithheldText(models.Model):
    """The values of a row of a history as they were before texts were taken out of it.

    What withdrawn editions say is taken out with them. `texts` were taken out of this row by
    themselves, by whom, when and why. Only pages of auditors read it.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    row_id = models.BigIntegerField()
    values = models.JSONField()
    texts = models.JSONField(default=list)
    withheld_at = models.DateTimeField(_("withdrawn at"), null=True)
    withheld_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    reason = models.CharField(_("reason for withdrawing"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("entry of the history that was withdrawn")
        verbose_name_plural = _("entries of the history that were withdrawn")
        ordering = ["-withheld_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "row_id"], name="withheldtext_once_of_row"
            ),
            models.CheckConstraint(
                name="withheldtext_by_itself_says_who_when_why",
                condition=Q(withheld_at=None, withheld_by=None, reason="")
                | (Q(withheld_at__isnull=False, withheld_by__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return _("%(kind)s %(row)d") % {"kind": self.content_type, "row": self.row_id}

    @cached_property
    def row(self) -> Any:
        """The row of the history; None where it is gone."""
        model: Any = self.content_type.model_class()
        return model and model._base_manager.filter(pk=self.row_id).first()
