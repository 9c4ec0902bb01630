"""Editions in the back office: to read, and to withdraw."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from directory.admin.read_only import ReadOnlyMixin
from directory.admin.requests import staff
from directory.admin.restoring import RestoreMixin
from directory.contacts.text import tidy
from directory.editions import history
from directory.editions.withdraw import PERMISSION, refuse_what_must_stay, withdraw
from directory.models import Edition
from directory.models.address_fields import TidyFormField


class ReasonForm(forms.Form):
    """Why editions are withdrawn."""

    reason = TidyFormField(
        tidy=tidy,
        label=_("Reason"),
        max_length=Edition._meta.get_field("withdrawn_reason").max_length,
        help_text=Edition._meta.get_field("withdrawn_reason").help_text,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )


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
class EditionAdmin(ReadOnlyMixin, RestoreMixin):
    """To read: editions are made by publishing and never change, except to be withdrawn. What one
    said can be put back into the rows, as a new one."""

    # Every one of them has the words of its service.
    search_order = None
    also_called = _("versions, publications, history, what was published")
    list_display = ["service", "number", "published_at", "published_by", "withdrawn_at", "digest"]
    list_display_links = ["service", "number"]
    list_filter = [WithdrawnFilter]
    list_select_related = ["service", "published_by"]
    search_fields = ["service__name__folded", "digest"]
    search_help_text = _("Service or digest")
    date_hierarchy = "published_at"
    ordering = ["-published_at", "-pk"]
    actions = ["withdraw_selected"]
    fieldsets = [
        (
            None,
            {"fields": ["service", "number", "published_at", "publisher", "what_changed"]},
        ),
        (_("Withdrawal"), {"fields": ["withdrawn_at", "withdrawer", "withdrawn_reason"]}),
        (
            _("Evidence"),
            {"fields": ["digest", "document_digest", "document"], "classes": ["collapse"]},
        ),
    ]
    readonly_fields = ["what_changed", "publisher", "withdrawer"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("search_text")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        shown: list[Any] = list(super().get_list_display(request))
        if self.may_restore(request):
            # Before the digest, which is longer than the page is wide.
            shown.insert(shown.index("withdrawn_at"), "restore_link")
        return shown

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Whether the user may withdraw editions."""
        return request.user.has_perm(PERMISSION)

    def view_on_site(self, obj: Edition) -> str | None:
        """Its page, if its service is public."""
        return obj.get_absolute_url() if obj.service.is_published else None

    # Django would link people to forms that not everybody may open.

    @admin.display(description=_("published by"))
    def publisher(self, obj: Edition) -> str:
        """Who published it; a dash for a command."""
        return str(obj.published_by or "–")

    @admin.display(description=_("withdrawn by"))
    def withdrawer(self, obj: Edition) -> str:
        """Who withdrew it."""
        return str(obj.withdrawn_by or "–")

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
                count = withdraw(queryset, staff(request), form.cleaned_data["reason"])
                text = ngettext("%d edition was withdrawn.", "%d editions were withdrawn.", count)
                self.message_user(request, text % count, messages.SUCCESS)
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
