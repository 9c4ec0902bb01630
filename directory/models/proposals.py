"""Proposals: acts that wait until somebody else publishes them.

Made by `directory.admin.four_eyes` alone. What one says is sealed: a row that was altered in the
table, or copied there, is published by nobody.
"""

import json
from typing import Any, Self

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.contacts.mailboxes import mailbox
from directory.models.revisions import Revision
from directory.models.second_person import (
    Mailboxes,
    is_same_person,
    known_mailboxes,
)

PERMISSION = "directory.publish_proposal"

TO_DO: dict[str, Any] = {
    Revision.Action.ADDED: pgettext_lazy("to do", "Add"),
    Revision.Action.CHANGED: pgettext_lazy("to do", "Change"),
    Revision.Action.DELETED: pgettext_lazy("to do", "Delete"),
    Revision.Action.CONFIRMED: pgettext_lazy("to do", "Confirm"),
    Revision.Action.REPLACED: pgettext_lazy("to do", "Replace"),
    Revision.Action.IMPORTED: pgettext_lazy("to do", "Import"),
    Revision.Action.UNDONE: pgettext_lazy("to do", "Undo"),
    Revision.Action.RESTORED: pgettext_lazy("to do", "Put back"),
}


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by what has become of them."""

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(state=Proposal.State.WAITING)

    def for_publisher(self, person: AbstractUser) -> Self:
        """Those that wait and are not this person's own."""
        return self.waiting().exclude(made_by=person)

    def touching(self, row: models.Model) -> Self:
        """Those that wait and are to change a row, or one of its parts."""
        return self.waiting().filter(touched__contains=f"|{row._meta.label_lower}:{row.pk}|")

    def untold(self, person: AbstractUser) -> Self:
        """Those of this person that somebody else decided, and whose page the person has not
        opened since."""
        decided = [Proposal.State.PUBLISHED, Proposal.State.REFUSED]
        return self.filter(made_by=person, state__in=decided, read_at=None)


class Proposal(models.Model):
    """What somebody did, kept instead of being done.

    `rows` are those that it changes: label of the model, primary key, values before and after as
    `RevisedRow` has them; new rows have the keys that they had when it was tried, and get others.
    `entries` are those of the histories: label, key, name, flag, message. `effect` is what becomes
    of public pages, in the words of the day: services and sentences. The rest is as in `Revision`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("proposal", "waits")
        PUBLISHED = "published", pgettext_lazy("proposal", "published")
        REFUSED = "refused", pgettext_lazy("proposal", "refused")
        TAKEN_BACK = "taken_back", pgettext_lazy("proposal", "taken back")

    SEALED = (
        *("made_at", "made_by_id", "made_by_email", "action", "undoes_id", "content_type_id"),
        *("object_id", "object_name", "others", "message", "rows", "entries", "effect"),
        *("warnings", "touched"),
    )

    made_at = models.DateTimeField(_("proposed at"), db_index=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    # That of the day: who changes it later is still the same person.
    made_by_email = models.CharField(max_length=254, blank=True)
    action = models.CharField(_("action"), max_length=20, choices=Revision.Action)
    undoes = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content_type = models.ForeignKey(
        ContentType, verbose_name=_("kind"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    object_id = models.CharField(max_length=40, blank=True)
    object_name = models.CharField(_("what"), max_length=200, blank=True)
    others = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    rows = models.JSONField()
    entries = models.JSONField(default=list)
    effect = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    # Its rows once more, as “|directory.channel:7|”: databases look for that.
    touched = models.TextField(default="|")
    # A copy of a row has the same one.
    seal = models.CharField(max_length=64, unique=True, editable=False)

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("reason for refusing"), max_length=300, blank=True)
    # What was recorded when it was published.
    revision = models.OneToOneField(
        Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="proposal"
    )
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("publish_proposal", _("Can publish and refuse what others propose"))]
        indexes = [models.Index(fields=["state", "made_at"], name="proposal_waiting")]
        constraints = [
            models.CheckConstraint(
                name="proposal_is_decided_by_somebody",
                condition=Q(state="waiting", decided_at=None, decided_by=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_is_published_by_another",
                condition=~Q(state__in=["published", "refused"]) | ~Q(decided_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="proposal_is_taken_back_by_its_author",
                condition=~Q(state="taken_back") | Q(decided_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="proposal_is_refused_with_a_reason",
                condition=(Q(state="refused") & ~Q(reason=""))
                | (~Q(state="refused") & Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.object_name}"

    @property
    def what(self) -> str:
        """What is to be done, in a word."""
        # Of one that was altered in the table, as it stands there.
        return str(TO_DO.get(self.action, self.action))

    @property
    def name_on_record(self) -> str:
        """It without the name of its object, which may be a number or a person's name."""
        kind = self.content_type.name if self.content_type else "–"
        return f"{self.get_action_display()}: {kind} {self.object_id}".strip()

    @property
    def in_words(self) -> str:
        """What its entry in the history would say, in the active language."""
        return LogEntry(action_flag=CHANGE, change_message=self.message).get_change_message()

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it."""
        return self.state == self.State.WAITING

    @property
    def is_sealed(self) -> bool:
        """Whether it says what it said when it was made, by the application."""
        try:
            _signer().unsign(f"{self._sealed()}:{self.seal}")
        except BadSignature:
            return False
        return True

    def put_seal(self) -> None:
        """Seal what it says."""
        self.seal = _signer().signature(self._sealed())

    def is_of(self, person: AbstractUser, known: Mailboxes | None = None) -> bool:
        """Whether a person proposed it, also with another account that has a mailbox which the
        author has, had when it was made, or had before. `known` as in `is_same_person`."""
        known = known_mailboxes([self.made_by, person]) if known is None else known
        return is_same_person(self.made_by, person, known) or (
            mailbox(self.made_by_email) in known[person.pk]
        )

    def _sealed(self) -> str:
        values = {name: _plain(getattr(self, name)) for name in self.SEALED}
        return json.dumps(values, sort_keys=True, ensure_ascii=True)


def _plain(value: Any) -> Any:
    return round(value.timestamp() * 1_000_000) if hasattr(value, "timestamp") else value


def _signer() -> Signer:
    return Signer(salt="directory.proposal")
