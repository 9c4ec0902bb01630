"""What escalations add to the start page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from directory.admin import dashboard
from escalations.models import EscalationContact


def escalation_task(page: dashboard.Dashboard) -> Iterator[dashboard.Task]:
    """On the start page: change who answers an escalation."""
    if not page.may("change", EscalationContact):
        return
    contacts = list(EscalationContact.objects.all()[: dashboard.LINKS_AT_MOST + 1])
    fits = len(contacts) <= dashboard.LINKS_AT_MOST
    listed = reverse("admin:escalations_escalationcontact_changelist")
    yield dashboard.Task(
        title=gettext("Change who answers an escalation"),
        search_url="" if fits else dashboard.search_url(EscalationContact),
        search_label=gettext("Name, role or number"),
        links=tuple(
            dashboard.Link(
                str(each), reverse("admin:escalations_escalationcontact_change", args=[each.pk])
            )
            for each in contacts
            if fits
        ),
        more=dashboard.Link(gettext("All escalation contacts"), listed),
    )
