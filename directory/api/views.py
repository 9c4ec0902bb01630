"""The JSON API: read-only, for everybody. `schema` describes it."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from config.origin import absolute, origin
from directory.answers import instants
from directory.answers.former_contacts import find_former
from directory.answers.near_services import (
    NearService,
    candidates,
    certain,
    named,
    near_services,
    nearest,
)
from directory.answers.resolve import resolve
from directory.answers.search import find
from directory.answers.search_hits import edition_hits
from directory.answers.structures import AnsweringState, Directory, WhomToContact
from directory.answers.whom_to_contact import service_state, whom_to_contact
from directory.api.problems import Problem
from directory.api.schema import TITLE, openapi_document, operations
from directory.api.structures import (
    ApiIndex,
    CriticalState,
    EditionDetail,
    EditionPage,
    EditionSummary,
    FormerMatch,
    NamedService,
    ServicePage,
    ServiceSummary,
)
from directory.editions import document, history
from directory.hours.schedule import Status
from directory.models import Edition, RequestType, Service

PAGE_SIZE = 50
# Stands for the instant of an answer where that does not count.
AT_ANY_TIME = datetime.min.replace(tzinfo=UTC)
ALLOWED = "GET, HEAD, OPTIONS"


def endpoint(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Turn a function that returns a structure or a response, or raises Problem or Http404, into
    a view."""

    @csrf_exempt
    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.method == "OPTIONS":
                return HttpResponse(
                    status=204,
                    headers={
                        "Allow": ALLOWED,
                        "Access-Control-Allow-Methods": ALLOWED,
                        "Access-Control-Allow-Headers": "*",
                    },
                )
            if request.method not in ("GET", "HEAD"):
                raise Problem(
                    405,
                    _("Method not allowed"),
                    _("This API only answers GET."),
                    headers={"Allow": ALLOWED},
                )
            _refuse_unknown_language(request)
            answer = view(request, *args, **kwargs)
            if isinstance(answer, HttpResponse):
                return answer
        except Problem as problem:
            return problem.response()
        except Http404 as error:
            return _no_such_service(request, kwargs, str(error))
        return HttpResponse(
            msgspec.json.encode(answer),
            content_type="application/json; charset=utf-8",
            headers={"ETag": _etag(answer), "Cache-Control": "public, no-cache"},
        )

    return respond


def _refuse_unknown_language(request: HttpRequest) -> None:
    """Raise Problem for a `lang` that is none of the site's; what is one is active already."""
    wanted = request.GET.get("lang")
    if wanted is None:
        return
    try:
        get_supported_language_variant(wanted)
    except LookupError as error:
        codes = ", ".join(code for code, _name in settings.LANGUAGES)
        raise Problem(
            400,
            _("Unknown language"),
            _("Set lang to one of: %(codes)s.") % {"codes": codes},
        ) from error


def _etag(answer: Any) -> str:
    """A weak ETag of all that is answered, but for the instant that it is for: while nothing else
    changes, a program has the answer already."""
    if isinstance(answer, Directory | WhomToContact):
        answer = msgspec.structs.replace(answer, at=AT_ANY_TIME)
    return f'W/"{hashlib.sha256(msgspec.json.encode(answer)).hexdigest()[:32]}"'


@endpoint
def newest(request: HttpRequest) -> HttpResponse:
    """Leads to the one version that there is."""
    return HttpResponseRedirect(reverse("api:index"))


@endpoint
def index(request: HttpRequest) -> ApiIndex:
    """Where to begin: the addresses."""
    return ApiIndex(
        title=TITLE,
        description=absolute(reverse("api:openapi"), request),
        services=absolute(reverse("api:service-list"), request),
        site=absolute(reverse("directory:service-list"), request),
        addresses=operations(origin(request)),
    )


@endpoint
def openapi(request: HttpRequest) -> dict[str, Any]:
    """The description of this API: OpenAPI 3.1."""
    return openapi_document(origin(request))


