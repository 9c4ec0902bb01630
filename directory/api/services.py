"""What the API says of services: by name, in the list, ended, and near to what was asked."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from config.origin import absolute
from directory.answers.near_services import NearService, candidates, certain, named, nearest
from directory.answers.search_hits import edition_hits
from directory.answers.structures import AnsweringState, Directory
from directory.answers.whom_to_contact import service_state
from directory.api.problems import Problem
from directory.api.structures import CriticalState, NamedService, ServiceSummary
from directory.hours.schedule import Status
from directory.models import Edition, Service


def no_such_service(request: HttpRequest, kwargs: dict[str, Any], detail: str) -> HttpResponse:
    """Where a slug that no published service has leads: to the service that had it, or that it has
    ended; else those that may be meant are near."""
    slug, match = kwargs["slug"], request.resolver_match
    found = candidates(Service.objects.with_an_address(), slug)
    meant = certain(found, slug)
    if meant and slug in (meant.slug, meant.former):
        if meant.ended_on and (service := Service.objects.ended_at(slug)):
            return _ended(request, service).response()
        if match and slug == meant.former:
            address = reverse(match.view_name, kwargs={**kwargs, "slug": meant.slug})
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    near = named(Edition.objects.public(), nearest(found, slug))
    return Problem(404, _("Not found"), detail, near=with_pages(request, near)).response()


def with_pages(request: HttpRequest, near: Sequence[NearService]) -> list[NamedService]:
    """Those that have a page."""
    return [NamedService(**named_service(request, each)) for each in near if each.edition]


def _ended(request: HttpRequest, service: Service) -> Problem:
    """The answer for a service that is offered no more."""
    day = formats.date_format(service.ended_on) if service.ended_on else ""
    told = _("“%(service)s” is not offered any more, since %(day)s.")
    detail = told % {"service": service.name, "day": day}
    instead = service.in_its_place()
    return Problem(
        410,
        _("Not offered any more"),
        f"{detail} {service.ended_note}".strip(),
        name=service.name,
        ended_on=service.ended_on,
        note=service.ended_note,
        successor=NamedService(**named_service(request, instead)) if instead else None,
    )


def named_service(
    request: HttpRequest, service: Directory | NearService | Service
) -> dict[str, Any]:
    """Slug, name and address of a service."""
    address = reverse("directory:service-detail", args=[service.slug])
    return {
        "slug": service.slug,
        "name": service.name,
        "url": absolute(address, request),
    }


def service_summary(
    request: HttpRequest, edition: Edition, directory: Directory | None, query: str
) -> ServiceSummary:
    """What the list says of an edition; None for `directory`: it is not what was published."""
    if directory is None:
        return ServiceSummary(
            **named_service(request, edition.service),
            state=Status.UNKNOWN,
            until=None,
            next_open=None,
            critical=None,
            edition=edition.number,
            published_at=timezone.localtime(edition.published_at),
            is_available=False,
        )
    service = service_state(directory.channels)
    ordinary, critical = service.of_ordinary, service.critical
    return ServiceSummary(
        **named_service(request, directory),
        state=ordinary.state or Status.UNKNOWN,
        until=ordinary.until,
        next_open=ordinary.next_open,
        critical=_critical(critical) if critical else None,
        edition=edition.number,
        published_at=directory.edition.published_at,
        matches=tuple(edition_hits(edition, directory, query)),
    )


def _critical(answering: AnsweringState) -> CriticalState:
    return CriticalState(
        state=answering.state or Status.UNKNOWN,
        until=answering.until,
        next_open=answering.next_open,
    )
