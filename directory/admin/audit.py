"""The audit log in the back office: to read, to filter and to take along; nobody changes it."""

import json
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.audit_words import details_in_words, kind_in_words
from directory.admin.bulk.tools import Tools, ToolsMixin
from directory.admin.read_only import ReadOnlyMixin
from directory.admin.row_keys import PossibleKeysMixin
from directory.audit.log import note
from directory.imports.spreadsheets import csv_files
from directory.models import AuditEntry, Event

# The newest ones; who needs more takes it from the database.
EXPORTED_AT_MOST = 50_000
PEOPLE_AT_MOST = 100
# Of a list among the details, in the list of entries.
NAMED_AT_MOST = 4
# Exactly these, so a link leads to all entries of a person, an object, a request.
LINKED = ("event", "user_name", "address", "request_id", "about_kind", "about_key")
COLUMNS = (
    "at",
    "event",
    "user_key",
    "user_name",
    "address",
    "request_id",
    "about_kind",
    "about_key",
    "about_name",
    "details",
)


class WhoFilter(admin.SimpleListFilter):
    """Who did it; who is no user any more is found by the links of the list."""

    title = gettext_lazy("who")
    parameter_name = "who"
    NOBODY = "-"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        people = User.objects.filter(is_staff=True).order_by("username")
        names = people.values_list("username", flat=True)[:PEOPLE_AT_MOST]
        return [(self.NOBODY, _("a stranger, or a command")), *((name, name) for name in names)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        return queryset.filter(user_name="" if self.value() == self.NOBODY else self.value())


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyMixin, ToolsMixin, PossibleKeysMixin):
    """The audit log, for those who may read it."""

    # Names and addresses of people are read here and nowhere else.
    search_order = None
    also_called = gettext_lazy(
        "audit log, sign-ins, who did what, who gave rights, security, trail"
    )
    list_display = ["when", "what", "who", "about", "told", "origin"]
    list_display_links = ["when"]
    list_filter = [("at", admin.DateFieldListFilter), WhoFilter, "event"]
    linked_by = LINKED
    search_fields = [
        "user_name__folded",
        "about_name__folded",
        "address__startswith",
        "request_id__iexact",
    ]
    search_help_text = gettext_lazy("Person, thing, address or request number")
    ordering = ["-pk"]
    sortable_by = ()
    actions = None
    fields = ["moment", "what", "who", "about", "table", "from_where", "request_number"]
    readonly_fields = ["moment", "what", "who", "about", "table", "from_where", "request_number"]

    # ---- The list -----------------------------------------------------------------------------

    def list_tools(self, request: HttpRequest) -> Tools:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return [*super().list_tools(request), (self.url("export") + query, _("Download as CSV"))]

    @admin.display(description=gettext_lazy("when"))
    def when(self, obj: AuditEntry) -> str:
        """The instant, in short."""
        return formats.date_format(timezone.localtime(obj.at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=gettext_lazy("when"))
    def moment(self, obj: AuditEntry) -> str:
        """The instant to the second, with its offset."""
        return timezone.localtime(obj.at).isoformat(" ", "seconds")

    @admin.display(description=gettext_lazy("event"))
    def what(self, obj: AuditEntry) -> str:
        """What happened."""
        return capfirst(obj.get_event_display())

    @admin.display(description=gettext_lazy("who"))
    def who(self, obj: AuditEntry) -> str:
        """Who did it, with a link to all that this person did."""
        if not obj.user_name:
            return str(obj.details.get("command") or "–")
        return self._others("user_name", obj.user_name)

    @admin.display(description=gettext_lazy("about"))
    def about(self, obj: AuditEntry) -> str:
        """What it was done to, with a link to all that was done to it."""
        if not obj.about_kind:
            return "–"
        return format_html(
            '{}: <a href="{}">{}</a>',
            kind_in_words(obj.about_kind),
            self._list_of(about_kind=obj.about_kind, about_key=obj.about_key),
            obj.about_name or obj.about_key or "–",
        )

    @admin.display(description=gettext_lazy("details"))
    def told(self, obj: AuditEntry) -> str:
        """The details in one line."""
        told = details_in_words(obj.details, NAMED_AT_MOST)
        return "; ".join(f"{name}: {value}" for name, value in told) or "–"

    @admin.display(description=gettext_lazy("address, request number"))
    def origin(self, obj: AuditEntry) -> str:
        """Where it came from, and with which request."""
        if not obj.request_id:
            return self.from_where(obj)
        return format_html("{}<br>{}", self.from_where(obj), self.request_number(obj))

    @admin.display(description=gettext_lazy("address"))
    def from_where(self, obj: AuditEntry) -> str:
        """The address, with a link to all that came from it."""
        return self._others("address", obj.address) if obj.address else "–"

    @admin.display(description=gettext_lazy("request number"))
    def request_number(self, obj: AuditEntry) -> str:
        """The id of the request, with a link to all that happened in it."""
        return self._others("request_id", obj.request_id) if obj.request_id else "–"

    def _others(self, name: str, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', self._list_of(**{name: value}), value)

    def _list_of(self, **wanted: str) -> str:
        return f"{self.url('changelist')}?{urlencode(wanted)}"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Audit log"), **(extra_context or {})})

    # ---- One entry ----------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("details"))
    def table(self, obj: AuditEntry) -> SafeString | str:
        """The details, a line each; and where the thing stands now, if it has a page."""
        lines = [
            format_html("{}: {}", name, value) for name, value in details_in_words(obj.details)
        ]
        if url := _page_of(obj):
            lines.append(format_html('<a href="{}">{}</a>', url, _("Open it as it is now")))
        if not lines:
            return "–"
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((x,) for x in lines))
        )

    # ---- To take along ------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("audit.csv", view, name=self.url_name("export")), *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The entries of the list as it is filtered, as CSV; that is on record, too."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).queryset[:EXPORTED_AT_MOST]
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{self.url('changelist')}?e=1")
        rows = [_cells(entry) for entry in found.iterator()]
        where = {name: request.GET.getlist(name) for name in request.GET}
        note(Event.EXPORTED, request=request, what="audit", rows=len(rows), where=where)
        headings = [*COLUMNS]
        name = _("audit-log")
        return HttpResponse(
            csv_files.write(headings, rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
        )


def _cells(entry: AuditEntry) -> list[str]:
    values = {name: getattr(entry, name) for name in COLUMNS}
    values["at"] = timezone.localtime(entry.at).isoformat()
    values["details"] = json.dumps(entry.details, ensure_ascii=False, sort_keys=True)
    return ["" if value is None else str(value) for value in values.values()]


def _page_of(entry: AuditEntry) -> str:
    """The form of what an entry is about, which asks for its own permissions; empty without one."""
    name = entry.about_kind.replace(".", "_")
    try:
        return reverse(f"admin:{name}_change", args=[entry.about_key]) if entry.about_key else ""
    except NoReverseMatch:
        return ""
