"""The public pages as files: a mirror to fail over to, for any web server at the root of a host.

What a page says about “now” is of the instant of the copy; each page says so (`data-offline` in
site.css), hides searching, and leaves out what needs the live site (`is_copy` in templates):
choosing a request, the data, the feed and the earlier editions. A copy is for what holds now: with
its history it would grow with every edit, and take ever longer to be made.
"""

import contextlib
import fcntl
import glob
import os
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
from directory.editions.reading import is_proven
from directory.models import Edition, FormerSlug, Service
from directory.public import offline, views, well_known
from directory.public.altered import is_of_altered
from directory.public.brand.images import ICON_SIZES
from directory.public.mirror_pages import KEY, address_of, file_of
from directory.public.sitemaps import SITEMAPS

# Put into every copy; only a directory that has it is ever replaced.
MARKER = ".support-directory-copy"
# Ends the name of a copy that makes room for the next one.
OUTGOING = "-old"
SITE_FILES = ("robots", "sitemap-index", "service-worker", "offline-data", "card-js", "check-page")
SERVICE_FILES = ("service-detail", "card", "qr", "contacts-vcf", "calendar")
# What says of a service whose edition was altered in the database that it cannot be shown.
TOLD_OF_ALTERED = ("service-detail", "card")


class OtherFiles(Exception):
    """The directory holds something else than an earlier copy."""


def write(target: Path, base_url: str) -> Iterator[str]:
    """Write all public pages into the directory `target`, with the addresses that they have at the
    origin `base_url`; yield the address of each one written.

    The copy is complete or not there: it is built beside `target` and then takes its place. What
    was left beside it by one that was killed is removed.

    Raises OtherFiles if `target` holds anything but an earlier copy, ImproperlyConfigured if a
    page cannot be rendered, OSError if nothing can be written there.
    """
    if target.exists() and any(target.iterdir()) and not (target / MARKER).exists():
        raise OtherFiles(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _tidy(target)
    building = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    held = _hold(building)
    try:
        (building / MARKER).touch()
        building.chmod(0o755)
        for address, content in _contents(base_url):
            file = building / file_of(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            yield address
        if target.exists():
            outgoing = building.with_name(building.name + OUTGOING)
            target.rename(outgoing)
            building.rename(target)
            shutil.rmtree(outgoing, ignore_errors=True)
        else:
            building.rename(target)
    finally:
        shutil.rmtree(building, ignore_errors=True)
        os.close(held)


def _hold(building: Path) -> int:
    """A descriptor that says that somebody builds there. Raises BlockingIOError where another
    process does."""
    descriptor = os.open(building, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor


def _tidy(target: Path) -> None:
    """Remove what is beside `target` and nobody builds any more."""
    for left in sorted(target.parent.glob(f".{glob.escape(target.name)}-????????*")):
        if not (left / MARKER).exists():
            continue
        with contextlib.suppress(BlockingIOError):
            held = _hold(left)
            if left.name.endswith(OUTGOING) and not target.exists():
                # Killed after it had left its place, and before the next one took it.
                left.rename(target)
            shutil.rmtree(left, ignore_errors=True)
            os.close(held)


def addresses() -> Iterator[str]:
    """Everything that a mirror has a file of, as addresses of the live site."""
    yield from map(reverse, SITE_FILES)
    yield from well_known.addresses()
    yield from (reverse("sitemap", args=[section]) for section in SITEMAPS)
    yield from offline.parts()
    yield from (reverse("brand-icon", args=[size]) for size in ICON_SIZES)
    current = Edition.objects.public().current().order_by("service_id")
    slugs = list(current.values_list("service__slug", flat=True))
    altered = _altered()
    # Printed pages refer to them: they lead on, or say what to use instead.
    former = [*FormerSlug.objects.leading_on().order_by("pk").values_list("slug", flat=True)]
    ended = [*Service.objects.ended().order_by("pk").values_list("slug", flat=True)]
    pages = Paginator(slugs, views.PAGE_SIZE).num_pages
    for code, _name in settings.LANGUAGES:
        yield from _addresses_in_language(code, slugs, altered, pages)
        with override(code):
            for slug in [*former, *ended]:
                yield reverse("directory:service-detail", args=[slug])
                yield reverse("directory:card", args=[slug])


def _altered() -> set[str]:
    """The slugs of the services whose current edition is not what was published."""
    current = Edition.objects.public().current().defer("search_text").select_related("service")
    return {each.service.slug for each in current.iterator(500) if not is_proven(each)}


def _addresses_in_language(code: str, slugs: list[str], altered: set[str], pages: int) -> list[str]:
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
                for name in (TOLD_OF_ALTERED if slug in altered else SERVICE_FILES)
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
        # A service that has ended says so, as does one that was altered in the database.
        if response.status_code not in (200, 410) and not is_of_altered(response):
            raise ImproperlyConfigured(f"{base_url}{address}: {response.status_code}")
        yield address, response.getvalue()
