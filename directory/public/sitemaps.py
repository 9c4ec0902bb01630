"""sitemap.xml: the start page and every service's page, in each language."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from directory.models import Edition


class StartPage(Sitemap):
    i18n = alternates = x_default = True

    def items(self):
        return ["directory:service-list"]

    def location(self, item):
        return reverse(item)


class Services(Sitemap):
    # Addresses in one file, two for each service: a file takes half a second to write.
    limit = 2_000
    i18n = alternates = x_default = True

    def items(self):
        current = Edition.objects.public().current().order_by("service_id")
        return current.values_list("service__slug", "published_at")

    def location(self, item):
        return reverse("directory:service-detail", args=[item[0]])

    def lastmod(self, item):
        return item[1]


SITEMAPS = {"start": StartPage, "services": Services}
