"""The newest changes for the start page, as far as the user may see them."""

from functools import reduce
from operator import or_

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from directory.models import Edition

AT_MOST = 8


def changes(request: HttpRequest) -> QuerySet[LogEntry] | None:
    """The newest entries of the histories that the user may read; None if there are no such."""
    seen = [
        model_admin.opts
        for model_admin in admin.site._registry.values()
        if model_admin.has_view_permission(request)
    ]
    if not seen:
        return None
    of_these = (
        Q(content_type__app_label=opts.app_label, content_type__model=opts.model_name)
        for opts in seen
    )
    entries = LogEntry.objects.filter(reduce(or_, of_these)).select_related("user", "content_type")
    return entries.order_by("-action_time", "-pk")[:AT_MOST]


def editions(request: HttpRequest) -> QuerySet[Edition] | None:
    """The newest editions; None for a user who may not see them."""
    if not admin.site.get_model_admin(Edition).has_view_permission(request):
        return None
    newest_first = Edition.objects.order_by("-published_at", "-pk").defer("document", "search_text")
    return newest_first.select_related("service", "published_by")[:AT_MOST]
