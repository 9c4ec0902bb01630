"""The admin action that writes past replacements into the rows."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.admin.requests import staff
from directory.models import ContactPoint
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
    settled = settlement.settle(settlements, by=staff(request))
    for reason in settled.reasons:
        modeladmin.message_user(request, reason, messages.WARNING)
    count = len(settlements) - len({use.contact_point_id for use in settled.left})
    text = ngettext("%d replacement was settled.", "%d replacements were settled.", count) % count
    count = len(settled.editions)
    published = ngettext("Published %d edition.", "Published %d editions.", count) % count
    modeladmin.message_user(request, f"{text} {published}", messages.SUCCESS)
