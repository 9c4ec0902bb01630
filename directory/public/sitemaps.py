"""sitemap.xml: the start page and every service's page, in each language."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from config.origin import absolute, origin
from directory.models import Edition
from directory.public.caching import holding
from directory.public.read_only import read_only


class OfOrigin(Sitemap):
    """Addresses at the origin of the site: Django would begin them with the host of the request."""

    i18n = alternates = x_default = True

    def __init__(self, origin: str) -> None:
        self.origin = urlsplit(origin)

    def get_protocol(self, protocol: str | None = None) -> str:
        """Its scheme."""
        return self.origin.scheme

    def get_domain(self, site: object = None) -> str:
        """Its host, with the port."""
        return self.origin.netloc


class StartPage(OfOrigin):
    """The list of services."""

    def items(self) -> list[str]:
        """The name of the only address."""
        return ["directory:service-list"]

    def location(self, item: str) -> str:
        """Its path."""
        return reverse(item)


class InEachLanguage(Paginator):
    """Pages of items, each with the code of every language: Django would read the items of all
    pages for that."""

    def page(self, number: int | str) -> Page:
        """A page of pairs. Raises InvalidPage."""
        page = super().page(number)
        codes = [code for code, _name in settings.LANGUAGES]
        page.object_list = [(item, code) for item in page.object_list for code in codes]
        return page


class Services(OfOrigin):
    """The page of each published service, with the instant of its current edition."""

    # Addresses in one file, two for each service: a file takes half a second to write.
    limit = 2_000

    @property
    def paginator(self) -> Paginator:
        """The files."""
        return InEachLanguage(self.items(), self.limit // len(settings.LANGUAGES))

    def get_latest_lastmod(self) -> datetime | None:
        """When any of them was published last."""
        return Edition.objects.public().current().aggregate(last=Max("published_at"))["last"]

    def items(self) -> QuerySet:
        """Slugs and instants of publication."""
        current = Edition.objects.public().current().order_by("service_id")
        return current.values_list("service__slug", "published_at")

    def location(self, item: tuple[str, datetime]) -> str:
        """The path of the page."""
        return reverse("directory:service-detail", args=[item[0]])

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        """When it was published last."""
        return item[1]


SITEMAPS: dict[str, type[OfOrigin]] = {"start": StartPage, "services": Services}


@read_only
def index(request: HttpRequest) -> HttpResponseBase:
    """The index of all files: Django's own has the host of the request."""
    files = []
    for section, kind in SITEMAPS.items():
        sitemap = kind(origin(request))
        address = absolute(reverse("sitemap", args=[section]), request)
        # Its type, as Django declares it, is wrong.
        lastmod: Any = sitemap.get_latest_lastmod()
        further = range(2, sitemap.paginator.num_pages + 1)
        files += [
            SitemapIndexItem(each, lastmod)
            for each in [address, *(f"{address}?p={number}" for number in further)]
        ]
    response = TemplateResponse(
        request,
        "sitemap_index.xml",
        {"sitemaps": files},
        content_type="application/xml",
        headers={"X-Robots-Tag": "noindex, noodp, noarchive"},
    )
    return holding(response)


@read_only
def section(request: HttpRequest, section: str) -> HttpResponseBase:
    """One section, a file of it for each `p`. Raises Http404."""
    sitemaps: dict[str, Any] = {name: kind(origin(request)) for name, kind in SITEMAPS.items()}
    return holding(sitemap_of(request, sitemaps, section))
