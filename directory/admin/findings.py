"""Findings in the back office: a page with all of them, and beside the fields of each object."""

import re
from copy import copy
from dataclasses import replace

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.redirects import redirect_back
from directory.models import FindingAcceptance
from directory.upkeep import checks

PAGE_SIZE = 100
FINGERPRINT = re.compile("[0-9a-f]{64}")


class FindingsMixin:
    """Shows what was found about an object above its fields, and beside each that it is about."""

    class Media:
        css = {"all": ["directory/upkeep.css"]}

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "findings"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not obj.pk:
            return fieldsets
        self._look_up(obj)
        shown = [(None, {"fields": ["findings"], "classes": ["findings-panel"]})]
        return [*(shown if obj.found else []), *fieldsets]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or not obj.pk:
            return form
        self._look_up(obj)
        for finding in obj.found:
            if finding.is_open and finding.field in form.base_fields and finding.is_about(obj):
                # A copy: fields that a form declares are the same for everybody.
                field = copy(form.base_fields[finding.field])
                field.help_text = format_html(
                    '{} <span class="finding-beside"><strong>{}:</strong> {}</span>',
                    field.help_text,
                    finding.level.label,
                    finding.message,
                )
                form.base_fields[finding.field] = field
        return form

    def _look_up(self, obj):
        if not hasattr(obj, "found"):
            obj.found = checks.for_object(obj)

    @admin.display(description=gettext_lazy("findings"))
    def findings(self, obj):
        return render_to_string("admin/directory/_findings.html", {"findings": obj.found})


class AcceptanceForm(forms.ModelForm):
    class Meta:
        model = FindingAcceptance
        fields = ["reason"]

    def clean_reason(self):
        return self.cleaned_data["reason"].strip()


@admin.register(FindingAcceptance)
class FindingsAdmin(admin.ModelAdmin):
    """The page of findings, in the place of a list of what was accepted."""

    class Media:
        css = {"all": ["directory/upkeep.css"]}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def may_accept(self, request):
        return request.user.has_perm("directory.add_findingacceptance")

    def may_reopen(self, request):
        return request.user.has_perm("directory.delete_findingacceptance")

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("check/", view(self.check_view), name="directory_finding_check"),
            path("accept/", view(self.accept_view), name="directory_finding_accept"),
            path("reopen/", view(self.reopen_view), name="directory_finding_reopen"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request)

    def check_view(self, request):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        checks.look()
        self.message_user(request, _("The data have been checked."), messages.SUCCESS)
        return redirect_back(request, self._address())

    @transaction.atomic
    def accept_view(self, request):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.may_accept(request):
            raise PermissionDenied
        finding = self._finding(request)
        if finding is None or not finding.is_open:
            self.message_user(
                request,
                _("It has changed meanwhile, or somebody else accepted it. Look again."),
                messages.WARNING,
            )
            return redirect_back(request, self._address())
        form = AcceptanceForm(
            request.POST,
            instance=FindingAcceptance(
                fingerprint=finding.fingerprint,
                code=finding.code,
                subject=finding.subject.name[:300],
                accepted_by=request.user,
            ),
        )
        if not form.is_valid():
            return self._page(request, form, finding)
        form.save()
        self.log_addition(request, form.instance, [{"added": {}}])
        self.message_user(
            request, _("Accepted. It stays so until what was judged changes."), messages.SUCCESS
        )
        return redirect_back(request, self._address())

    @transaction.atomic
    def reopen_view(self, request):
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
        return redirect_back(request, self._address())

    def _page(self, request, form=None, refused=None):
        """The findings, the refused one with its form; in the form, `reason` is what was typed."""
        look = checks.current_look()
        found = look.findings
        level = request.GET.get("level", "")
        if level not in list(checks.Level):
            level = ""
        state = "accepted" if request.GET.get("state") == "accepted" else "open"
        shown = [
            each
            for each in found
            if each.is_open == (state == "open") and level in ("", each.level)
        ]
        if refused:
            # In front of all others, wherever its page was.
            others = [each for each in shown if each.fingerprint != refused.fingerprint]
            shown = [replace(refused, acceptance=None), *others]
        counts = checks.count_by_level(found)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Findings"),
            "opts": self.opts,
            "media": self.media,
            "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
            "levels": [(each, counts[each]) for each in checks.Level],
            "open_count": sum(counts.values()),
            "accepted_count": sum(not each.is_open for each in found),
            "checked_at": look.at,
            "level": level,
            "state": state,
            "may_accept": self.may_accept(request),
            "may_reopen": self.may_reopen(request),
            "refused": refused,
            "form": form or AcceptanceForm(),
        }
        status = 422 if refused else 200
        return TemplateResponse(request, "admin/directory/findings.html", context, status=status)

    def _finding(self, request):
        fingerprint = request.POST.get("fingerprint", "")
        found = checks.findings(fresh=True)
        return next((each for each in found if each.fingerprint == fingerprint), None)

    def _address(self):
        return reverse("admin:directory_findingacceptance_changelist")
