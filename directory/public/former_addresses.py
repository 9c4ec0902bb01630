"""Former addresses of renamed services: they lead to the page that the service has now."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control

from directory.models import FormerSlug

View = Callable[..., HttpResponseBase]


def following(view: View) -> View:
    """The view of a service's page, which answers a former slug with where it leads. A query more
    than a page that is not there costs anyway."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, slug=slug, **kwargs)
        except Http404:
            now = FormerSlug.objects.leading_to(slug)
            match = request.resolver_match
            if now is None or match is None:
                raise
        address = reverse(match.view_name, kwargs={**match.kwargs, "slug": now})
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        # It may be renamed back.
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return respond
