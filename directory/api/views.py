"""The JSON API: read-only, for everybody. `schema` describes it."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial, wraps
from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from config.origin import absolute, origin
from directory.answers import instants
from directory.answers.former_contacts import find_former
from directory.answers.near_services import (
    near_services,
)
from directory.answers.resolve import resolve
from directory.answers.search import find
from directory.answers.structures import Directory
from directory.answers.whom_to_contact import whom_to_contact
from directory.api.problems import Problem
from directory.api.schema import TITLE, openapi_document, operations
from directory.api.services import named_service, no_such_service, service_summary, with_pages
from directory.api.structures import (
    ApiIndex,
    EditionDetail,
    EditionPage,
    EditionSummary,
    FormerMatch,
    Proof,
    ServicePage,
)
from directory.editions import history, last_known
from directory.editions.current import current_of
from directory.editions.reading import AlteredEdition, at_its_address, read
from directory.editions.replica import from_replica
from directory.models import Edition, RequestType, Service
from directory.public.caching import MADE_AT, holding

PAGE_SIZE = 50
ALLOWED = "GET, HEAD, OPTIONS"


class Held(NamedTuple):
    """An answer, and until when it is the same for everybody who asks this; None: it is not."""

    answer: Any
    until: datetime | None
    # Its ETag, where that is not of its bytes alone.
    tag: str | None = None


def endpoint(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Turn a function that returns a structure, one that is Held or a response, or raises Problem
    or Http404, into a view."""

    read = from_replica(view)

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
            answer = read(request, *args, **kwargs)
            if isinstance(answer, HttpResponse):
                return answer
            answer, until, tag = answer if isinstance(answer, Held) else Held(answer, None)
        except Problem as problem:
            return problem.response()
        except Http404 as error:
            return no_such_service(request, kwargs, str(error))
        response = HttpResponse(
            msgspec.json.encode(answer),
            content_type="application/json; charset=utf-8",
            headers={"Cache-Control": "public, no-cache", **({"ETag": tag} if tag else {})},
        )
        return holding(response, until) if until else response

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
def service_list(request: HttpRequest) -> Held:
    """The published services, or those that `q` finds, with their state at an instant."""
    at, query = _instant(request), request.GET.get("q", "").strip()
    editions = Edition.objects.public()
    found = find(editions.current(), query)
    if query or request.GET.get("page", "1") != "1":
        page = _page(request, found)
    else:
        page = last_known.first_page(found, PAGE_SIZE)
    former = find_former(editions, query, at)
    is_found = page.paginator.count or former
    near = [] if is_found else near_services(Service.objects.with_an_address(), editions, query)
    directories = [(edition, _resolved(edition, at)) for edition in page]
    ends = [each.holds_until if each else None for _edition, each in directories]
    until = min(filter(None, ends), default=None)
    answer = ServicePage(
        known_at=_known_at(),
        **_neighbours(request, page),
        holds_until=until,
        results=[service_summary(request, *each, query) for each in directories],
        former=[
            FormerMatch(**named_service(request, each.directory), matches=tuple(each.hits))
            for each in former
        ],
        near=with_pages(request, near),
    )
    # What was searched for is made for who asks, and what was altered may be mended any time.
    is_same = "q" not in request.GET and None not in ends
    return _held(request, answer, until if is_same else None)


@endpoint
def service_detail(request: HttpRequest, slug: str) -> Held:
    """The current directory of a service, at an instant."""
    at = _instant(request)
    directory = resolve(_current_edition(slug), at)
    told = msgspec.structs.replace(directory, known_at=_known_at())
    return _held(request, told, directory.holds_until, _tag(told))


@endpoint
def service_now(request: HttpRequest, slug: str) -> Held:
    """Whom to contact at an instant, for a type of request or, where none is given, in general."""
    at = _instant(request)
    directory = resolve(_current_edition(slug), at)
    code = _request_type(request, directory)
    # Others are known from rows, which no edition tells.
    is_named = not code or code in _named_types(directory)
    until = directory.holds_until if is_named else None
    answer = whom_to_contact(directory, code)
    return _held(request, msgspec.structs.replace(answer, known_at=_known_at()), until)


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
        document=None if edition.is_withdrawn else read(edition),
        changes=entry.changes,
        proof=_proof(entry),
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


def _held(
    request: HttpRequest, answer: Any, until: datetime | None, tag: str | None = None
) -> Held:
    """What speaks of another instant is made for who asks."""
    return Held(answer, None if "at" in request.GET else until, tag)


def _tag(directory: Directory) -> str:
    """An ETag that tells what is the same in all processes, and behind it the second that each of
    them says (`rendered.answers`)."""
    alike = msgspec.structs.replace(directory, at=directory.holds_until)
    digest = hashlib.blake2b(msgspec.json.encode(alike), digest_size=16).hexdigest()
    return f'"{digest}{MADE_AT}{directory.at.timestamp():.0f}"'


def _named_types(directory: Directory) -> set[str]:
    return {kind.code for kind in directory.request_types}


def _request_type(request: HttpRequest, directory: Directory) -> str:
    code = request.GET.get("request_type")
    if code is None:
        return ""
    if code in _named_types(directory):
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
    edition = last_known.current(slug, partial(current_of, slug))
    if edition is None:
        raise Http404(_no_service(slug))
    return at_its_address(edition, slug)


def _known_at() -> datetime | msgspec.UnsetType:
    """Since when is known what is answered, while the database is away."""
    since = last_known.known_at()
    return timezone.localtime(since) if since else msgspec.UNSET


def _no_service(slug: str) -> str:
    return _("There is no service “%(slug)s”.") % {"slug": slug}


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


def _resolved(edition: Edition, at: datetime) -> Directory | None:
    """What an edition says; None where it is not what was published."""
    try:
        return resolve(edition, at)
    except AlteredEdition:
        return None


def _stamp(request: HttpRequest, slug: str, entry: history.Entry) -> dict[str, Any]:
    edition = entry.edition
    address = reverse("api:edition-detail", args=[slug, edition.number])
    return {
        "number": edition.number,
        "published_at": timezone.localtime(edition.published_at),
        "digest": edition.digest,
        "url": absolute(address, request),
        "document_digest": edition.document_digest,
        "withdrawn_at": edition.withdrawn_at and timezone.localtime(edition.withdrawn_at),
        "summary": entry.summary,
    }


def _proof(entry: history.Entry) -> Proof:
    edition, is_public = entry.edition, not entry.edition.is_withdrawn
    is_first = edition.number == 1
    return Proof(
        service=edition.service_id,
        number=edition.number,
        published_at=edition.published_at.astimezone(UTC),
        published_by=edition.published_by_id,
        proposed_by=edition.proposed_by_id,
        document_digest=edition.document_digest,
        digest_before="" if is_first else entry.before.digest if entry.before else None,
        nonce=edition.nonce if is_public else None,
        text=edition.document if is_public else None,
    )
