"""The newest changes for the start page, as far as the user may see them."""

from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.admin.revision_links import named, others, thing_url
from directory.admin.undo_links import undo_url
from directory.admin.visible_models import visible_models
from directory.models import Edition, Revision

AT_MOST = 8


def changes(request: HttpRequest) -> list[dict[str, Any]] | None:
    """The newest revisions of what the user may see, each with its links; None if there is nothing
    that he may see. One query."""
    visible = visible_models(request)
    if not visible:
        return None
    kinds = [kind.pk for kind in ContentType.objects.get_for_models(*visible).values()]
    newest = Revision.objects.filter(content_type__in=kinds).order_by("-made_at", "-pk")
    may_undo = may_see_all(request)
    return [
        {
            "revision": revision,
            "name": f"{named(revision)}{others(revision)}",
            "url": thing_url(revision),
            "undo": undo_url(revision) if may_undo and not is_undone(revision) else "",
            "is_undone": is_undone(revision),
        }
        for revision in newest.select_related("made_by", "content_type", "undone_by")[:AT_MOST]
    ]


def may_see_all(request: HttpRequest) -> bool:
    """Whether the user may see the list of all changes."""
    return admin.site.get_model_admin(Revision).has_view_permission(request)


def is_undone(revision: Revision) -> bool:
    """Whether somebody took it back."""
    return hasattr(revision, "undone_by")


def editions(request: HttpRequest) -> QuerySet[Edition] | None:
    """The newest editions; None for a user who may not see them."""
    if not admin.site.get_model_admin(Edition).has_view_permission(request):
        return None
    newest_first = Edition.objects.order_by("-published_at", "-pk").defer("document", "search_text")
    return newest_first.select_related("service", "published_by")[:AT_MOST]
