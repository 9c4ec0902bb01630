"""Publishing a proposal: looked at first, then done, by somebody else than who made it."""

from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from directory.admin import preview, putting_back
from directory.admin.four_eyes import people, rights
from directory.admin.putting_back import AT_THIS_MOMENT, Refused
from directory.admin.requests import staff
from directory.audit.log import note
from directory.editions import dry_run
from directory.editions.new_editions import NewEditions
from directory.editions.turn import publishing_turn
from directory.models import Event, Proposal, Revision, recording
from directory.models.proposals import PERMISSION
from directory.models.recording import record
from directory.models.revisions import named_both
from directory.models.second_person import mailboxes
from directory.revisions import obstacles, row_changes, writing
from directory.revisions.obstacles import Obstacle
from directory.revisions.row_changes import RowChange

EVENTS = {
    Proposal.State.PUBLISHED: Event.PROPOSAL_PUBLISHED,
    Proposal.State.REFUSED: Event.PROPOSAL_REFUSED,
    Proposal.State.TAKEN_BACK: Event.PROPOSAL_TAKEN_BACK,
}


def of(request: HttpRequest, proposal: Proposal) -> "Publishing":
    """How a proposal is published: rows of the directory, or rights of people."""
    labels = {label for label, *_rest in _rows(proposal)}
    is_about_rights = not labels.isdisjoint(("auth.user", "auth.group"))
    return (PublishingRights if is_about_rights else Publishing)(request, proposal)


def _rows(proposal: Proposal) -> list[Any]:
    """The rows of a proposal, or of one that is being made; none of what was altered in the table,
    which may be anything."""
    return proposal.rows if proposal.pk is None or proposal.is_sealed else []


class Publishing(putting_back.Act):
    """What a proposal would do to the rows as they are now."""

    page = "proposal"

    def __init__(self, request: HttpRequest, proposal: Proposal) -> None:
        self.request, self.proposal = request, proposal
        self.services: dict[int, bool] = {}
        self.editions = NewEditions()
        # One that was altered is not done, whatever it says.
        is_known = proposal.action in Revision.Action.values
        self.action = Revision.Action(proposal.action if is_known else Revision.Action.CHANGED)
        self.undoes = proposal.undoes

    @cached_property
    def kept_changes(self) -> list[RowChange]:
        """The changes as they are kept, new rows with the keys that they had. Those of models that
        the application has no more are left out."""
        return [
            RowChange(model=apps.get_model(label), key=key, now=before, then=after)
            for label, key, before, after in _rows(self.proposal)
            if label in _labels()
        ]

    @cached_property
    def all_changes(self) -> list[RowChange]:
        return row_changes.renumbered(self.kept_changes)

    # ---- Who may -------------------------------------------------------------------------------

    def lacking_rights(self) -> list[str]:
        person = staff(self.request)
        if self.proposal.pk is None:
            return []
        if not person.has_perm(PERMISSION):
            return [_("You may not publish what others propose.")]
        if self.proposal.is_of(person):
            return [_("It is your own: somebody else publishes it.")]
        if not mailboxes(person):
            return [str(people.NO_ADDRESS)]
        return super().lacking_rights()

    def obstacles(self) -> list[Obstacle]:
        return [Obstacle(each) for each in self._reasons()] or self._conflicts()

    def _reasons(self) -> list[str]:
        """Why nobody can publish it, whatever the rows are now."""
        proposal = self.proposal
        if proposal.pk is None:
            return []
        if not proposal.is_sealed:
            return [
                _(
                    "It is not what was proposed: somebody altered it in the database. Refuse it, "
                    "and tell whoever runs the server."
                )
            ]
        if not proposal.is_waiting:
            return [decided(proposal)]
        if not (proposal.made_by.is_active and proposal.made_by.is_staff):
            return [
                _(
                    "The account of who proposed it is deactivated. Refuse it; if the change is "
                    "right, make it yourself, and somebody else publishes it."
                )
            ]
        return self.lacking_rights()

    def _conflicts(self) -> list[Obstacle]:
        undone = obstacles.undone_already(self.undoes) if self.undoes else []
        return undone or obstacles.obstacles(self.changes)

    # ---- Doing it ------------------------------------------------------------------------------

    def do(self) -> Revision | None:
        """Publish it, and return what was recorded. Raises Refused; then nothing is done."""
        try:
            with publishing_turn():
                self.proposal = _locked(self.proposal)
                if found := self.obstacles():
                    raise Refused(found)
                revision = self._write()
                self._decide(Proposal.State.PUBLISHED, revision=revision)
        except Refused:
            if not self.proposal.is_sealed:
                # After the transaction, which is undone.
                note(Event.PROPOSAL_ALTERED, request=self.request, about=self.proposal)
            raise
        except ValidationError as error:
            raise Refused([Obstacle(message) for message in error.messages]) from error
        except IntegrityError as error:
            raise Refused([Obstacle(str(AT_THIS_MOMENT))]) from error
        return revision

    def _write(self) -> Revision | None:
        author, person = self.proposal.made_by, staff(self.request)
        with record(person, self.action, self.undoes, proposed_by=author) as recorded:
            self.services, self.editions = writing.put_back(self.changes, person, author)
            self.entries()
        return recorded.revision

    def refuse(self, reason: str) -> None:
        """Refuse it, with the reason. Raises Refused where somebody decided it before."""
        self._end(Proposal.State.REFUSED, reason=reason)

    def take_back(self) -> None:
        """Take back the own one. Raises Refused where somebody decided it before."""
        self._end(Proposal.State.TAKEN_BACK)

    @publishing_turn()
    def _end(self, state: Proposal.State, **values: Any) -> None:
        self.proposal = _locked(self.proposal)
        if not self.proposal.is_waiting:
            raise Refused([Obstacle(decided(self.proposal))])
        self._decide(state, **values)

    def _decide(self, state: Proposal.State, **values: Any) -> None:
        person = staff(self.request)
        decision = {"state": state, "decided_at": timezone.now(), "decided_by": person, **values}
        Proposal.objects.filter(pk=self.proposal.pk).update(**decision)
        for name, value in decision.items():
            setattr(self.proposal, name, value)
        author = self.proposal.made_by.get_username()
        details = {"author": author, "action": self.proposal.action}
        event = EVENTS[state]
        note(event, by=person, request=self.request, about=self.proposal, **details)

    def entries(self) -> None:
        new = {
            (old.model._meta.label_lower, str(old.key)): str(change.key)
            for old, change in zip(self.kept_changes, self.changes, strict=True)
        }
        both = named_both(staff(self.request), self.proposal.made_by)
        recording.log_entries(
            LogEntry(
                user_id=staff(self.request).pk,
                content_type=ContentType.objects.get_for_model(apps.get_model(label)),
                object_id=new.get((label, key), key),
                object_repr=name,
                action_flag=flag,
                change_message=_told(flag, message, both),
            )
            for label, key, name, flag, message in self.proposal.entries
            if label in _labels()
        )


