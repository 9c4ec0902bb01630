"""What customers report of contacts, in the back office: a list, and a word that closes them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from directory.admin.bulk.tools import Tools, ToolsMixin
from directory.admin.histories import HistoriesMixin
from directory.admin.read_only import ReadOnlyMixin
from directory.admin.requests import redirect_back, staff
from directory.admin.row_keys import PossibleKeysMixin, may_be_key
from directory.admin.where_used import change_link
from directory.answers import instants
from directory.contacts.text import tidy, visible
from directory.models import ContactReport
from directory.models.address_fields import TidyFormField
from directory.models.recording import log
from directory.upkeep import reports

SHOWN_AT_MOST = 20
# As many as can be closed at once: an address has room for their keys.
CLOSED_AT_ONCE = 200
WORD: Any = ContactReport._meta.get_field("closing_word")


def close_url(keys: list[int]) -> str:
    """The page that asks for the word with which reports are closed."""
    return f"{reverse('admin:directory_contactreport_close')}?ids={','.join(map(str, keys))}"


class ClosingForm(forms.Form):
    """The word with which reports are closed."""

    closing_word = TidyFormField(
        tidy=lambda text: visible(tidy(text)).strip(),
        label=capfirst(WORD.verbose_name),
        help_text=WORD.help_text,
        max_length=WORD.max_length,
        widget=AdminTextInputWidget(attrs={"autofocus": True}),
        error_messages={"required": gettext_lazy("Say in a word what was done.")},
    )


class StateFilter(admin.SimpleListFilter):
    """Whether somebody has closed them."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("open", pgettext_lazy("report", "open")),
            ("closed", pgettext_lazy("report", "closed")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        match self.value():
            case "open":
                return queryset.open()
            case "closed":
                return queryset.closed()
        return queryset


@admin.action(description=gettext_lazy("Close the selected reports"))
def close_selected(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[ContactReport]
) -> HttpResponse | None:
    """Leads to the page that asks for the word."""
    open_ones: Any = queryset
    keys = list(open_ones.open().order_by("pk").values_list("pk", flat=True)[:CLOSED_AT_ONCE])
    if not keys:
        messages.info(request, _("Those are closed already."))
        return None
    return HttpResponseRedirect(close_url(keys))


@admin.register(ContactReport)
class ContactReportAdmin(ReadOnlyMixin, ToolsMixin, HistoriesMixin, PossibleKeysMixin):
    """Reports of customers: read, and closed with a word. Nobody changes what they say."""

    search_order = 65
    also_called = gettext_lazy("complaints of customers, nobody answers, does not work, feedback")
    list_display = ["made", "subject", "what_happened", "words", "service", "state"]
    list_display_links = ["made", "subject"]
    list_filter = [StateFilter, "problem"]
    linked_by = ["contact_point__id__exact"]
    list_select_related = ["service", "closed_by"]
    search_fields = [
        "subject__folded",
        "text__folded",
        "email",
        "service__name__folded",
        "contact_point__code",
    ]
    search_help_text = gettext_lazy("Number or address, words, service, e-mail address")
    actions = [close_selected]
    # The keys stand in the address of the page that asks for the word.
    most_selected = CLOSED_AT_ONCE
    fields = [
        "made",
        "subject",
        "of_contact_point",
        "of_service",
        "what_happened",
        "text",
        "email",
        "state",
    ]
    readonly_fields = ["made", "of_contact_point", "of_service", "what_happened", "state"]

    # ---- Who may what -----------------------------------------------------------------------

    def has_close_permission(self, request: HttpRequest) -> bool:
        """Whether the user may close reports."""
        return request.user.has_perm("directory.change_contactreport")

    # ---- What is shown ----------------------------------------------------------------------

    @admin.display(description=gettext_lazy("received"), ordering="made_at")
    def made(self, obj: ContactReport) -> str:
        """When it came."""
        return formats.date_format(timezone.localtime(obj.made_at), "SHORT_DATETIME_FORMAT")

    @admin.display(description=gettext_lazy("what happened"), ordering="problem")
    def what_happened(self, obj: ContactReport) -> str:
        """Which of the problems."""
        return str(capfirst(obj.get_problem_display()))

    @admin.display(description=gettext_lazy("in the customer's words"))
    def words(self, obj: ContactReport) -> str:
        """The beginning of what the customer wrote."""
        return Truncator(obj.text).chars(80)

    @admin.display(description=gettext_lazy("state"), ordering="closed_at")
    def state(self, obj: ContactReport) -> str:
        """Open, or who closed it when and with which word."""
        if obj.closed_at is None:
            return str(capfirst(pgettext("report", "open")))
        return _("Closed by %(name)s, %(at)s: %(word)s") % {
            "name": obj.closed_by,
            "at": formats.date_format(timezone.localtime(obj.closed_at), "SHORT_DATETIME_FORMAT"),
            "word": obj.closing_word,
        }

    @admin.display(description=gettext_lazy("contact point"))
    def of_contact_point(self, obj: ContactReport) -> str:
        """The contact point as it is now, with a link."""
        return change_link(obj.contact_point) if obj.contact_point else _("deleted meanwhile")

    @admin.display(description=gettext_lazy("service"))
    def of_service(self, obj: ContactReport) -> str:
        """The service whose page it came from, with a link."""
        return change_link(obj.service)

    # ---- Closing ----------------------------------------------------------------------------

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        return actions if self.has_close_permission(request) else {}

    def object_tools(self, request: HttpRequest, obj: Any) -> Tools:
        tools = super().object_tools(request, obj)
        if obj.closed_at is None and self.has_close_permission(request):
            tools.append((close_url([obj.pk]), _("Close with a word")))
        return tools

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        close = path("close/", view(self.close_view), name=self.url_name("close"))
        return [close, *super().get_urls()]

    @transaction.atomic
    def close_view(self, request: HttpRequest) -> HttpResponse:
        """The open reports of `ids`, and the word that closes them on POST."""
        if not self.has_close_permission(request):
            raise PermissionDenied
        keys = [each for each in request.GET.get("ids", "").split(",") if may_be_key(each)]
        chosen = ContactReport.objects.filter(pk__in=keys[:CLOSED_AT_ONCE])
        form = ClosingForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._close(request, chosen, form.cleaned_data["closing_word"])
            return redirect_back(request, self.url("changelist"))
        shown = list(chosen.open().select_related("service")[: SHOWN_AT_MOST + 1])
        if not shown:
            messages.info(request, _("Those are closed already."))
            return HttpResponseRedirect(self.url("changelist"))
        context = self.page_context(
            request,
            _("Close reports of customers"),
            form=form,
            shown=shown[:SHOWN_AT_MOST],
            count=chosen.open().count(),
            address=request.get_full_path(),
        )
        status = 422 if form.errors else 200
        template = "admin/directory/contactreport/close.html"
        return TemplateResponse(request, template, context, status=status)

    def _close(self, request: HttpRequest, chosen: QuerySet[ContactReport], word: str) -> None:
        still_open: Any = chosen
        rows = list(still_open.open())
        closed = reports.close(chosen, staff(request), word, instants.now())
        log(staff(request), rows, CHANGE, _("Closed: %(word)s") % {"word": word})
        if closed:
            text = ngettext("%(count)d report closed.", "%(count)d reports closed.", closed)
            self.message_user(request, text % {"count": closed}, messages.SUCCESS)
        else:
            self.message_user(request, _("Those are closed already."), messages.INFO)


class ReportsMixin(admin.ModelAdmin):
    """For contact points: shows the open reports of customers above the form."""

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if change and obj and request.user.has_perm("directory.view_contactreport"):
            rows = list(obj.reports.open().select_related("service")[: CLOSED_AT_ONCE + 1])
            if rows:
                may_close = request.user.has_perm("directory.change_contactreport")
                context["reports"] = rows[:SHOWN_AT_MOST]
                context["more_reports"] = _more_url(obj) if len(rows) > SHOWN_AT_MOST else ""
                keys = [row.pk for row in rows[:CLOSED_AT_ONCE]]
                context["close_reports"] = close_url(keys) if may_close else ""
        return super().render_change_form(request, context, add, change, form_url, obj)


def _more_url(obj: Any) -> str:
    query = urlencode({"state": "open", "contact_point__id__exact": obj.pk})
    return f"{reverse('admin:directory_contactreport_changelist')}?{query}"
