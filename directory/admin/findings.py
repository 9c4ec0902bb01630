"""Findings in the back office: a page with all of them, and beside the fields of each object."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.pages import PagesMixin
from directory.admin.read_only import ReadOnlyMixin
from directory.admin.requests import redirect_back, staff
from directory.contacts.text import tidy
from directory.models import Finding, FindingAcceptance
from directory.models.findings import ROW, FindingQuerySet, Severity
from directory.upkeep.checks import reports, runs

PAGE_SIZE = 100
# Errors and warnings together, in addresses.
SERIOUS = "serious"
FINGERPRINT = re.compile("[0-9a-f]{64}")
ONLY_CHANGES = gettext_lazy(
    "What was changed here has been checked. The directory is too large to check all of it while "
    "you wait: “manage.py check_directory” does that."
)


class FindingsMixin(admin.ModelAdmin):
    """Shows the findings about a row above its fields, and beside the field that each is about."""

    class Media:
        css = {"all": ["directory/upkeep.css"]}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        if change and obj is not None:
            runs.catch_up()
            context["findings"] = with_acceptances(readable(request).about(obj))
            _show_beside_fields(context["findings"], context["adminform"].form, obj)
            _focus_row(request.GET.get(ROW, ""), context["inline_admin_formsets"])
        return super().render_change_form(request, context, add, change, form_url, obj)


def readable(request: HttpRequest) -> FindingQuerySet:
    """The findings that the user may read: what customers report, as the reports themselves."""
    found = Finding.objects.all()
    may_read = request.user.has_perm("directory.view_contactreport")
    return found if may_read else found.exclude(code=reports.CODE)


def with_acceptances(findings: Iterable[Finding]) -> list[tuple[Finding, FindingAcceptance | None]]:
    """Each finding with its acceptance, None for an open one. Two queries."""
    findings = list(findings)
    accepted = FindingAcceptance.objects.select_related("accepted_by").filter(
        fingerprint__in=[finding.fingerprint for finding in findings]
    )
    by_fingerprint = {each.fingerprint: each for each in accepted}
    return [(finding, by_fingerprint.get(finding.fingerprint)) for finding in findings]


def _show_beside_fields(
    findings: list[tuple[Finding, FindingAcceptance | None]], form: forms.ModelForm, obj: Model
) -> None:
    for finding, acceptance in findings:
        if acceptance is None and finding.field in form.fields and finding.is_about(obj):
            field = form[finding.field]
            field.help_text = format_html(
                '{} <span class="finding-beside"><strong>{}:</strong> {}</span>',
                field.help_text,
                finding.get_severity_display(),
                finding.message,
            )


def _focus_row(path: str, inlines: Iterable[Any]) -> None:
    """Have the field of a row focused: “spans.12.valid_until”."""
    prefix, _dot, rest = path.partition(".")
    key, _dot, name = rest.partition(".")
    for inline in inlines:
        for form in inline.formset.forms if inline.formset.prefix == prefix else ():
            if str(form.instance.pk) == key and name in form.fields:
                form.fields[name].widget.attrs["autofocus"] = True


class AcceptanceForm(forms.ModelForm):
    """Why a finding is all right."""

    class Meta:
        model = FindingAcceptance
        fields = ["reason"]

    def clean_reason(self) -> str:
        reason = tidy(self.cleaned_data["reason"])
        if not reason:
            raise ValidationError(self.fields["reason"].error_messages["required"], "required")
        return reason


@admin.register(FindingAcceptance)
class FindingsAdmin(ReadOnlyMixin, PagesMixin):
    """The page of findings, instead of a list of acceptances."""

    also_called = gettext_lazy("errors, warnings, what is wrong, checks, to do")

    class Media:
        css = {"all": ["directory/upkeep.css"]}

    def may_accept(self, request: HttpRequest) -> bool:
        """Whether the user may accept a finding."""
        return request.user.has_perm("directory.add_findingacceptance")

    def may_reopen(self, request: HttpRequest) -> bool:
        """Whether the user may open an accepted finding again."""
        return request.user.has_perm("directory.delete_findingacceptance")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("check/", view(self.check_view), name="directory_finding_check"),
            path("accept/", view(self.accept_view), name="directory_finding_accept"),
            path("reopen/", view(self.reopen_view), name="directory_finding_reopen"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request)

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """Checks a small directory whole; of any other, what was changed since the last time."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        if runs.is_small():
            runs.run_checks()
            self.message_user(request, _("The data have been checked."), messages.SUCCESS)
        else:
            runs.catch_up()
            self.message_user(request, ONLY_CHANGES, messages.WARNING)
        return redirect_back(request, self.url("changelist"))

    @transaction.atomic
    def accept_view(self, request: HttpRequest) -> HttpResponse:
        """Accepts a finding, with a reason."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.may_accept(request):
            raise PermissionDenied
        finding = self._finding(request)
        if finding is None:
            self.message_user(
                request,
                _("It has changed meanwhile, or somebody else accepted it. Look again."),
                messages.WARNING,
            )
            return redirect_back(request, self.url("changelist"))
        form = AcceptanceForm(
            request.POST,
            instance=FindingAcceptance(
                fingerprint=finding.fingerprint,
                code=finding.code,
                subject=finding.subject[:300],
                accepted_by=staff(request),
            ),
        )
        if not form.is_valid():
            return self._page(request, form, finding)
        form.save()
        self.log_addition(request, form.instance, [{"added": {}}])
        self.message_user(
            request, _("Accepted. It stays so until what was judged changes."), messages.SUCCESS
        )
        return redirect_back(request, self.url("changelist"))

    @transaction.atomic
    def reopen_view(self, request: HttpRequest) -> HttpResponse:
        """Opens an accepted finding again."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.may_reopen(request):
            raise PermissionDenied
        fingerprint = request.POST.get("fingerprint", "")
        known = FINGERPRINT.fullmatch(fingerprint)
        accepted = FindingAcceptance.objects.filter(fingerprint=fingerprint) if known else None
        if accepted:
            self.log_deletions(request, accepted)
            accepted.delete()
            self.message_user(request, _("The finding is open again."), messages.SUCCESS)
        return redirect_back(request, self.url("changelist"))

    def _page(
        self,
        request: HttpRequest,
        form: AcceptanceForm | None = None,
        refused: Finding | None = None,
    ) -> HttpResponse:
        """The findings, the refused one with its form; in the form, `reason` is what was typed."""
        run = runs.catch_up()
        severity = Severity.from_word(request.GET.get("level", ""))
        is_serious = request.GET.get("level") == SERIOUS
        state = "accepted" if request.GET.get("state") == "accepted" else "open"
        found = readable(request)
        shown = found.accepted() if state == "accepted" else found.open()
        if severity:
            shown = shown.filter(severity=severity)
        elif is_serious:
            shown = shown.filter(severity__lt=Severity.INFO)
        if refused:
            # Above all others, wherever its page was.
            shown = shown.exclude(pk=refused.pk)
        counts = found.counts()
        page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
        context = self.page_context(
            request,
            _("Findings"),
            # The page is the list itself: its breadcrumb names no other one.
            opts=None,
            page=page,
            findings=[
                *([(refused, None)] if refused else []),
                *with_acceptances(page.object_list),
            ],
            levels=[(each.word, each.label, counts[each]) for each in Severity],
            open_count=sum(counts[each] for each in Severity),
            accepted_count=counts[None],
            run=run,
            is_small=runs.is_small(),
            level=severity.word if severity else SERIOUS if is_serious else "",
            serious_count=counts[Severity.ERROR] + counts[Severity.WARNING],
            state=state,
            may_accept=self.may_accept(request),
            may_reopen=self.may_reopen(request),
            refused=refused,
            form=form or AcceptanceForm(),
        )
        status = 422 if refused else 200
        return TemplateResponse(request, "admin/directory/findings.html", context, status=status)

    def _finding(self, request: HttpRequest) -> Finding | None:
        """The open finding that was chosen, unless it is no longer true."""
        runs.catch_up()
        fingerprint = request.POST.get("fingerprint", "")
        if not FINGERPRINT.fullmatch(fingerprint):
            return None
        return readable(request).open().filter(fingerprint=fingerprint).first()
