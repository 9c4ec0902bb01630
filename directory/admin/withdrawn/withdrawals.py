"""Pages that show withdrawn things again, or erase them: editions, and entries of histories."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin import confirming
from directory.admin.pages import PagesMixin
from directory.admin.requests import staff
from directory.admin.row_keys import may_be_key
from directory.contacts.text import tidy
from directory.editions.withdrawals import erase
from directory.editions.withdrawals.withdraw import PERMISSION, READ_PERMISSION
from directory.models import Edition
from directory.models.address_fields import TidyFormField
from directory.models.second_person import Mailboxes, known_mailboxes

# As many at once: an address has room for their keys.
AT_ONCE = 200


class ReasonForm(forms.Form):
    """Why editions are withdrawn, or shown again."""

    reason = TidyFormField(
        tidy=tidy,
        label=gettext_lazy("Reason"),
        max_length=Edition._meta.get_field("withdrawn_reason").max_length,
        help_text=Edition._meta.get_field("withdrawn_reason").help_text,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )


class WithdrawnMixin(PagesMixin):
    """Adds the pages on which what was withdrawn is shown again or erased, for one or for many."""

    # The keys stand in the address of the page.
    most_selected = AT_ONCE

    def withdrawn(self, request: HttpRequest) -> QuerySet:
        """The rows that are withdrawn and not erased."""
        raise NotImplementedError

    def show_again(self, request: HttpRequest, rows: QuerySet, reason: str) -> str:
        """Show these rows again; returns what is told then."""
        raise NotImplementedError

    def erase(self, request: HttpRequest, rows: QuerySet) -> str:
        """Erase these rows; returns what is told then."""
        raise NotImplementedError

    def obstacles(
        self, row: Any, person: User, at: datetime, known: Mailboxes
    ) -> list[ValidationError]:
        """Why somebody may not erase a row."""
        raise NotImplementedError

    def involved(self, row: Any) -> list[Any]:
        """Who wrote and who withdrew a row."""
        raise NotImplementedError

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Whether the user may withdraw, and take a withdrawal back."""
        return request.user.has_perm(PERMISSION)

    def has_erase_permission(self, request: HttpRequest) -> bool:
        """Whether the user may erase what somebody else withdrew."""
        return request.user.has_perm(erase.PERMISSION)

    def has_read_withdrawn_permission(self, request: HttpRequest) -> bool:
        """Whether the user may read what was withdrawn."""
        return request.user.has_perm(READ_PERMISSION)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("show-again/", view(self.show_again_view), name=self.url_name("show_again")),
            path("erase/", view(self.erase_view), name=self.url_name("erase")),
            *super().get_urls(),
        ]

    def act_url(self, act: str, rows: Iterable[Model]) -> str:
        """The page of an act, `show_again` or `erase`, on these rows."""
        keys = ",".join(str(row.pk) for row in rows)
        return f"{self.url(act)}?ids={keys}"

    @admin.action(
        description=gettext_lazy("Show the selected again, which are withdrawn"),
        permissions=["withdraw"],
    )
    def show_again_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """Leads to the page that asks why."""
        return HttpResponseRedirect(self.act_url("show_again", queryset[:AT_ONCE]))

    @admin.action(
        description=gettext_lazy("Erase the selected for ever, which are withdrawn"),
        permissions=["erase"],
    )
    def erase_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """Leads to the page that tells whether they may be erased."""
        return HttpResponseRedirect(self.act_url("erase", queryset[:AT_ONCE]))

    def show_again_view(self, request: HttpRequest) -> HttpResponse:
        """The rows of `ids`, and the reason with which they are shown again on POST."""
        if not self.has_withdraw_permission(request):
            raise PermissionDenied
        rows = self._chosen(request)
        if not rows:
            return self._nothing_chosen(request)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                told = self.show_again(request, rows, form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                self.message_user(request, told, messages.SUCCESS)
                return HttpResponseRedirect(self.url("changelist"))
        context = self.page_context(
            request,
            _("Show again what was withdrawn"),
            rows=rows,
            form=form,
            address=request.get_full_path(),
        )
        template = "admin/directory/withdrawn/show_again.html"
        return TemplateResponse(request, template, context, status=422 if form.errors else 200)

    def erase_view(self, request: HttpRequest) -> HttpResponse:
        """The rows of `ids`, what keeps the user from erasing them and who else could; on POST they
        are erased."""
        if not self.has_erase_permission(request):
            raise PermissionDenied
        rows = self._chosen(request)
        if not rows:
            return self._nothing_chosen(request)
        at, person, people = timezone.now(), staff(request), erase.people_who_erase()
        known = known_mailboxes(
            [person, *people, *(each for row in rows for each in self.involved(row))]
        )
        errors = [error for row in rows for error in self.obstacles(row, person, at, known)]
        if request.method == "POST" and not errors:
            if (page := confirming.ask(request)) is not None:
                return page
            try:
                told = self.erase(request, rows)
            except ValidationError as error:
                errors = error.error_list
            else:
                self.message_user(request, told, messages.SUCCESS)
                return HttpResponseRedirect(self.url("changelist"))
        context = self.page_context(
            request,
            _("Erase for ever what was withdrawn"),
            rows=rows,
            problems=list(dict.fromkeys(each for error in errors for each in error.messages)),
            others=[
                each for each in people if each != person and self._could_later(rows, each, known)
            ],
            role=erase.PERMISSION,
            address=request.get_full_path(),
        )
        template = "admin/directory/withdrawn/erase.html"
        status = 409 if errors and request.method == "POST" else 200
        return TemplateResponse(request, template, context, status=status)

    def _could_later(self, rows: QuerySet, person: User, known: Mailboxes) -> bool:
        """Whether somebody may erase all of it, once the time has come."""
        later = max(erase.may_be_erased_from(self.withdrawn_at(row)) for row in rows)
        return not any(self.obstacles(row, person, later, known) for row in rows)

    def withdrawn_at(self, row: Any) -> datetime:
        """When a row was withdrawn."""
        at: datetime = row.withdrawn_at
        return at

    def _chosen(self, request: HttpRequest) -> QuerySet:
        keys = [each for each in request.GET.get("ids", "").split(",") if may_be_key(each)]
        return self.withdrawn(request).filter(pk__in=keys[:AT_ONCE])

    def _nothing_chosen(self, request: HttpRequest) -> HttpResponse:
        message = _("None of those is withdrawn, or they are erased already.")
        self.message_user(request, message, messages.WARNING)
        return HttpResponseRedirect(self.url("changelist"))
