"""What escalations add to the start page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import formats
from django.utils.http import urlencode
from django.utils.translation import gettext

from directory.admin import dashboard
from directory.admin.dashboard_calendar import VALIDITIES_WITHIN
from escalations.models import Absence, EscalationContact
from escalations.upcoming import absence_events


def escalation_task(page: dashboard.Dashboard) -> Iterator[dashboard.Task]:
    """On the start page: change who answers an escalation."""
    if not page.may("change", EscalationContact):
        return
    contacts = list(EscalationContact.objects.all()[: dashboard.LINKS_AT_MOST + 1])
    fits = len(contacts) <= dashboard.LINKS_AT_MOST
    listed = reverse("admin:escalations_escalationcontact_changelist")
    yield dashboard.Task(
        title=gettext("Change who answers an escalation"),
        hint="" if fits else str(dashboard.SEARCHED_FOR),
        links=tuple(
            dashboard.Link(
                str(each), reverse("admin:escalations_escalationcontact_change", args=[each.pk])
            )
            for each in contacts
            if fits
        ),
        more=dashboard.Link(gettext("All escalation contacts"), listed),
    )


def absence_task(page: dashboard.Dashboard) -> Iterator[dashboard.Task]:
    """On the start page: say that somebody is away."""
    if not page.may("add", Absence):
        return
    form = reverse("admin:escalations_absence_add")
    days = {"first_day": formats.localize_input(page.today)}
    yield dashboard.Task(
        title=gettext("Say that somebody is away"),
        hint=gettext("Who answers instead is shown on every page, from and to these days."),
        links=(
            dashboard.Link(gettext("From today on"), f"{form}?{urlencode(days)}"),
            dashboard.Link(gettext("On other days"), form),
        ),
        more=dashboard.Link(
            gettext("All absences"), reverse("admin:escalations_absence_changelist")
        ),
    )


def planned_absences(page: dashboard.Dashboard) -> Iterator[dashboard.UpcomingChange]:
    """On the start page: who is away, now and to come."""
    within = page.today + VALIDITIES_WITHIN
    for event in absence_events(page.today, within, dashboard.UPCOMING_AT_MOST):
        (row,) = event.subjects
        words = {"absence": event.text, "until": formats.date_format(event.until)}
        url = reverse("admin:escalations_absence_change", args=[row.pk])
        text = gettext("%(absence)s, until %(until)s") % words
        yield dashboard.UpcomingChange(event.on, text, url)