@endpoint
def service_list(request: HttpRequest) -> ServicePage:
    """The published services, or those that `q` finds, with their state at an instant."""
    at, query = _instant(request), request.GET.get("q", "").strip()
    editions = Edition.objects.public()
    page = _page(request, find(editions.current(), query))
    former = find_former(editions, query, at)
    is_found = page.paginator.count or former
    near = [] if is_found else near_services(Service.objects.with_an_address(), editions, query)
    return ServicePage(
        **_neighbours(request, page),
        results=[_service_summary(request, edition, at, query) for edition in page],
        former=[
            FormerMatch(**_named(request, each.directory), matches=tuple(each.hits))
            for each in former
        ],
        near=_with_pages(request, near),
    )


@endpoint
def service_detail(request: HttpRequest, slug: str) -> Directory:
    """The current directory of a service, at an instant."""
    at = _instant(request)
    return resolve(_current_edition(slug), at)


@endpoint
def service_now(request: HttpRequest, slug: str) -> WhomToContact:
    """Whom to contact at an instant, for a type of request or, where none is given, in general."""
    at = _instant(request)
    directory = resolve(_current_edition(slug), at)
    return whom_to_contact(directory, _request_type(request, directory))


@endpoint
def edition_list(request: HttpRequest, slug: str) -> EditionPage:
    """The editions, newest first; with `at` only the one that was current then."""
    editions = Edition.objects.public().filter(service__slug=slug).order_by("-number")
    if not editions.exists():
        raise Http404(_no_service(slug))
    if "at" in request.GET:
        editions = editions.in_force(_instant(request))
    page = _page(request, editions)
    start = page.start_index() - 1 if page.paginator.count else 0
    entries = history.entries(editions, start, start + PAGE_SIZE)
    if "at" in request.GET:
        # Its queryset is without the edition before it, with which it is compared.
        entries = [history.entry(each.edition) for each in entries]
    return EditionPage(
        **_neighbours(request, page),
        results=[EditionSummary(**_stamp(request, slug, entry)) for entry in entries],
    )


@endpoint
def edition_detail(request: HttpRequest, slug: str, number: int) -> EditionDetail:
    """One edition with its document, and what it changed."""
    editions = Edition.objects.public().filter(service__slug=slug)
    edition = editions.filter(number=min(number, 2**31 - 1)).first()
    if edition is None:
        newest = editions.values_list("number", flat=True).order_by("number").last()
        if newest is None:
            raise Http404(_no_service(slug))
        no_edition = _("“%(slug)s” has no edition %(number)d; its editions are 1 to %(newest)d.")
        params = {"slug": slug, "number": number, "newest": newest}
        raise Problem(404, _("Not found"), no_edition % params)
    entry = history.entry(edition)
    return EditionDetail(
        **_stamp(request, slug, entry),
        document=None if edition.is_withdrawn else document.decode(edition.document),
        changes=entry.changes,
    )


@endpoint
def nothing(request: HttpRequest, slug: str, under: str = "") -> None:
    """What no other address of a service is."""
    raise Http404(_("There is no such address; see /api/v1/openapi.json."))


def _instant(request: HttpRequest) -> datetime:
    text = request.GET.get("at")
    if text is None:
        return instants.now()
    try:
        return instants.parse(text)
    except ValidationError as error:
        raise Problem(400, _("Unusable instant in “at”"), error.messages[0]) from error


def _request_type(request: HttpRequest, directory: Directory) -> str:
    code = request.GET.get("request_type")
    if code is None:
        return ""
    if code in {kind.code for kind in directory.request_types}:
        return code
    known = list(RequestType.objects.values_list("code", flat=True))
    if code not in known:
        raise Problem(
            400,
            _("Unknown request type"),
            _("Set request_type to one of: %(codes)s.") % {"codes": ", ".join(known)},
        )
    return code


def _current_edition(slug: str) -> Edition:
    edition = Edition.objects.public().filter(service__slug=slug).order_by("-number").first()
    if edition is None:
        raise Http404(_no_service(slug))
    return edition


