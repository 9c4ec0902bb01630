"""Entries of the audit log: what happened. Written by `directory.audit.log.note` alone."""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Event(models.TextChoices):
    """What can happen. Programs that read the log know the values, so none is ever renamed."""

    # Getting in.
    SIGNED_IN = "signed_in", pgettext_lazy("event", "signed in")
    SIGN_IN_FAILED = "sign_in_failed", pgettext_lazy("event", "sign-in failed")
    LOCKED_OUT = "locked_out", pgettext_lazy("event", "locked out")
    SIGNED_OUT = "signed_out", pgettext_lazy("event", "signed out")
    SESSION_ENDED = "session_ended", pgettext_lazy("event", "session ended")
    PASSWORD_LINK_SENT = "password_link_sent", pgettext_lazy("event", "link for a password sent")
    PASSWORD_SET = "password_set", pgettext_lazy("event", "password set")
    FACTOR_ADDED = "factor_added", pgettext_lazy("event", "second factor set")
    FACTOR_REMOVED = "factor_removed", pgettext_lazy("event", "second factor removed")
    FACTOR_RESET = "factor_reset", pgettext_lazy("event", "second factor reset")
    FACTOR_FAILED = "factor_failed", pgettext_lazy("event", "second factor failed")
    FACTOR_CONFIRMED = "factor_confirmed", pgettext_lazy("event", "confirmed with second factor")
    RECOVERY_CODES_MADE = "recovery_codes_made", pgettext_lazy("event", "recovery codes made")
    RECOVERY_CODE_USED = "recovery_code_used", pgettext_lazy("event", "recovery code used")
    RECOVERY_ASKED = "recovery_asked", pgettext_lazy("event", "recovery asked for")
    RECOVERED = "recovered", pgettext_lazy("event", "account recovered")
    # People and their rights.
    PERSON_INVITED = "person_invited", pgettext_lazy("event", "person invited")
    INVITATION_WITHDRAWN = "invitation_withdrawn", pgettext_lazy("event", "invitation withdrawn")
    PERSON_ADDED = "person_added", pgettext_lazy("event", "account added")
    PERSON_CHANGED = "person_changed", pgettext_lazy("event", "account changed")
    PERSON_DEACTIVATED = "person_deactivated", pgettext_lazy("event", "account deactivated")
    PERSON_ACTIVATED = "person_activated", pgettext_lazy("event", "account activated")
    PERSON_UNLOCKED = "person_unlocked", pgettext_lazy("event", "account unlocked")
    PERSON_DELETED = "person_deleted", pgettext_lazy("event", "account deleted")
    RIGHTS_GRANTED = "rights_granted", pgettext_lazy("event", "rights granted")
    RIGHTS_TAKEN = "rights_taken", pgettext_lazy("event", "rights taken")
    ROLE_ADDED = "role_added", pgettext_lazy("event", "role added")
    ROLE_CHANGED = "role_changed", pgettext_lazy("event", "role renamed")
    ROLE_DELETED = "role_deleted", pgettext_lazy("event", "role deleted")
    # What customers read.
    PUBLISHED = "published", pgettext_lazy("event", "published")
    PROPOSAL_MADE = "proposal_made", pgettext_lazy("event", "proposal made")
    PROPOSAL_PUBLISHED = "proposal_published", pgettext_lazy("event", "proposal published")
    PROPOSAL_REFUSED = "proposal_refused", pgettext_lazy("event", "proposal refused")
    PROPOSAL_TAKEN_BACK = "proposal_taken_back", pgettext_lazy("event", "proposal taken back")
    PROPOSAL_ALTERED = "proposal_altered", pgettext_lazy("event", "altered proposal found")
    EDITION_WITHDRAWN = "edition_withdrawn", pgettext_lazy("event", "edition withdrawn")
    EDITION_SHOWN_AGAIN = "edition_shown_again", pgettext_lazy("event", "edition shown again")
    EDITION_ERASED = "edition_erased", pgettext_lazy("event", "edition erased")
    CHANGED = "changed", pgettext_lazy("event", "changed")
    CHANGE_UNDONE = "change_undone", pgettext_lazy("event", "change undone")
    CHANGE_RESTORED = "change_restored", pgettext_lazy("event", "earlier state put back")
    ENTRIES_WITHDRAWN = "entries_withdrawn", pgettext_lazy("event", "entries withdrawn")
    ENTRIES_SHOWN_AGAIN = "entries_shown_again", pgettext_lazy("event", "entries shown again")
    ENTRIES_ERASED = "entries_erased", pgettext_lazy("event", "entries erased")
    PUBLISHERS_NOT_TOLD = "publishers_not_told", pgettext_lazy("event", "publishers not told")
    IMPORTED = "imported", pgettext_lazy("event", "imported")
    # What somebody got to see, or took along.
    EXPORTED = "exported", pgettext_lazy("event", "exported")
    WITHDRAWN_CONTENTS_READ = (
        "withdrawn_contents_read",
        pgettext_lazy("event", "withdrawn contents looked at"),
    )
    SEARCHED_EVERYWHERE = (
        "searched_everywhere",
        pgettext_lazy("event", "searched everything for a text"),
    )
    # Proofs.
    CHECKPOINT_SIGNED = "checkpoint_signed", pgettext_lazy("event", "checkpoint signed")
    ALTERATION_FOUND = "alteration_found", pgettext_lazy("event", "altered edition found")


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Entries are only added."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(AuditEntry.IMMUTABLE)

    def delete(self) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(AuditEntry.IMMUTABLE)


class AuditEntry(models.Model):
    """Something that happened: who did what to what, when and from where.

    Users and objects are kept by what they were called and by their keys, and not by relations: an
    entry outlives what it tells of. Triggers of the database refuse to change or delete one
    (`directory.models.append_only`).
    """

    IMMUTABLE = _("An entry of the audit log cannot be changed or deleted.")

    at = models.DateTimeField(_("at"), db_index=True)
    event = models.CharField(_("event"), max_length=40, choices=Event)
    user_key = models.BigIntegerField(null=True, blank=True, editable=False)
    user_name = models.CharField(
        _("who"),
        max_length=150,
        blank=True,
        db_index=True,
        help_text=_("Empty: a stranger, or a command."),
    )
    address = models.CharField(
        _("address"), max_length=45, blank=True, help_text=_("The IP address it came from.")
    )
    request_id = models.CharField(
        _("request number"),
        max_length=64,
        blank=True,
        db_index=True,
        help_text=_("What lines of the log and error pages call the same request."),
    )
    # The label of the model, as in directory.edition.
    about_kind = models.CharField(max_length=100, blank=True, editable=False)
    about_key = models.CharField(max_length=64, blank=True, editable=False)
    about_name = models.CharField(_("about"), max_length=200, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True, encoder=DjangoJSONEncoder)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("entries of the audit log")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["event", "at"], name="auditentry_event_at"),
            models.Index(fields=["about_kind", "about_key"], name="auditentry_about"),
        ]
        constraints = [
            models.CheckConstraint(
                name="auditentry_event_is_known", condition=Q(event__in=Event.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} · {self.user_name or '–'}"

    def save(self, **kwargs: Any) -> None:
        """Add it. Raises PermissionDenied for an entry that is already stored."""
        if not self._state.adding:
            raise PermissionDenied(self.IMMUTABLE)
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        """Refused: raises PermissionDenied."""
        raise PermissionDenied(self.IMMUTABLE)
