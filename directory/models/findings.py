"""Findings about the data, and what staff have accepted: see `directory.upkeep.checks`."""

from datetime import date
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

# The parameter of a form's address that says which field of which row is to be focused.
ROW = "_row"


class Severity(models.IntegerChoices):
    """How serious a finding is; the most serious has the lowest number."""

    ERROR = 1, _("Error")
    WARNING = 2, _("Warning")
    INFO = 3, _("To review")

    @property
    def word(self) -> str:
        """“error”, “warning” or “info”: its name in addresses, style sheets and commands."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> "Severity | None":
        """The severity with this word, None if there is no such."""
        return next((each for each in cls if each.word == word), None)


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

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings by what staff have decided about them."""

    def open(self) -> "FindingQuerySet":
        """Those that nobody has accepted."""
        return self.filter(~self._accepted())

    def accepted(self) -> "FindingQuerySet":
        return self.filter(self._accepted())

    def about(self, instance: models.Model) -> "FindingQuerySet":
        """Those that concern a row: it is their subject, or one of the related ones."""
        return self.filter(pk__in=FindingRow.objects.shown_for(instance).values("finding"))

    def counts(self) -> dict[Severity | None, int]:
        """How many are open, for every severity, and for None how many are accepted. One query."""
        rows = self.order_by().annotate(is_accepted=self._accepted())
        found = rows.values_list("severity", "is_accepted").annotate(count=Count("pk"))
        counts = dict.fromkeys([*Severity, None], 0)
        for severity, is_accepted, count in found:
            counts[None if is_accepted else Severity(severity)] += count
        return counts

    def _accepted(self) -> Exists:
        return Exists(FindingAcceptance.objects.filter(fingerprint=OuterRef("fingerprint")))


class Finding(models.Model):
    """What a check found the last time: something that is probably wrong, and what to do about it.

    `texts` has its message and the name of its subject in every language.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=40)
    severity = models.PositiveSmallIntegerField(choices=Severity)
    # The place of its check among all checks: findings of one kind stand together.
    check_order = models.PositiveSmallIntegerField()
    subject_model = models.CharField(max_length=100)
    subject_pk = models.BigIntegerField()
    # The field that it is about, or the relation of rows in its form; “spans.12.valid_until” is the
    # field of one of these rows. Empty for more than one.
    field = models.CharField(max_length=100, blank=True)
    # The number or address that is missing, for findings that a new contact point settles.
    value = models.CharField(max_length=500, blank=True)
    texts = models.JSONField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["severity", "check_order", "pk"]
        indexes = [
            models.Index(fields=["subject_model", "subject_pk"], name="finding_by_subject"),
            models.Index(fields=["code", "value"], name="finding_by_value"),
            models.Index(fields=["severity", "check_order"], name="finding_by_severity"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.message}"

    @property
    def message(self) -> str:
        """What it is and what to do, in the active language."""
        return self._text("message")

    @property
    def subject(self) -> str:
        """The name of the row that it is about."""
        return self._text("subject")

    @property
    def level(self) -> str:
        """The word of its severity, for pages."""
        return Severity(self.severity).word

    @property
    def url(self) -> str:
        """The page in the back office where it is mended, at the field that it is about."""
        view = f"admin:{self.subject_model.replace('.', '_')}_change"
        return reverse(view, args=[self.subject_pk]) + self._place

    def is_about(self, instance: models.Model) -> bool:
        """Whether a row is its subject."""
        return (self.subject_model, self.subject_pk) == (instance._meta.label_lower, instance.pk)

    @property
    def _place(self) -> str:
        """The part of the address that leads to the field: an anchor as Django's forms have them,
        or for a field of a row the parameter that the form opens it by."""
        name, *of_row = self.field.split(".")
        if of_row:
            return f"?{urlencode({ROW: self.field})}"
        relations = apps.get_model(self.subject_model)._meta.related_objects
        if name in {relation.get_accessor_name() for relation in relations}:
            return f"#{name}-group"
        return f"#id_{name}" if name else ""

    def _text(self, name: str) -> str:
        # A language that was added later has its texts after the next check.
        # JSON of PostgreSQL keeps no order of keys, so that of the site's languages decides.
        wanted = translation.get_language(), settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)
        known = (self.texts[code] for code in (*wanted, *self.texts) if code in self.texts)
        return next(known)[name]


class FindingRowQuerySet(models.QuerySet["FindingRow"]):
    """Rows of findings by where they are shown."""

    def shown_for(self, instance: models.Model) -> "FindingRowQuerySet":
        """Those of a row on whose page the finding is shown."""
        return self.filter(model=instance._meta.label_lower, row_pk=instance.pk, is_shown=True)


class FindingRow(models.Model):
    """A row that a finding rests on: when it changes, the subject of the finding is checked again.

    `is_shown`: the finding is shown on the page of the row too.
    """

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="rows")
    model = models.CharField(max_length=100)
    row_pk = models.BigIntegerField()
    is_shown = models.BooleanField()

    objects = FindingRowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["model", "row_pk"], name="findingrow_by_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.row_pk}"


class CheckRun(models.Model):
    """When the whole directory was last checked, and until where its changes were since. One row.

    `last_change` and `last_edition` are the newest entry of the history and the newest edition that
    the findings take into account. `is_complete`: no change since was too large to be checked with
    it.
    """

    checked_at = models.DateTimeField()
    last_change = models.BigIntegerField()
    last_edition = models.BigIntegerField()
    is_complete = models.BooleanField(default=True)
    # Annotated by `upkeep.checks.runs.last_run`.
    has_changes: bool

    ONLY = 1

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="checkrun_is_one", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.checked_at)

    def is_of(self, day: date) -> bool:
        """Whether the whole directory was checked on that day, in the active time zone."""
        return timezone.localdate(self.checked_at) == day
