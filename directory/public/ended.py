"""Services that ended: what their addresses answer, and what a search for them says.

Such a service has no current edition: what is told is what staff wrote when they ended it.
"""

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory.answers.search import parse_query
from directory.models import FormerSlug, Service
from directory.models.services import ServiceQuerySet
from directory.public.caching import always_revalidated
from directory.public.parameters import theme
from directory.public.read_only import framed

TOLD_AT_MOST = 5


def answer(request: HttpRequest, service: Service, view_name: str | None) -> HttpResponse:
    """A 410 with the name of a service that has ended, since when, and what to use instead; small
    and for a frame on any other site where the card was asked for."""
    return _card(request, service) if view_name == "card" else _page(request, service)


def called(text: str) -> ServiceQuerySet:
    """The services that ended of which the name, the slug or a former slug has all words of this
    text; accents are ignored. None for a text without words."""
    words = parse_query(text).words
    services = Service.objects.ended() if words else Service.objects.none()
    for word in words:
        names = Q(name__folded__contains=word) | Q(slug__icontains=word)
        formerly = FormerSlug.objects.filter(service=OuterRef("pk"), slug__icontains=word)
        services = services.filter(names | Exists(formerly))
    return services[:TOLD_AT_MOST]


@always_revalidated
def _page(request: HttpRequest, service: Service) -> HttpResponse:
    context = {"service": service, "instead": service.in_its_place()}
    return render(request, "directory/service_ended.html", context, status=410)


@always_revalidated
@framed
def _card(request: HttpRequest, service: Service) -> HttpResponse:
    context = {
        "service": service,
        "instead": service.in_its_place(),
        "theme": theme(request.GET),
    }
    return render(request, "directory/card/ended.html", context, status=410)
