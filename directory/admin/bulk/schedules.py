"""What many schedules do on public holidays: one form, its effect in words, one publication."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.admin.bulk.tools import ToolsMixin
from directory.admin.publication import PublishingAdmin
from directory.admin.requests import staff
from directory.admin.row_keys import may_be_key
from directory.admin.undo_links import act
from directory.editions import dry_run
from directory.editions.publish import publish
from directory.hours.holidays import place_in_words, subdivisions
from directory.models import Revision, Schedule, Service
from directory.models.recording import log
from directory.models.services import ServiceQuerySet
from directory.upkeep.holiday_rules import HolidayRule, RuleChange, apply

AT_ONCE = 100
AS_IT_IS = gettext_lazy("As it is in each")


class HolidayRuleForm(forms.Form):
    """What these schedules are to do on public holidays, and on those of which place."""

    holidays = forms.ChoiceField(
        label=gettext_lazy("On public holidays"),
        choices=[("", AS_IT_IS), *Schedule.Holidays.choices],
        required=False,
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Holidays of"),
        required=False,
        help_text=gettext_lazy(
            "The regions of your country, and of those that the chosen schedules name. Another "
            "country is typed in the form of a schedule."
        ),
    )

    def __init__(self, *args: Any, schedules: Iterable[Schedule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = settings.ORGANIZATION.country
        countries = dict.fromkeys([own, *sorted(each.country for each in schedules)])
        places: Any = self.fields["place"]
        places.choices = [("", AS_IT_IS), *map(_places_of, countries)]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not (self.errors or cleaned.get("holidays") or cleaned.get("place")):
            raise ValidationError(_("Choose what is to change."), code="nothing_chosen")
        return cleaned

    @property
    def rule(self) -> HolidayRule:
        """What was chosen."""
        country, _hyphen, subdivision = self.cleaned_data["place"].partition("-")
        return HolidayRule(
            holidays=self.cleaned_data["holidays"] or None,
            place=(country, subdivision) if country else None,
        )


class HolidayRuleMixin(ToolsMixin, PublishingAdmin):
    """Adds the action of the list, and its page."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.holidays_view)
        return [path("holidays/", view, name=self.url_name("holidays")), *super().get_urls()]

    @admin.action(
        permissions=["bulk"], description=gettext_lazy("Change what happens on public holidays…")
    )
    def change_holidays(
        self, request: HttpRequest, queryset: QuerySet[Schedule]
    ) -> HttpResponse | None:
        """Go to the page of the change."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
        if len(keys) > AT_ONCE:
            message = _("Select at most %d to change at once.") % AT_ONCE
            self.message_user(request, message, messages.ERROR)
            return None
        return HttpResponseRedirect(f"{self.url('holidays')}?ids={','.join(map(str, keys))}")

    def holidays_view(self, request: HttpRequest) -> HttpResponse:
        """Change the schedules `ids`: a form, a preview, and on confirming the change."""
        if not self.has_bulk_permission(request):
            raise PermissionDenied
        keys = [key for key in request.GET.get("ids", "").split(",") if may_be_key(key)]
        schedules = list(self.get_queryset(request).filter(pk__in=keys[:AT_ONCE]))
        if not schedules:
            self.message_user(request, _("Select schedules first."), messages.WARNING)
            return HttpResponseRedirect(self.url("changelist"))
        data = request.POST if request.method == "POST" else None
        form = HolidayRuleForm(data, schedules=schedules)
        if data is not None and "_edit" not in data and form.is_valid():
            try:
                if "_confirm" in data:
                    return self._changed(request, schedules, form)
                return self._preview(request, schedules, form)
            except ValidationError as error:
                form.add_error("holidays", error)
        context = self.page_context(
            request, _("What happens on public holidays"), schedules=schedules, form=form
        )
        context["media"] += form.media
        return TemplateResponse(request, "admin/bulk/holidays.html", context)

    def _changed(
        self, request: HttpRequest, schedules: list[Schedule], form: HolidayRuleForm
    ) -> HttpResponse:
        """Change and publish if the outcome is what was shown; else show it again."""
        user = staff(request)
        with act(request, Revision.Action.CHANGED):
            done = apply(form.rule, schedules)
            as_shown = request.POST.get("seen") == _fingerprint(done)
            if as_shown:
                for change in done:
                    log(user, [change.schedule], CHANGE, str(change))
                editions = publish(_services(done), by=user)
            else:
                transaction.set_rollback(True)
        if not as_shown:
            warning = _("Something changed meanwhile. This is what happens now.")
            self.message_user(request, warning, messages.WARNING)
            return self._preview(request, schedules, form)
        message = ngettext("%d schedule is changed.", "%d schedules are changed.", len(done)) % len(
            done
        )
        self.message_user(request, message, messages.SUCCESS)
        self.report_published(request, editions)
        return HttpResponseRedirect(self.url("changelist"))

    def _preview(
        self, request: HttpRequest, schedules: list[Schedule], form: HolidayRuleForm
    ) -> HttpResponse:
        with dry_run.undone():
            done = apply(form.rule, schedules)
            effect = dry_run.page_changes(_services(done))
        context = self.page_context(
            request,
            _("What happens on public holidays"),
            done=done,
            always_open=[each for each in schedules if each.always_open],
            unchanged=sum(not each.always_open for each in schedules) - len(done),
            effect=effect,
            seen=_fingerprint(done),
            typed=[(name, request.POST.get(name, "")) for name in ("holidays", "place")],
        )
        return TemplateResponse(request, "admin/bulk/holidays_preview.html", context)


def _places_of(country: str) -> tuple[str, list[tuple[str, str]]]:
    """A country with its subdivisions, as a group of choices."""
    whole = (country, _("Only those of the whole country (%s)") % country)
    parts = [(f"{country}-{code}", place_in_words(country, code)) for code in subdivisions(country)]
    return country, [whole, *parts]


def _services(done: list[RuleChange]) -> ServiceQuerySet:
    return Service.objects.showing_schedules(
        Schedule.objects.filter(pk__in=[change.schedule.pk for change in done])
    )


def _fingerprint(done: list[RuleChange]) -> str:
    """A digest of what happens: another one than was shown, if the rows changed meanwhile."""
    seen = [(change.schedule.pk, change.sentences) for change in done]
    return hashlib.sha256(repr(seen).encode()).hexdigest()
