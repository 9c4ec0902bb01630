"""sitemap.xml: the start page and every service's page, in each language."""

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet
from django.urls import reverse

from directory.models import Edition


class StartPage(Sitemap):
    """The list of services."""

    i18n = alternates = x_default = True

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


class Services(Sitemap):
    """The page of each published service, with the instant of its current edition."""

    # Addresses in one file, two for each service: a file takes half a second to write.
    limit = 2_000
    i18n = alternates = x_default = True

    @property
    def paginator(self) -> Paginator:
        """The files."""
        return InEachLanguage(self.items(), self.limit // len(settings.LANGUAGES))

    def get_latest_lastmod(self) -> datetime | None:
        """When any of them was published last."""
        return Edition.objects.public().aggregate(last=Max("published_at"))["last"]

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


SITEMAPS = {"start": StartPage, "services": Services}
