"""The newest changes for the start page, as far as the user may see them."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from directory.models import Edition

AT_MOST = 8


def changes(request: HttpRequest) -> QuerySet[LogEntry] | None:
    """The newest entries of the histories that the user may read; None if there are no such."""
    visible = [
        model
        for model in apps.get_models()
        if admin.site.is_registered(model)
        and admin.site.get_model_admin(model).has_view_permission(request)
    ]
    if not visible:
        return None
    kinds = Q()
    for model in visible:
        meta = model._meta
        kinds |= Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name)
    entries = LogEntry.objects.filter(kinds).select_related("user", "content_type")
    return entries.order_by("-action_time", "-pk")[:AT_MOST]


def editions(request: HttpRequest) -> QuerySet[Edition] | None:
    """The newest editions; None for a user who may not see them."""
    if not admin.site.get_model_admin(Edition).has_view_permission(request):
        return None
    newest_first = Edition.objects.order_by("-published_at", "-pk").defer("document", "search_text")
    return newest_first.select_related("service", "published_by")[:AT_MOST]
