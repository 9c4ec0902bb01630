"""Addresses without a page: those of services that were renamed lead to the page
that the service has now; those of services that ended say so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control

from directory.models import FormerSlug, Service
from directory.public import ended

View = Callable[..., HttpResponseBase]


def following(view: View) -> View:
    """The view of a service's page, which answers a former slug with where it leads, and the slug
    of a service that has ended with 410. At most two queries more than a page that is there."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, slug=slug, **kwargs)
        except Http404:
            match = request.resolver_match
            if service := Service.objects.ended_at(slug):
                return ended.answer(request, service, match.url_name if match else None)
            now = FormerSlug.objects.leading_to(slug)
            if now is None or match is None:
                raise
        address = reverse(match.view_name, kwargs={**match.kwargs, "slug": now})
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        if request.method == "POST":
            # What was sent goes along (RFC 9110, 15.4.9).
            response.status_code = 308
        # It may be renamed back.
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return respond