class PublishingRights(Publishing):
    """What a proposal would do to the rights of people."""

    def lacking_rights(self) -> list[str]:
        own = super().lacking_rights()
        if own or self.proposal.pk is None:
            return own
        return rights.lacking(staff(self.request), self.kept_changes)

    def _conflicts(self) -> list[Obstacle]:
        return obstacles.obstacles(self.changes)

    def trial(self) -> tuple[list[Obstacle], preview.Effect | None]:
        if found := self.obstacles():
            return found, None
        try:
            with dry_run.undone():
                rights.write(self.changes)
        except ValidationError as error:
            return [Obstacle(message) for message in error.messages], None
        except IntegrityError:
            return [Obstacle(str(AT_THIS_MOMENT))], None
        return [], preview.Effect()

    def _write(self) -> None:
        rights.write(self.changes)
        rights.finish(self.request, self.changes)
        self.entries()


def decided(proposal: Proposal) -> str:
    """What has become of a proposal, by whom and when, in words."""
    words = {
        Proposal.State.PUBLISHED: _("It is published already (%(who)s, %(at)s)."),
        Proposal.State.REFUSED: _("It was refused already (%(who)s, %(at)s)."),
        Proposal.State.TAKEN_BACK: _("It was taken back (%(who)s, %(at)s)."),
    }
    at = timezone.localtime(proposal.decided_at)
    values = {
        "who": proposal.decided_by,
        "at": formats.date_format(at, "SHORT_DATETIME_FORMAT"),
    }
    return words[Proposal.State(proposal.state)] % values


def _locked(proposal: Proposal) -> Proposal:
    """The proposal as it is stored now; nobody else decides it before this transaction ends."""
    return (
        Proposal.objects.select_for_update(of=["self"])
        .select_related("made_by", "undoes")
        .get(pk=proposal.pk)
    )


def _told(flag: int, message: str, both: str) -> str:
    """An entry of a history, in words, and who agreed with whom."""
    entry = LogEntry(action_flag=flag, change_message=message)
    return f"{entry.get_change_message()} ({both})".strip()


def _labels() -> set[str]:
    return {model._meta.label_lower for model in apps.get_models()}