def _no_service(slug: str) -> str:
    return _("There is no service “%(slug)s”.") % {"slug": slug}


def _no_such_service(request: HttpRequest, kwargs: dict[str, Any], detail: str) -> HttpResponse:
    """Where a slug that no published service has leads: to the service that had it, or that it has
    ended; else those that may be meant are near."""
    slug, match = kwargs["slug"], request.resolver_match
    found = candidates(Service.objects.with_an_address(), slug)
    meant = certain(found, slug)
    if meant and slug in (meant.slug, meant.former):
        if meant.ended_on and (service := Service.objects.ended_at(slug)):
            return _ended(request, service).response()
        if match and slug == meant.former:
            address = reverse(match.view_name, kwargs={**kwargs, "slug": meant.slug})
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    near = named(Edition.objects.public(), nearest(found, slug))
    return Problem(404, _("Not found"), detail, near=_with_pages(request, near)).response()


def _with_pages(request: HttpRequest, near: Sequence[NearService]) -> list[NamedService]:
    return [NamedService(**_named(request, each)) for each in near if each.edition]


def _ended(request: HttpRequest, service: Service) -> Problem:
    """The answer for a service that is offered no more."""
    day = formats.date_format(service.ended_on) if service.ended_on else ""
    told = _("“%(service)s” is not offered any more, since %(day)s.")
    detail = told % {"service": service.name, "day": day}
    instead = service.in_its_place()
    return Problem(
        410,
        _("Not offered any more"),
        f"{detail} {service.ended_note}".strip(),
        name=service.name,
        ended_on=service.ended_on,
        note=service.ended_note,
        successor=NamedService(**_named(request, instead)) if instead else None,
    )


def _page(request: HttpRequest, editions: QuerySet[Edition]) -> Page[Edition]:
    paginator = Paginator(editions, PAGE_SIZE)
    try:
        return paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Problem(
            404,
            _("No such page"),
            _("Set page to a number from 1 to %(last)d.") % {"last": paginator.num_pages},
        ) from error


def _neighbours(request: HttpRequest, page: Page[Edition]) -> dict[str, Any]:
    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return absolute(f"{request.path}?{query.urlencode()}", request)

    return {
        "count": page.paginator.count,
        "next": address(page.next_page_number()) if page.has_next() else None,
        "previous": address(page.previous_page_number()) if page.has_previous() else None,
    }


def _named(request: HttpRequest, service: Directory | NearService | Service) -> dict[str, str]:
    address = reverse("directory:service-detail", args=[service.slug])
    return {
        "slug": service.slug,
        "name": service.name,
        "url": absolute(address, request),
    }


def _service_summary(
    request: HttpRequest, edition: Edition, at: datetime, query: str
) -> ServiceSummary:
    directory = resolve(edition, at)
    service = service_state(directory.channels)
    ordinary, critical = service.of_ordinary, service.critical
    return ServiceSummary(
        **_named(request, directory),
        state=ordinary.state or Status.UNKNOWN,
        until=ordinary.until,
        next_open=ordinary.next_open,
        critical=_critical(critical) if critical else None,
        edition=edition.number,
        published_at=directory.edition.published_at,
        matches=tuple(edition_hits(edition, directory, query)),
    )


def _critical(answering: AnsweringState) -> CriticalState:
    return CriticalState(
        state=answering.state or Status.UNKNOWN,
        until=answering.until,
        next_open=answering.next_open,
    )


def _stamp(request: HttpRequest, slug: str, entry: history.Entry) -> dict[str, Any]:
    edition = entry.edition
    address = reverse("api:edition-detail", args=[slug, edition.number])
    return {
        "number": edition.number,
        "published_at": timezone.localtime(edition.published_at),
        "digest": edition.digest,
        "url": absolute(address, request),
        # Of erased contents, a digest would let their few unknown digits be guessed.
        "document_digest": None if edition.is_withdrawn else edition.document_digest,
        "withdrawn_at": edition.withdrawn_at and timezone.localtime(edition.withdrawn_at),
        "summary": entry.summary,
    }
