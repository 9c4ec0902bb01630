"""The history of an object: who changed what when, each with the way back to how it was then."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.admin.pages import PagesMixin
from directory.admin.undo_links import undo_url
from directory.models import Revision
from directory.models.recording import is_recorded

PAGE = 50


class HistoriesMixin(PagesMixin):
    """The page of an object's history, also of one that was deleted."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The entries of an object, the newest first, each with the links that its change has."""
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        entries = LogEntry.objects.filter(
            # PostgreSQL takes no NUL, and no key has one.
            object_id=unquote(object_id).replace("\0", ""),
            content_type=ContentType.objects.get_for_model(self.model),
        ).select_related("user")
        newest = entries.order_by("-action_time", "-pk")
        page = self.get_paginator(request, newest, PAGE).get_page(request.GET.get("p", "1"))
        listed = list(page.object_list)
        if obj is None and not listed:
            # Django tells that there is none.
            return super().history_view(request, object_id, extra_context)
        prefetch_related_objects(listed, "revisions__undone_by__made_by")
        name = str(obj) if obj else listed[0].object_repr
        may_read = request.user.has_perm("directory.view_revision")
        context = self.page_context(
            request,
            _("History of “%s”") % name,
            original=obj,
            page=page,
            entries=[
                (entry, may_read and self._links(entry, unquote(object_id))) for entry in listed
            ],
            is_deleted=obj is None,
            **(extra_context or {}),
        )
        return TemplateResponse(request, "admin/history.html", context)

    def _links(self, entry: LogEntry, key: str) -> dict[str, Any]:
        """Of the revision of an entry, if it was recorded: the addresses of the ways back, and the
        revision that undid it."""
        revision: Revision | None = next(iter(entry.revisions.all()), None)
        if revision is None or not is_recorded(self.model):
            return {}
        name = "admin:directory_revision_restore"
        args = [revision.pk, self.opts.app_label, self.opts.model_name, key]
        return {
            "revision": revision,
            "undo": undo_url(revision),
            "undone_by": getattr(revision, "undone_by", None),
            "restore": reverse(name, args=args) if not entry.is_deletion() else "",
        }
