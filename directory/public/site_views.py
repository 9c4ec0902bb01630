"""Files that must stand at the root of the site."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control

from directory.public.read_only import read_only

WORKER = "directory/sw.js"


@read_only
@cache_control(public=True, max_age=24 * 60 * 60)
def robots(request):
    """Everything public may be indexed; searches and the back office are of no use to anybody."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?q=",
        "Disallow: /*&q=",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap-index'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@read_only
@cache_control(public=True, max_age=24 * 60 * 60)
def favicon(request):
    """Where browsers and readers look for an icon that do not read it from a page."""
    return HttpResponsePermanentRedirect(static("directory/icon.svg"))


@read_only
@cache_control(public=True, no_cache=True)
def service_worker(request):
    """The service worker: at the root, because it only serves what lies below its own address."""
    script = Path(finders.find(WORKER)).read_bytes()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
