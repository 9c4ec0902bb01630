"""The newest changes for the start page, as far as the user may see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from directory.admin.revision_links import named, others, thing_url
from directory.admin.undo_links import undo_url
from directory.admin.visible_models import visible_models
from directory.models import Edition, Revision
from directory.models.recording import is_recorded

AT_MOST = 8
ACTIONS = {
    ADDITION: Revision.Action.ADDED,
    CHANGE: Revision.Action.CHANGED,
    DELETION: Revision.Action.DELETED,
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A change in a line: when, by whom, what was done to what; `undo` is an address, where there
    is a way back and nobody took it."""

    at: datetime
    by: str
    action: str
    name: str
    url: str | None
    told: str = ""
    undo: str = ""
    is_undone: bool = False


def changes(request: HttpRequest) -> list[Line] | None:
    """The newest changes of what the user may see; None if there is nothing that he may see. Two
    queries: one of revisions, one of what is not recorded, such as accounts."""
    visible = visible_models(request)
    if not visible:
        return None
    kinds = ContentType.objects.get_for_models(*visible)
    recorded = [kind.pk for model, kind in kinds.items() if is_recorded(model)]
    others_seen = [kind.pk for model, kind in kinds.items() if not is_recorded(model)]
    lines = [*_revisions(request, recorded), *_entries(others_seen)]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:AT_MOST]


def _revisions(request: HttpRequest, kinds: list[int]) -> Iterator[Line]:
    may_undo = admin.site.get_model_admin(Revision).has_view_permission(request)
    newest = Revision.objects.filter(content_type__in=kinds).order_by("-made_at", "-pk")
    for revision in newest.select_related("made_by", "proposed_by", "content_type", "undone_by")[
        :AT_MOST
    ]:
        is_undone = hasattr(revision, "undone_by")
        yield Line(
            at=revision.made_at,
            by=revision.who,
            action=revision.get_action_display(),
            name=f"{named(revision)}{others(revision)}",
            url=thing_url(revision),
            told=revision.in_words if revision.message else "",
            undo=undo_url(revision) if may_undo and not is_undone else "",
            is_undone=is_undone,
        )


def _entries(kinds: list[int]) -> Iterator[Line]:
    newest = LogEntry.objects.filter(content_type__in=kinds).order_by("-action_time", "-pk")
    for entry in newest.select_related("user", "content_type")[:AT_MOST]:
        kind = entry.content_type.name if entry.content_type else ""
        yield Line(
            at=entry.action_time,
            by=str(entry.user),
            action=str(ACTIONS[entry.action_flag].label),
            name=_("%(kind)s “%(name)s”") % {"kind": kind, "name": entry.object_repr},
            url=None if entry.is_deletion() else entry.get_admin_url(),
            told=entry.get_change_message() if entry.is_change() else "",
        )


def editions(request: HttpRequest) -> QuerySet[Edition] | None:
    """The newest editions; None for a user who may not see them."""
    if not admin.site.get_model_admin(Edition).has_view_permission(request):
        return None
    newest_first = Edition.objects.order_by("-published_at", "-pk").defer("document", "search_text")
    return newest_first.select_related("service", "published_by", "proposed_by")[:AT_MOST]
