"""The calendar of planned changes, and the preview of a page as of any instant."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.admin.where_used import change_link
from directory.answers import instants
from directory.hours.upcoming import ONE_DAY, UpcomingKind
from directory.models import Edition, Schedule, Service
from directory.models.validity import validate_plausible_year
from directory.public import views
from directory.public.parameters import InstantForm
from directory.upkeep.calendar import SCHEDULES_AT_MOST, upcoming_events

KIND_NAMES = {
    UpcomingKind.NOTICE: _("Notice"),
    UpcomingKind.REPLACEMENT: _("Replacement"),
    UpcomingKind.ABSENCE: _("Absence"),
    UpcomingKind.BEGINNING: _("Validity"),
    UpcomingKind.END: _("Validity"),
    UpcomingKind.HOURS: _("Hours"),
    UpcomingKind.EXCEPTION: _("Exception"),
    UpcomingKind.HOLIDAY: _("Public holiday"),
}


AT_MOST = 200


class PeriodForm(forms.Form):
    """How far to look ahead, in days; from another day than today on, if one is given."""

    first = forms.DateField(
        required=False, widget=forms.HiddenInput, validators=[validate_plausible_year]
    )
    days = forms.TypedChoiceField(
        label=_("Look ahead"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
        coerce=int,
        initial=90,
    )


@admin.site.admin_view
@permission_required("directory.view_service", raise_exception=True)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The planned changes of all services."""
    form = PeriodForm(request.GET) if "days" in request.GET else PeriodForm()
    period = form.cleaned_data if form.is_bound and form.is_valid() else {}
    first = period.get("first") or timezone.localdate()
    last = first + timedelta(days=period.get("days", 90))
    events = upcoming_events(first, last, AT_MOST + 1)
    shown = [
        {
            "event": event,
            "kind": KIND_NAMES[event.what.kind],
            "links": [change_link(subject, request) for subject in event.subjects],
        }
        for event in events[:AT_MOST]
    ]
    context = {
        **admin.site.each_context(request),
        "title": _("What is coming"),
        "form": form,
        "events": shown,
        "days": (last - first).days,
        # So that one day with more than are shown is passed.
        "next_day": max(events[AT_MOST].on, first + ONE_DAY) if len(events) > AT_MOST else None,
        "more_schedules": max(Schedule.objects.count() - SCHEDULES_AT_MOST, 0),
    }
    return TemplateResponse(request, "admin/directory/calendar.html", context)


@admin.site.admin_view
@permission_required("directory.view_service", raise_exception=True)
@require_safe
@never_cache
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a service as it reads at the instant `at`, from its current edition."""
    service = Service.objects.filter(slug=slug).first()
    if service is None:
        raise Http404(_("There is no service “%(slug)s”.") % {"slug": slug})
    edition = Edition.objects.filter(service=service).order_by("-number").first()
    if edition is None:
        raise Http404(_("This service was never published; there is nothing to preview."))
    form = InstantForm.from_query(request.GET)
    at = instants.now()
    if form.is_bound and form.is_valid():
        at = form.cleaned_data["at"]
    context = {**views.page_context(request, edition, at), "form": form, "service": service}
    response = render(request, "directory/previews/preview.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
