"""Entries of histories that somebody withdrew: for auditors."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.admin.read_only import ReadOnlyMixin
from directory.admin.requests import staff
from directory.admin.withdrawn.withdrawals import WithdrawnMixin
from directory.audit.log import note
from directory.editions.withdrawals import withheld_entries
from directory.models import Event, WithheldText
from directory.models.second_person import Mailboxes


@admin.register(WithheldText)
class WithheldTextAdmin(ReadOnlyMixin, WithdrawnMixin):
    """What was taken out of entries by itself, to read, to show again and to erase. What was
    withdrawn with an edition is erased with it."""

    search_order = None
    list_display = ["what", "withheld_at", "who", "reason"]
    list_display_links = ["what"]
    list_select_related = ["content_type", "withheld_by"]
    actions = ["show_again_selected", "erase_selected"]
    fields = ["what", "as_it_was", "withheld_at", "who", "reason"]
    readonly_fields = ["what", "as_it_was", "who"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).exclude(withheld_at=None)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_read_withdrawn_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kw: Any) -> Any:
        response = super().change_view(request, object_id, *args, **kw)
        if response.status_code == 200:
            note(Event.WITHDRAWN_CONTENTS_READ, by=staff(request), request=request, entry=object_id)
        return response

    @admin.display(description=_("entry"))
    def what(self, obj: WithheldText) -> str:
        """Which entry."""
        return str(obj)

    @admin.display(description=_("withdrawn by"))
    def who(self, obj: WithheldText) -> str:
        """Who withdrew it."""
        return str(obj.withheld_by or "–")

    @admin.display(description=_("as it was"))
    def as_it_was(self, obj: WithheldText) -> str:
        """What the entry said."""
        said = (str(value) for value in obj.values.values() if value)
        return Truncator(" · ".join(said)).chars(2000)

    # ---- What is done --------------------------------------------------------------------------

    def withdrawn(self, request: HttpRequest) -> QuerySet:
        rows = self.get_queryset(request)
        return rows.select_related("content_type", "withheld_by")

    def withdrawn_at(self, row: WithheldText) -> datetime:
        return row.withheld_at  # type: ignore[return-value] # of these rows it is set

    def obstacles(
        self, row: Any, person: Any, at: datetime, known: Mailboxes
    ) -> list[ValidationError]:
        return withheld_entries.obstacles(row, person, at, known)

    def involved(self, row: Any) -> list[Any]:
        return withheld_entries.involved(row)

    def show_again(self, request: HttpRequest, rows: QuerySet, reason: str) -> str:
        count = withheld_entries.show_again(rows, staff(request), reason, request)
        return ngettext(
            "%(count)d entry is shown again.", "%(count)d entries are shown again.", count
        ) % {"count": count}

    def erase(self, request: HttpRequest, rows: QuerySet) -> str:
        count = withheld_entries.erase_for_ever(rows, staff(request), request=request)
        return ngettext(
            "%(count)d entry was erased for ever.", "%(count)d entries were erased for ever.", count
        ) % {"count": count}
