"""Putting rows back: what it would do and why it cannot be done, looked at first, then done."""

import hashlib
from collections.abc import Collection
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin import preview
from directory.admin.publishing_act import DECIDED, may_publish
from directory.admin.requests import staff
from directory.admin.revision_links import summary
from directory.editions import dry_run
from directory.editions.new_editions import NewEditions
from directory.editions.turn import publishing_turn
from directory.models import Revision, Service, recording
from directory.models.recording import record
from directory.revisions import obstacles, rewinding, row_changes, words, writing
from directory.revisions.obstacles import Obstacle
from directory.revisions.row_changes import RowChange

Action = Revision.Action
# What a refusal of the database becomes when nobody knows better.
AT_THIS_MOMENT = gettext_lazy("Something of it changed at this very moment. Try again.")

MAY_NOT = {
    "add": gettext_lazy("For that you would have to add (%(kind)s), which you may not."),
    "change": gettext_lazy("For that you would have to change (%(kind)s), which you may not."),
    "delete": gettext_lazy("For that you would have to delete (%(kind)s), which you may not."),
}
MAY_NOT_PUBLISH = gettext_lazy(
    "For that you would have to decide whether a service has a page, and under which address, "
    "which you may not."
)


class Refused(Exception):
    """Nothing is put back, and why not."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(obstacles)
        self.obstacles = obstacles


class Act:
    """Something that puts rows back: looked at first, then done.

    `services` are those that show the rows, each with whether it had a public page before;
    `editions` the new ones, once it is done.
    """

    page: str
    title: str
    action: Action
    undoes: Revision | None = None

    def __init__(self, request: HttpRequest, revision: Revision) -> None:
        self.request, self.revision = request, revision
        self.services: dict[int, bool] = {}
        self.editions = NewEditions()

    @cached_property
    def all_changes(self) -> list[RowChange]:
        """What would make rows what they were."""
        raise NotImplementedError

    @property
    def changes(self) -> list[RowChange]:
        """What is to be done of it."""
        return self.all_changes

    def facts_besides(self, shown: int) -> list[str]:
        """The names of what goes back besides the first rows, which a page shows."""
        return []

    def lacking_rights(self) -> list[str]:
        """The rights that the user needs and has not, in words."""
        return lacking(self.request, self.changes)

    def refuse_without_rights(self) -> None:
        """Raise PermissionDenied for a user who may not do it: the page has no button for it."""
        if self.lacking_rights():
            raise PermissionDenied

    def obstacles(self) -> list[Obstacle]:
        """Why it cannot be done, as far as can be known without trying."""
        rights = [Obstacle(each) for each in self.lacking_rights()]
        return rights or obstacles.obstacles(self.changes, self.revision.pk)

    def entries(self) -> None:
        """Write what was done into the histories."""
        raise NotImplementedError

    def trial(self) -> tuple[list[Obstacle], preview.Effect | None]:
        """Why it cannot be done; or what becomes of the public pages if it is."""
        if found := self.obstacles():
            return found, None
        try:
            with dry_run.undone():
                before = writing.services_showing(self.changes)
                writing.write(self.changes)
                before = writing.services_showing(self.changes) | before
                return [], preview.effect(before)
        except ValidationError as error:
            return [Obstacle(message) for message in error.messages], None
        except IntegrityError:
            return [Obstacle(str(AT_THIS_MOMENT))], None

    def do(self) -> Revision | None:
        """Put the rows back, publish, and return what was recorded of it. Raises Refused; then
        nothing is done."""
        user = staff(self.request)
        try:
            with publishing_turn(), record(user, self.action, self.undoes) as recorded:
                if found := self.obstacles():
                    raise Refused(found)
                self.services, self.editions = writing.put_back(self.changes, user)
                self.entries()
        except ValidationError as error:
            raise Refused([Obstacle(message) for message in error.messages]) from error
        except IntegrityError as error:
            # Two at once: the database lets one of them.
            found = obstacles.undone_already(self.revision) if self.undoes else []
            raise Refused(found or [Obstacle(str(AT_THIS_MOMENT))]) from error
        return recorded.revision


class Undoing(Act):
    """The exact opposite of a revision."""

    page, action = "undo", Action.UNDONE

    def __init__(self, request: HttpRequest, revision: Revision) -> None:
        super().__init__(request, revision)
        self.title, self.undoes = _("Undo"), revision

    @cached_property
    def _changes_and_kept(self) -> tuple[list[RowChange], list[int]]:
        changes, kept = row_changes.offline_instead(row_changes.opposite(self.revision))
        return row_changes.unverified(changes), kept

    @property
    def all_changes(self) -> list[RowChange]:
        return self._changes_and_kept[0]

    @cached_property
    def kept(self) -> list[Service]:
        """Services that are taken off the public pages instead of being removed."""
        return list(Service.objects.filter(pk__in=self._changes_and_kept[1]))

    def lacking_rights(self) -> list[str]:
        own = self.revision.made_by_id == staff(self.request).pk
        if own and self.revision.action == Action.CONFIRMED:
            # Whoever may confirm may have no other right to change it.
            return []
        return super().lacking_rights()

    def obstacles(self) -> list[Obstacle]:
        return obstacles.undone_already(self.revision) or super().obstacles()

    def entries(self) -> None:
        message = _("Undone: %s.") % summary(self.revision)
        flags: dict[Any, int] = {
            (ContentType.objects.get_for_model(each.model).pk, str(each.key)): _flag(each)
            for each in self.changes
        }
        written = [
            LogEntry(
                user_id=staff(self.request).pk,
                content_type_id=entry.content_type_id,
                object_id=entry.object_id,
                object_repr=entry.object_repr,
                action_flag=flags.get((entry.content_type_id, entry.object_id), CHANGE),
                change_message=message,
            )
            for entry in _one_for_each_object(self.revision)
        ]
        recording.log_entries(written)


class Restoring(Act):
    """An object with its parts as it was after a revision, as far as it is ticked."""

    page, action = "restore", Action.RESTORED

    def __init__(
        self, request: HttpRequest, revision: Revision, model: type[Model], key: int
    ) -> None:
        super().__init__(request, revision)
        self.title, self.model, self.key = _("Put back as it was"), model, key

    @cached_property
    def all_changes(self) -> list[RowChange]:
        return rewinding.rewound(self.model, self.key, self.revision)

    @cached_property
    def ticked(self) -> set[str]:
        """The names of the facts to put back: all that can be, until somebody chose."""
        if self.request.method == "POST":
            return set(self.request.POST.getlist("fact"))
        named = (name for each in self.all_changes for name in row_changes.possible_facts(each))
        return set(named)

    @property
    def changes(self) -> list[RowChange]:
        return row_changes.unverified(row_changes.chosen(self.all_changes, self.ticked))

    def lacking_rights(self) -> list[str]:
        itself = RowChange(model=self.model, key=self.key, now={}, then={})
        return lacking(self.request, [itself, *self.changes])

    def facts_besides(self, shown: int) -> list[str]:
        named = (name for each in self.all_changes[shown:] for name in row_changes.facts(each))
        return [name for name in named if name in self.ticked]

    @cached_property
    def name(self) -> str:
        """What the object is called."""
        return words.Names([RowChange(model=self.model, key=self.key, now={}, then={})]).name(
            self.model, self.key
        )

    @property
    def fingerprint(self) -> str:
        """The same as long as the same facts would be put back from and to the same values."""
        seen = [
            (each.model._meta.label, each.key, each.now, each.then) for each in self.all_changes
        ]
        return hashlib.sha256(repr(seen).encode()).hexdigest()

    def obstacles(self) -> list[Obstacle]:
        if self.all_changes and not self.changes:
            return [Obstacle(_("Nothing is ticked."))]
        return super().obstacles()

    def entries(self) -> None:
        flag = next((_flag(e) for e in self.changes if e.of == (self.model, self.key)), CHANGE)
        message = _("Put back as it was: %s") % obstacles.who_and_when(self.revision)
        recording.log_entries(
            [
                LogEntry(
                    user_id=staff(self.request).pk,
                    content_type=ContentType.objects.get_for_model(self.model),
                    object_id=str(self.key),
                    object_repr=self.name[:200],
                    action_flag=flag,
                    change_message=message,
                )
            ]
        )


def lacking(request: HttpRequest, changes: Collection[RowChange]) -> list[str]:
    """The rights that the user needs for these changes and has not, in words: those of who would
    make them in forms."""
    needed = {}
    for change in changes:
        action = "add" if change.adds else "delete" if change.removes else "change"
        meta = change.model._meta
        if action in meta.default_permissions:
            name = capfirst(str(meta.verbose_name))
            needed[f"{meta.app_label}.{action}_{meta.model_name}"] = MAY_NOT[action] % {
                "kind": name
            }
    why_not = [why for permission, why in needed.items() if not request.user.has_perm(permission)]
    if any(map(_decides_on_page, changes)) and not may_publish(request):
        why_not.append(str(MAY_NOT_PUBLISH))
    return why_not


def _decides_on_page(change: RowChange) -> bool:
    """Whether a stored service gets another address, or a page or none."""
    is_stored = not (change.adds or change.removes)
    return change.model is Service and is_stored and not DECIDED.isdisjoint(change.then or ())


def _flag(change: RowChange) -> int:
    return ADDITION if change.adds else DELETION if change.removes else CHANGE


def _one_for_each_object(revision: Revision) -> list[LogEntry]:
    """The first entry of a revision for each object that it is about."""
    entries = revision.entries.order_by("pk")
    return list(
        {(each.content_type_id, each.object_id): each for each in reversed(entries)}.values()
    )
