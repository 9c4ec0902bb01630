"""The admin action that writes past replacements into the rows."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from directory.admin.requests import staff
from directory.admin.undo_links import act
from directory.models import ContactPoint, Revision
from directory.models.recording import log
from directory.upkeep import settlement


@admin.action(description=_("Settle replacements whose day has come"), permissions=["change"])
def settle_replacements(
    modeladmin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[ContactPoint]
) -> None:
    """Move the uses of the selected contact points to their replacements, and publish."""
    settlements = settlement.due(queryset)
    if not settlements:
        message = _("None of these is waiting to be replaced: no day has come yet.")
        modeladmin.message_user(request, message, messages.INFO)
        return
    user = staff(request)
    with act(request, Revision.Action.REPLACED):
        settled = settlement.settle(settlements, by=user)
        log(
            user,
            [each.old for each in settlements],
            CHANGE,
            gettext("Its replacement was settled."),
        )
    for reason in settled.reasons:
        modeladmin.message_user(request, reason, messages.WARNING)
    count = len(settlements) - len({use.contact_point_id for use in settled.left})
    text = ngettext("%d replacement was settled.", "%d replacements were settled.", count) % count
    count = len(settled.editions)
    published = ngettext("Published %d edition.", "Published %d editions.", count) % count
    modeladmin.message_user(request, f"{text} {published}", messages.SUCCESS)
