"""Findings about the data, and what staff have accepted: see `directory.upkeep.checks`."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FindingAcceptance(models.Model):
    """Somebody has looked at a finding and says that it is all right, and why.

    `fingerprint` covers what was judged: when that changes, the finding is open again.
    """

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    code = models.CharField(_("kind of finding"), max_length=40, editable=False)
    subject = models.CharField(_("about"), max_length=300, editable=False)
    reason = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("Why it is all right, such as “Agreed with the customer”."),
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    accepted_at = models.DateTimeField(_("accepted at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-accepted_at"]
        constraints = [
            models.CheckConstraint(
                name="findingacceptance_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why it is all right."),
            ),
        ]

    def __str__(self):
        return f"{self.subject}: {self.reason}"


class FindingsLook(models.Model):
    """What the checks found when they last ran, in one language, for pages that cannot wait."""

    language = models.CharField(max_length=10, unique=True)
    looked_at = models.DateTimeField()
    # What it rests on: that day, and what had been changed and published until then.
    day = models.DateField()
    last_change = models.BigIntegerField()
    last_edition = models.BigIntegerField()
    findings = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.language}: {self.looked_at}"
