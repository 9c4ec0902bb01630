"""A service's directory in other forms: vCards, the QR code, the card for other sites."""

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from config.headers import embedded
from config.origin import absolute
from directory.answers import instants
from directory.answers.advice import advise
from directory.answers.holding import next_midnight
from directory.answers.resolve import resolve
from directory.public import icalendar, vcard
from directory.public.addresses import address_of
from directory.public.caching import (
    always_revalidated,
    for_a_day,
    holding,
    rendered_once,
)
from directory.public.parameters import request_type, theme
from directory.public.read_only import framed, read_only
from directory.public.views import current_edition, kept_true, while_it_holds


@read_only
@always_revalidated
def contacts_vcf(request: HttpRequest, slug: str) -> HttpResponse:
    """The vCards of a service, as a file."""
    edition = current_edition(slug)
    directory = resolve(edition, instants.now())
    response = HttpResponse(
        vcard.cards(directory, _page_url(request, slug), edition.identity),
        content_type="text/vcard; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{slug}.vcf"'},
    )
    return holding(response, directory.holds_until)


@read_only
@always_revalidated
def calendar_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The closures and planned changes of a service, as a calendar to subscribe to."""
    source = absolute(address_of("directory:calendar", slug), request)
    page = absolute(address_of("directory:service-detail", slug), request)
    now = timezone.localtime(instants.now())
    response = HttpResponse(
        icalendar.calendar(current_edition(slug), now.date(), page, source),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{slug}.ics"'},
    )
    return holding(response, next_midnight(now, timezone.get_current_timezone()))


@read_only
@for_a_day
@embedded
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The QR code (SVG) of the address of a service's page."""
    current_edition(slug)
    return rendered_once(qr_code(_page_url(request, slug)))


def qr_code(address: str) -> HttpResponse:
    """An address as a QR code (SVG)."""
    image = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(image, kind="svg", scale=4, border=4, dark="#000", light="#fff", svgclass=None)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


@read_only
@always_revalidated
@framed
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom to contact now, small, for a frame on any other site; `theme` is light, dark or auto."""
    directory = resolve(current_edition(slug), instants.now())
    answer = advise(directory, request_type(request.GET))
    context = {
        "directory": directory,
        "answer": answer,
        "page_url": _page_url(request, slug),
        "theme": theme(request.GET),
        **kept_true(directory, answer),
    }
    response = render(request, "directory/card/card.html", context)
    return while_it_holds(response, directory, answer)


def _page_url(request: HttpRequest, slug: str) -> str:
    return absolute(address_of("directory:service-detail", slug), request)
