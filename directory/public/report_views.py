"""“Nobody answered? Tell us”: the form beside each contact, and what to try next."""

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from config.client_address import client_network
from config.database_errors import is_outage
from directory.answers import instants
from directory.answers.reportable import REPORTED, Reportable, alternatives, reportable
from directory.answers.resolve import resolve
from directory.answers.structures import Directory
from directory.models import Edition
from directory.models.contact_reports import Problem
from directory.public.caching import always_revalidated
from directory.public.read_only import read_only
from directory.public.report_form import ReportForm
from directory.public.sent_forms import may_be_from_here
from directory.public.views import current_edition
from directory.upkeep.reports import Receipt, Told, receive

# The parameter of addresses that says that the report was no news.
KNOWN = "known"

logger = logging.getLogger(__name__)


# No cookie is needed, and none is set: see `report_tokens`.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a contact of a service's page, and what is sent with it."""
    edition, now = current_edition(slug), instants.now()
    directory = resolve(edition, now)
    contacts = reportable(directory)
    if request.method == "POST":
        return _received(request, edition, directory, contacts)
    key = request.GET.get(REPORTED, "")
    form = ReportForm(contacts, now, key=key if key in contacts else "")
    return _page(request, directory, form, is_unknown=bool(key) and key not in contacts)


@read_only
@always_revalidated
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What to try next, once a report was sent."""
    directory = resolve(current_edition(slug), instants.now())
    reported = reportable(directory).get(request.GET.get(REPORTED, ""))
    context = {
        "directory": directory,
        "reported": reported,
        "is_known": KNOWN in request.GET,
        "instead": alternatives(directory, reported),
    }
    return render(request, "directory/reports/thanks.html", context)


def _received(
    request: HttpRequest, edition: Edition, directory: Directory, contacts: dict[str, Reportable]
) -> HttpResponse:
    """Takes what was sent and leads to what to try next; or shows the form with what was typed."""
    form = ReportForm(
        contacts, directory.at, data=request.POST, is_from_here=may_be_from_here(request)
    )
    if not form.is_valid() or form.sent_token is None:
        return _page(request, directory, form, 422)
    told = Told(
        reported=form.chosen,
        problem=Problem(form.cleaned_data["problem"]),
        text=form.cleaned_data["text"],
        email=form.cleaned_data["email"],
        form=form.sent_token.number,
        network=client_network(request),
    )
    try:
        receipt = receive(edition.service_id, told, directory.at)
    except DatabaseError as error:
        if not is_outage(error):
            raise
        logger.error("A report could not be stored: %s", error)
        refusal = _("It cannot be stored right now. Press “Send” once more in half a minute.")
        response = _page(request, directory, form, 503, refusal)
        response["Retry-After"] = "30"
        return response
    if receipt is Receipt.TOO_MANY:
        refusal = _(
            "So many reports came from your connection today that no more are taken. Those that "
            "came before are there; please try again tomorrow."
        )
        return _page(request, directory, form, 429, refusal)
    query = {REPORTED: form.chosen.key} | ({KNOWN: 1} if receipt is Receipt.KNOWN else {})
    address = reverse("directory:report-thanks", args=[directory.slug])
    return HttpResponseRedirect(f"{address}?{urlencode(query)}")


def _page(
    request: HttpRequest,
    directory: Directory,
    form: ReportForm,
    status: int = 200,
    refusal: str = "",
    is_unknown: bool = False,
) -> HttpResponse:
    """The form; `refusal` says why what was sent was not taken, `is_unknown` that the contact of
    the address is not on the page."""
    context: dict[str, Any] = {
        "directory": directory,
        "form": form,
        "refusal": refusal,
        "is_unknown": is_unknown,
    }
    return render(request, "directory/reports/report.html", context, status=status)
