"""Files that stand at one address for all languages."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.urls import reverse
from django.utils.translation import gettext, override

from config.headers import embedded
from config.organization import LOGO_TYPES
from config.origin import absolute
from directory.editions.checkpoints import check_page as checking
from directory.public import offline
from directory.public.brand import images
from directory.public.caching import always_revalidated, for_a_day, for_an_hour, holding
from directory.public.read_only import read_only


@read_only
@for_a_day
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: all public pages may be indexed, but no searches, and not the back office."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?q=",
        "Disallow: /*&q=",
        f"Sitemap: {absolute(reverse('sitemap-index'), request)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@read_only
@for_a_day
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirects to the icon, for browsers and readers that do not take its address from a page."""
    return HttpResponsePermanentRedirect(reverse("icon"))


@read_only
@for_a_day
@embedded
def icon(request: HttpRequest) -> HttpResponse:
    """The icon of a tab, an SVG in the organisation's colour."""
    return HttpResponse(images.tab_icon(settings.ORGANIZATION), content_type="image/svg+xml")


@read_only
@for_an_hour
def brand_css(request: HttpRequest) -> HttpResponse:
    """The organisation's colour and its paper as a style sheet: inline styles are not allowed
    anywhere, and no variable can stand for the size of a page."""
    organization = settings.ORGANIZATION
    rules = [
        f":root {{ --brand: {organization.brand_color}; }}",
        f"@page {{ size: {organization.paper}; }}",
    ]
    return HttpResponse("\n".join([*rules, ""]), content_type="text/css")


@read_only
@for_a_day
@embedded
def brand_icon(request: HttpRequest, size: int) -> HttpResponse:
    """The icon for home screens, a PNG of so many pixels."""
    if size not in images.ICON_SIZES:
        raise Http404
    image = images.icon(settings.ORGANIZATION, size)
    return HttpResponse(image, content_type="image/png")


@read_only
@for_a_day
@embedded
def share_image(request: HttpRequest, language: str) -> HttpResponse:
    """The image for sites on which a page in this language is shared, a PNG."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with override(language):
        title = gettext("Support directory")
    image = images.share_image(settings.ORGANIZATION, title)
    return HttpResponse(image, content_type="image/png")


@read_only
@for_an_hour
@embedded
def brand_logo(request: HttpRequest, name: str) -> HttpResponse:
    """The organisation's logo, where it has an image of its own."""
    organization = settings.ORGANIZATION
    if name != organization.logo_name:
        raise Http404
    logo = Path(organization.logo)
    return HttpResponse(logo.read_bytes(), content_type=LOGO_TYPES[logo.suffix.lower()])


@read_only
@always_revalidated
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker: at the root, because it only serves what lies below its own address."""
    return _script("directory/sw.js")


@read_only
@for_an_hour
@embedded
def card_script(request: HttpRequest) -> HttpResponse:
    """What other sites may have beside a card: its address, once written down, stays."""
    return _script("directory/card.js")


@read_only
@for_an_hour
def check_page(request: HttpRequest) -> HttpResponse:
    """The program with which customers check a page."""
    return HttpResponse(
        Path(checking.__file__).read_bytes(),
        content_type="text/x-python; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="check_page.py"'},
    )


def _script(name: str) -> HttpResponse:
    path = finders.find(name)
    if path is None:
        raise Http404
    return HttpResponse(Path(path).read_bytes(), content_type="text/javascript; charset=utf-8")


@read_only
@always_revalidated
def offline_data(request: HttpRequest) -> JsonResponse:
    """What the service worker keeps for reading offline."""
    return holding(JsonResponse({"parts": offline.parts(), "languages": offline.languages()}))
