"""Addresses without a page: where they lead.

`typed_addresses` reads what was meant. Where that is certain, a redirect leads there: but for
capitals, accents, hyphens and the like it is the slug, a former slug or the name of one service.
A service that has ended says so. Else a page names the services that may be meant.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override

from directory.answers import instants
from directory.answers.near_services import NearService, candidates, certain, named, nearest
from directory.models import Edition, FormerSlug, Service
from directory.public import ended, views
from directory.public.typed_addresses import TypedAddress, as_words, read

View = Callable[..., HttpResponseBase]


def leading_on(view: View) -> View:
    """The view of a service's page, which leads on from a slug that no service has. At most two
    queries more than a page that is there, three of a service that has ended."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return _sent_on(request, kwargs) or lead_on(request)

    return respond


def _sent_on(request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse | None:
    """Lets what was sent to the former address of a service go along to the one of now: whoever
    fills in a form has the page from before the renaming."""
    match = request.resolver_match
    slug = FormerSlug.objects.leading_to(arguments["slug"]) if request.method == "POST" else None
    if not match or not slug:
        return None
    address = reverse(match.view_name, kwargs={**arguments, "slug": slug})
    return HttpResponseRedirect(address, preserve_request=True)


def lead_on(request: HttpRequest) -> HttpResponse:
    """The answer to an address that has no page: a redirect where it is certain what is meant, the
    word that a service has ended, or a 404 with the services that may be meant."""
    typed = read(request.path)
    with override(typed.language or get_language()):
        response = _list(request) if typed.is_list else _service(request, typed)
        # The language that the middleware takes the address for may be another one.
        response.headers["Content-Language"] = get_language() or ""
        return response


def _list(request: HttpRequest) -> HttpResponse:
    return _redirect(request, reverse("directory:service-list")) or _not_found(request)


def _service(request: HttpRequest, typed: TypedAddress) -> HttpResponse:
    found = candidates(Service.objects.with_an_address(), *typed.texts)
    meant = certain(found, typed.name) if typed.is_plain else None
    if meant:
        page = _page_of(meant.slug, typed.rest)
        has_ended = Service.objects.ended_at(meant.slug) if meant.ended_on else None
        if has_ended:
            return ended.answer(request, has_ended, page.url_name if page else None)
        address = page and reverse(page.view_name, args=page.args, kwargs=page.kwargs)
        if address and (response := _redirect(request, address)):
            return response
    near = named(Edition.objects.public(), nearest(found, *typed.texts))
    question = next((text for text in typed.texts if nearest(found, text)), typed.name)
    return _not_found(request, as_words(question), near)


def _page_of(slug: str, rest: tuple[str, ...]) -> ResolverMatch | None:
    """The page under the address of the service with this slug, in the active language."""
    start = reverse("directory:service-detail", args=[slug])
    under = "/".join(rest)
    for path in (f"{start}{under}/", f"{start}{under}") if under else (start,):
        try:
            return resolve(path)
        except Resolver404:
            continue
    return None


def _redirect(request: HttpRequest, address: str) -> HttpResponse | None:
    """Leads to another address of this site, with what was asked, unless something was sent."""
    if address == request.path or request.method not in ("GET", "HEAD"):
        return None
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    # A service may be renamed back.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _not_found(
    request: HttpRequest, question: str = "", near: Sequence[NearService] = ()
) -> HttpResponse:
    context = {"query": question, "near": views.near_summaries(near, instants.now())}
    response = render(request, "404.html", context, status=404)
    # It tells the state of services, and there may be a page tomorrow.
    patch_cache_control(response, public=True, no_cache=True)
    return response
