"""Editions in the back office: to read, to withdraw, to show again and to erase."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from directory.admin.pages import without_fields
from directory.admin.read_only import ReadOnlyMixin
from directory.admin.requests import staff
from directory.admin.restoring import RestoreMixin
from directory.admin.withdrawn.withdrawals import AT_ONCE, ReasonForm, WithdrawnMixin
from directory.editions import history
from directory.editions.diff.documents import changes
from directory.editions.document import ServiceDocument, decode, public_texts
from directory.editions.withdrawals import erase
from directory.editions.withdrawals.redaction import kept_aside
from directory.editions.withdrawals.withdraw import (
    READ_PERMISSION,
    contents,
    refuse_what_must_stay,
    show_again,
    withdraw,
)
from directory.models import Edition
from directory.models.second_person import Mailboxes

# Entries of histories that are shown beside what an edition said.
KEPT_AT_MOST = 50


class WithdrawnFilter(admin.SimpleListFilter):
    """Editions that were withdrawn, or were not."""

    title = _("withdrawn")
    parameter_name = "withdrawn"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", gettext("Yes")), ("no", gettext("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Edition]) -> QuerySet[Edition]:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(withdrawn_at__isnull=self.value() == "no")


@admin.register(Edition)
class EditionAdmin(ReadOnlyMixin, WithdrawnMixin, RestoreMixin):
    """To read: editions are made by publishing and never change, except to be withdrawn, shown
    again or erased. What one said can be put back into the rows, as a new one."""

    # Every one of them has the words of its service.
    search_order = None
    change_list_template = "admin/bulk/change_list.html"
    also_called = _("versions, publications, history, what was published")
    list_display = ["service", "number", "published_at", "publisher", "withdrawn_at", "digest"]
    list_display_links = ["service", "number"]
    list_filter = [WithdrawnFilter, ("published_at", admin.DateFieldListFilter)]
    linked_by = ["service__id__exact"]
    list_select_related = ["service", "published_by", "proposed_by"]
    search_fields = ["service__name__folded", "digest"]
    search_help_text = _("Service or digest")
    ordering = ["-published_at", "-pk"]
    actions = ["withdraw_selected", "show_again_selected", "erase_selected"]
    fieldsets = [
        (
            None,
            {"fields": ["service", "number", "published_at", "publisher", "what_changed"]},
        ),
        (
            _("Withdrawal"),
            {"fields": ["withdrawn_at", "withdrawer", "withdrawn_reason", "erased_at", "eraser"]},
        ),
        (
            _("Evidence"),
            {"fields": ["digest", "document_digest", "document"], "classes": ["collapse"]},
        ),
    ]
    readonly_fields = ["what_changed", "publisher", "withdrawer", "eraser"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("search_text")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        shown: list[Any] = list(super().get_list_display(request))
        if self.may_restore(request):
            # Before the digest, which is longer than the page is wide.
            shown.insert(shown.index("withdrawn_at"), "restore_link")
        return shown

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return without_fields(fieldsets, ["document"]) if obj and obj.is_withdrawn else fieldsets

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.contents_view)
        return [
            path("<int:pk>/contents/", view, name=self.url_name("contents")),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        tools: list[tuple[str, str]] = []
        if self.has_withdraw_permission(request):
            tools.append((reverse("backoffice:everything"), gettext("Find everything that says…")))
        if request.user.has_perm(READ_PERMISSION):
            url = reverse("admin:directory_withheldtext_changelist")
            tools.append((url, gettext("Entries of the history that were withdrawn")))
        return super().changelist_view(request, {"list_tools": tools, **(extra_context or {})})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj and not obj.is_withdrawn and self.has_withdraw_permission(request):
            context["withdraws"] = ACTION_CHECKBOX_NAME
        if obj and obj.is_withdrawn and not obj.is_erased:
            if self.has_read_withdrawn_permission(request):
                context["contents_url"] = self.url("contents", obj.pk)
            if self.has_withdraw_permission(request):
                context["show_again_url"] = self.act_url("show_again", [obj])
            if self.has_erase_permission(request):
                context["erase_url"] = self.act_url("erase", [obj])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def view_on_site(self, obj: Edition) -> str | None:
        """Its page, if its service is public."""
        return obj.get_absolute_url() if obj.service.is_published else None

    # Django would link people to forms that not everybody may open.

    @admin.display(description=_("published by"), ordering="published_by__username")
    def publisher(self, obj: Edition) -> str:
        """Who published it, and who proposed it if anybody did; a dash for a command."""
        return obj.who or "–"

    @admin.display(description=_("withdrawn by"))
    def withdrawer(self, obj: Edition) -> str:
        """Who withdrew it."""
        return str(obj.withdrawn_by or "–")

    @admin.display(description=_("erased by"))
    def eraser(self, obj: Edition) -> str:
        """Who erased it."""
        return str(obj.erased_by or "–")

    @admin.display(description=_("what changed"))
    def what_changed(self, obj: Edition) -> str:
        """What the edition changed, a sentence each."""
        sentences = ((sentence,) for sentence in history.entry(obj).summary)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", sentences))

    @admin.action(description=_("Withdraw the selected editions"), permissions=["withdraw"])
    def withdraw_selected(
        self, request: HttpRequest, queryset: QuerySet[Edition]
    ) -> TemplateResponse | None:
        """Ask for the reason, then withdraw; nothing is withdrawn if one of them must stay."""
        queryset = queryset.select_related("service").order_by("service", "number")
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        try:
            refuse_what_must_stay(queryset)
            if form.is_valid():
                reason = form.cleaned_data["reason"]
                rows = list(queryset[:AT_ONCE])
                count = withdraw(queryset, staff(request), reason, request=request)
                text = ngettext("%d edition was withdrawn.", "%d editions were withdrawn.", count)
                url, again = self.act_url("show_again", rows), gettext("Show again…")
                told = format_html('{} <a href="{}">{}</a>', text % count, url, again)
                self.message_user(request, told, messages.SUCCESS)
                return None
        except ValidationError as error:
            for message in error.messages:
                self.message_user(request, message, messages.ERROR)
            return None
        context = self.page_context(
            request,
            gettext("Withdraw editions"),
            editions=queryset,
            form=form,
            action_checkbox_name=ACTION_CHECKBOX_NAME,
        )
        return TemplateResponse(request, "admin/directory/edition/withdraw.html", context)

    # ---- What was withdrawn ---------------------------------------------------------------------

    def withdrawn(self, request: HttpRequest) -> QuerySet[Edition]:
        rows = self.get_queryset(request).exclude(withdrawn_at=None).filter(erased_at=None)
        people = "published_by", "proposed_by", "withdrawn_by"
        return rows.select_related("service", *people).defer("document", "search_text")

    def obstacles(
        self, row: Any, person: Any, at: datetime, known: Mailboxes
    ) -> list[ValidationError]:
        return erase.obstacles(row, person, at, known)

    def involved(self, row: Any) -> list[Any]:
        return erase.involved(row)

    def show_again(self, request: HttpRequest, rows: QuerySet, reason: str) -> str:
        count = show_again(rows, staff(request), reason, request)
        text = ngettext("%d edition is shown again.", "%d editions are shown again.", count)
        return text % count

    def erase(self, request: HttpRequest, rows: QuerySet) -> str:
        count = erase.erase(rows, staff(request), request=request)
        return ngettext("%d edition was erased.", "%d editions were erased.", count) % count

    def contents_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a withdrawn edition said, for auditors; that it was read is on record."""
        if not self.has_read_withdrawn_permission(request):
            raise PermissionDenied
        edition = get_object_or_404(self.withdrawn(request), pk=pk)
        said = decode(contents(edition, staff(request), request))
        nothing = ServiceDocument(slug=said.slug, name=said.name)
        context = self.page_context(
            request,
            gettext("What a withdrawn edition said"),
            edition=edition,
            original=edition,
            sentences=[str(change) for change in changes(nothing, said)],
            texts=dict.fromkeys(text for _mark, text in public_texts(said) if text),
            kept=kept_aside([edition], KEPT_AT_MOST),
        )
        response = TemplateResponse(request, "admin/directory/withdrawn/contents.html", context)
        add_never_cache_headers(response)
        return response
