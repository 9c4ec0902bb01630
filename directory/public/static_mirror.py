"""The public pages as files: a mirror to fail over to, for any web server at the root of a host.

What a page says about “now” is of the instant of the copy; each page says so (`data-offline` in
site.css), hides searching, and leaves out what needs the live site (`is_copy` in templates):
choosing a request, the data, the feed and the earlier editions. A copy is for what holds now: with
its history it would grow with every edit, and take ever longer to be made.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from config import origin
from directory.models import Edition, FormerSlug, Service
from directory.public import offline, views
from directory.public.brand.images import ICON_SIZES
from directory.public.mirror_pages import KEY, address_of, file_of
from directory.public.sitemaps import SITEMAPS

# Put into every copy; only a directory that has it is ever replaced.
MARKER = ".support-directory-copy"
SITE_FILES = ("robots", "sitemap-index", "service-worker", "offline-data", "card-js")
SERVICE_FILES = ("service-detail", "card", "qr", "contacts-vcf", "calendar")


def write(target: Path, base_url: str) -> Iterator[str]:
    """Write all public pages into the directory `target`, with the addresses that they have at the
    origin `base_url`; yield the address of each one written.

    The copy is complete or not there: it is built beside `target` and then takes its place.
    Raises FileExistsError if `target` holds anything but an earlier copy, ImproperlyConfigured if
    a page cannot be rendered.
    """
    if target.exists() and any(target.iterdir()) and not (target / MARKER).exists():
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        (building / MARKER).touch()
        building.chmod(0o755)
        for address, content in _contents(base_url):
            file = building / file_of(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            yield address
        if target.exists():
            outgoing = building.with_name(f"{building.name}-old")
            target.rename(outgoing)
            building.rename(target)
            shutil.rmtree(outgoing)
        else:
            building.rename(target)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def addresses() -> Iterator[str]:
    """Everything that a mirror has a file of, as addresses of the live site."""
    yield from map(reverse, SITE_FILES)
    yield from (reverse("sitemap", args=[section]) for section in SITEMAPS)
    yield from offline.parts()
    yield from (reverse("brand-icon", args=[size]) for size in ICON_SIZES)
    current = Edition.objects.public().current().order_by("service_id")
    slugs = list(current.values_list("service__slug", flat=True))
    # Printed pages refer to them: they lead on, or say what to use instead.
    former = [*FormerSlug.objects.leading_on().order_by("pk").values_list("slug", flat=True)]
    ended = [*Service.objects.ended().order_by("pk").values_list("slug", flat=True)]
    pages = Paginator(slugs, views.PAGE_SIZE).num_pages
    for code, _name in settings.LANGUAGES:
        yield from _addresses_in_language(code, slugs, pages)
        with override(code):
            for slug in [*former, *ended]:
                yield reverse("directory:service-detail", args=[slug])
                yield reverse("directory:card", args=[slug])


def _addresses_in_language(code: str, slugs: list[str], pages: int) -> list[str]:
    with override(code):
        services = reverse("directory:service-list")
        return [
            services,
            reverse("directory:manifest"),
            reverse("share-image", args=[code]),
            *(f"{services}?page={number}" for number in range(2, pages + 1)),
            reverse("directory:offline"),
            *(
                reverse(f"directory:{name}", args=[slug])
                for slug in slugs
                for name in SERVICE_FILES
            ),
        ]


def _contents(base_url: str) -> Iterator[tuple[str, bytes]]:
    """(address, content) of everything, as it is rendered for a copy."""
    # Any host that is served: addresses have the origin.
    host = settings.ALLOWED_HOSTS[0].lstrip(".")
    environ: dict[str, Any] = {KEY: True, origin.KEY: base_url, "SERVER_NAME": host}
    client = Client(**environ)
    for address in addresses():
        response = client.get(address, secure=True)
        if response.status_code == 301:
            leads_to = {"address": address_of(response["Location"])}
            yield address, render_to_string("directory/moved.html", leads_to).encode()
            continue
        # A service that has ended says so.
        if response.status_code not in (200, 410):
            raise ImproperlyConfigured(f"{base_url}{address}: {response.status_code}")
        yield address, response.getvalue()
