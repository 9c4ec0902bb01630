"""Deletions: only of what was shown. What somebody changed meanwhile is shown again first.

The page that asks for confirmation carries a digest of the rows that would go and of what would
become of the public pages. If it differs on confirming, nothing is deleted. Requests without it,
which no page sends but another program, are not compared.
"""

import hashlib
from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.actions import delete_selected as delete_selected_of_django
from django.contrib.admin.utils import NestedObjects
from django.core import signing
from django.db import DEFAULT_DB_ALIAS, IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.admin import preview, protected
from directory.admin.change_log import changes_since, row_key
from directory.admin.undo_links import act
from directory.models import Revision
from directory.models.recording import watch_deleted

if TYPE_CHECKING:
    from directory.admin.publication import PublishingAdmin

SHOWN = "_shown"
# The deletion is tried before it is confirmed, and the keys of all rows travel with the page.
AT_ONCE = 500
NAMED_AT_MOST = 50


def delete_selected(
    model_admin: "PublishingAdmin", request: HttpRequest, queryset: QuerySet
) -> HttpResponse | None:
    """Django's action, for what was shown, which also shows what becomes of the public pages."""
    count = len(queryset[: AT_ONCE + 1])
    if not count:
        message = _("What you selected was deleted meanwhile.")
        model_admin.message_user(request, message, messages.WARNING)
        return None
    if count > AT_ONCE:
        message = _("Select at most %d to delete at once.") % AT_ONCE
        model_admin.message_user(request, message, messages.ERROR)
        return None
    try:
        with act(request, Revision.Action.DELETED):
            response = delete_selected_of_django(model_admin, request, queryset.all())
            if response is not None:
                context = response.context_data or {}
                response.status_code = add_state(model_admin, request, queryset.all(), context)
            return response
    except IntegrityError:
        report_in_use(model_admin, request)
        return None


def watch(objects: QuerySet) -> None:
    """Record what the deletion of these objects takes away, with a few queries."""
    watch_deleted(_cascade(objects))


def report_in_use(model_admin: "PublishingAdmin", request: HttpRequest) -> None:
    """Tell the user that something came into use while it was being deleted."""
    message = _(
        "Nothing was deleted: something of it came into use at this very moment. Try again."
    )
    model_admin.message_user(request, message, messages.ERROR)


def is_stale(model_admin: "PublishingAdmin", request: HttpRequest, objects: QuerySet) -> bool:
    """Whether the user confirms something else than would be deleted now."""
    if SHOWN not in request.POST:
        return False
    now = _digest(_cascade(objects), model_admin.effect_of_deleting(objects))
    return _shown(model_admin, request)["digest"] != now


def add_state(
    model_admin: "PublishingAdmin",
    request: HttpRequest,
    objects: QuerySet,
    context: dict[str, Any],
) -> int:
    """Add to the context of the page that asks for confirmation what would be deleted.

    Returns the status of the page: 409 if something else was confirmed; then `log` says who
    changed it. Adds nothing if the objects are in use: then they can't be deleted.
    """
    if not objects or protected.uses(objects):
        return 200
    effect, rows = model_admin.effect_of_deleting(objects), _cascade(objects)
    is_stale, shown = bool(context["protected"]), _shown(model_admin, request)
    if is_stale:
        context |= {"protected": [], "title": _("This was changed meanwhile")}
    named = [row for row in rows if not row._meta.auto_created]
    now = {
        "at": timezone.now().isoformat(),
        "digest": _digest(rows, effect),
        "keys": [row_key(row) for row in rows],
    }
    services = [f"directory.service:{key}" for key in model_admin.services_showing(objects)]
    context |= {
        "effect": effect,
        "going": [(capfirst(row._meta.verbose_name), row) for row in named[:NAMED_AT_MOST]],
        "going_too": max(0, len(named) - NAMED_AT_MOST),
        "shown": signing.dumps(now, salt=_salt(model_admin), compress=True),
        "is_stale": is_stale,
        "log": is_stale and changes_since(shown["at"], {*shown["keys"], *now["keys"], *services}),
    }
    return 409 if is_stale else 200


def _salt(model_admin: "PublishingAdmin") -> str:
    return f"directory.admin.deletions:{model_admin.opts.label_lower}"


def _shown(model_admin: "PublishingAdmin", request: HttpRequest) -> dict[str, Any]:
    """What the page that was confirmed showed. Signed, as the log is read by its keys."""
    try:
        return signing.loads(request.POST.get(SHOWN, ""), salt=_salt(model_admin))
    except signing.BadSignature:
        return {"at": "", "digest": "", "keys": []}


def _digest(rows: Iterable[Model], effect: preview.Effect) -> str:
    """Of the values of rows that would be deleted, and of what becomes of the public pages."""
    values = [
        (
            row_key(row),
            [each.value_to_string(row) for each in row._meta.concrete_fields if each.editable],
        )
        for row in rows
    ]
    return hashlib.sha256(repr((values, effect.shown)).encode()).hexdigest()


def _cascade(objects: QuerySet) -> list[Model]:
    """The objects and every row that goes with them, those of one kind together."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=objects)
    collector.collect(objects.all())
    return [row for found in collector.data.values() for row in sorted(found, key=attrgetter("pk"))]
