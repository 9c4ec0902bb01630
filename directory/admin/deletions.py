"""Nothing is deleted but what was shown: what somebody changed meanwhile is shown again first.

The page that asks for confirmation carries a snapshot of the rows that would go and of what would
become of the public pages. When that is not so any more on confirming, nothing is deleted. Requests
without a snapshot (other programs) are not held up.
"""

from operator import attrgetter

from django.contrib import messages
from django.contrib.admin.actions import delete_selected as delete_selected_of_django
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.admin import preview, protected
from directory.admin.conflicts import LOGGED_AT_MOST, SHOWN, SLACK
from directory.admin.merge import OBJECT
from directory.admin.snapshots import Snapshot, name_of
from directory.editions.publish import take_publishing_turn

# Each is tried before, and a snapshot of all travels with the page. Nobody looks through more.
AT_ONCE = 500
READ_AT_MOST = 500
NAMED_AT_MOST = 50


def delete_selected(model_admin, request, queryset):
    """Django's action, for what was shown, which also shows what becomes of the public pages."""
    objects = list(queryset[: AT_ONCE + 1])
    if len(objects) > AT_ONCE:
        told = _("Select at most %d to delete at once.") % AT_ONCE
        model_admin.message_user(request, told, messages.ERROR)
        return None
    if not objects:
        told = _("Somebody else deleted meanwhile what you selected.")
        model_admin.message_user(request, told, messages.WARNING)
        return None
    try:
        with transaction.atomic():
            take_publishing_turn()
            is_confirmed = "post" in request.POST
            asked = confirmation(model_admin, request, queryset.all(), is_confirmed)
            if asked.get("is_stale"):
                request.POST = request.POST.copy()
                del request.POST["post"]
            response = delete_selected_of_django(model_admin, request, queryset.all())
    except IntegrityError:
        tell_in_use(model_admin, request)
        return None
    return asking(response, asked)


def asking(response, asked):
    """The response; if it is the page that asks for confirmation, with what that needs."""
    if context := getattr(response, "context_data", None):
        context |= asked
        if asked.get("is_stale"):
            response.status_code = 409
    return response


def tell_in_use(model_admin, request):
    told = _("Nothing was deleted: something of it came into use at this very moment. Try again.")
    model_admin.message_user(request, told, messages.ERROR)


def confirmation(model_admin, request, objects, is_confirmed) -> dict:
    """What the page that asks for confirmation needs; empty where nothing is to be asked.

    `is_stale` says that the user confirmed something else than would be deleted now: then nothing
    may be deleted, and `log` says who changed it.
    """
    name = name_of(model_admin.model, "deleted")
    shown = Snapshot.loads(request.POST.get(SHOWN, ""), name) if is_confirmed else None
    if not objects or (is_confirmed and shown is None) or protected.uses(objects):
        return {}
    effect, rows = model_admin.effect_of_deleting(objects), _going(objects)
    now = snapshot(rows, effect)
    is_stale = shown is not None and shown.rows != now.rows
    named = [row for row in rows if not row._meta.auto_created]
    return {
        "effect": effect,
        "going": [(capfirst(row._meta.verbose_name), row) for row in named[:NAMED_AT_MOST]],
        "going_too": max(0, len(named) - NAMED_AT_MOST),
        "shown": now.dumps(name),
        "is_stale": is_stale,
        "log": _log(model_admin, objects, shown, now) if is_stale else [],
    }


def snapshot(rows, effect: preview.Effect) -> Snapshot:
    """Rows that would be deleted, and what would become of the public pages."""
    found = {(row._meta.label_lower, str(row.pk)): _values(row) for row in rows}
    return Snapshot(timezone.now(), {**found, OBJECT: {"effect": [effect.fingerprint]}}, {}, {})


def _going(objects):
    """The objects and every row that goes with them, those of one kind together."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=objects)
    collector.collect(objects)
    return [row for found in collector.data.values() for row in sorted(found, key=attrgetter("pk"))]


def _values(row):
    fields = [field for field in row._meta.concrete_fields if field.editable]
    return {
        field.name: [field.value_to_string(row)]
        for field in fields
        if field.value_from_object(row) is not None
    }


def _log(model_admin, objects, shown, now):
    """Who changed these rows since they were shown, or a service that shows them."""
    services = model_admin.services_showing(objects)
    concerned = {*shown.rows, *now.rows, *(("directory.service", str(key)) for key in services)}
    since = LogEntry.objects.filter(action_time__gte=shown.at - SLACK, content_type__isnull=False)
    entries = since.select_related("user", "content_type").order_by("-action_time")[:READ_AT_MOST]
    return [
        entry
        for entry in entries
        if (".".join(entry.content_type.natural_key()), entry.object_id) in concerned
    ][:LOGGED_AT_MOST]
