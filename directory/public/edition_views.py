"""The public pages of editions: the list, one as it was, what one changed."""

from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import (
    add_never_cache_headers,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from config.headers import embedded
from config.origin import absolute
from directory.answers import instants
from directory.answers.promised_times import times_table
from directory.answers.resolve import resolve
from directory.editions import history
from directory.editions.reading import read
from directory.models import Edition
from directory.models.editions import EditionQuerySet
from directory.public import views, well_known
from directory.public.archive import Today, archived_contacts
from directory.public.caching import for_a_day
from directory.public.file_views import qr_code
from directory.public.parameters import InstantForm
from directory.public.read_only import read_only

PAGE_SIZE = 25
LARGEST_NUMBER = 2**31 - 1


@read_only
def edition_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The editions of a service, newest first. `at`: leads to the one that was current then."""
    editions = _editions(slug)
    newest = views.current_edition(slug)
    form = InstantForm.from_query(request.GET)
    if form.is_bound and form.is_valid():
        at = form.cleaned_data["at"]
        edition = editions.in_force(at).first()
        if at > instants.now():
            form.add_error("at", _("That is still to come. Here is what the page has said so far."))
        elif edition is None:
            form.add_error("at", _("The page was not published yet then."))
        else:
            address = reverse("directory:edition-detail", args=[slug, edition.number])
            query = urlencode({"at": form.data["at"]})
            return HttpResponseRedirect(f"{address}?{query}")
    context = {"form": form, **_entries_page(request, editions)}
    return _page(request, "directory/editions/list.html", slug, newest, context)


@read_only
def edition_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Edition `number` as it was read when it was published, or at the instant `at` of its time."""
    editions = _editions(slug)
    edition, following = _with_following(editions, number)
    if edition is None:
        return _no_such_edition(request, slug, editions, number)
    newest = views.current_edition(slug) if following else edition
    context: views.Context = {"edition": edition, "is_current": following is None}
    if edition.is_withdrawn:
        return _page(
            request, "directory/editions/withdrawn.html", slug, newest, context, status=410
        )
    asked = _instant_of(request, edition, editions)
    context |= _archive(edition, newest, asked or edition.published_at)
    context |= {
        "asked": asked,
        "until": following and following.published_at,
        "signs_checkpoints": well_known.signs_checkpoints(),
    }
    return _page(request, "directory/editions/detail.html", slug, newest, context)


@read_only
@for_a_day
@embedded
def edition_qr(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The QR code (SVG) of the permanent address of an edition."""
    if not _editions(slug).filter(number=min(number, LARGEST_NUMBER)).exists():
        raise Http404
    return qr_code(absolute(reverse("directory:edition-detail", args=[slug, number]), request))


@read_only
def edition_changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What edition `number` changed, fact by fact."""
    editions = _editions(slug)
    edition = editions.filter(number=min(number, LARGEST_NUMBER)).first()
    if edition is None:
        return _no_such_edition(request, slug, editions, number)
    newest = views.current_edition(slug)
    if not edition.is_withdrawn:
        # Of one that was altered nothing is told, as on its own page.
        read(edition)
    context = {"edition": edition, "entry": history.entry(edition)}
    return _page(request, "directory/editions/changes.html", slug, newest, context)


def _editions(slug: str) -> EditionQuerySet:
    return Edition.objects.public().filter(service__slug=slug)


def _with_following(
    editions: EditionQuerySet, number: int
) -> tuple[Edition | None, Edition | None]:
    """The edition with this number, and the one that came after it. One query."""
    number = min(number, LARGEST_NUMBER - 1)
    found = {each.number: each for each in editions.filter(number__in=(number, number + 1))}
    return found.get(number), found.get(number + 1)


def _archive(edition: Edition, newest: Edition, at: datetime) -> views.Context:
    """What the page of an edition shows: its directory as it read at the instant `at`, and of each
    contact what the current page gives for it."""
    directory = resolve(edition, at)
    today = Today(resolve(newest, instants.now()))
    ladder = [(each, archived_contacts(each, today)) for each in directory.escalation.levels]
    return {
        "directory": directory,
        "channels": [(each, archived_contacts(each, today)) for each in directory.channels],
        "ladder": ladder,
        "meanings": [kind for kind in directory.request_types if kind.description],
        "times_table": times_table(directory),
    }


def _no_such_edition(
    request: HttpRequest, slug: str, editions: QuerySet[Edition], number: int
) -> HttpResponse:
    """A 404 with the list of the editions that there are."""
    newest = views.current_edition(slug)
    context = {"number": number, **_entries_page(request, editions)}
    return _page(request, "directory/editions/missing.html", slug, newest, context, status=404)


def _entries_page(request: HttpRequest, editions: QuerySet[Edition]) -> views.Context:
    paginator = Paginator(editions.order_by("-number"), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    start = (page.number - 1) * PAGE_SIZE
    return {"page": page, "entries": history.entries(editions, start, start + PAGE_SIZE)}


def _instant_of(
    request: HttpRequest, edition: Edition, editions: EditionQuerySet
) -> datetime | None:
    """The instant that is asked about, if this edition was the current one then."""
    form = InstantForm.from_query(request.GET)
    if not form.is_valid() or form.cleaned_data["at"] > instants.now():
        return None
    at = form.cleaned_data["at"]
    return at if editions.in_force(at).filter(pk=edition.pk).exists() else None


def _page(
    request: HttpRequest,
    template: str,
    slug: str,
    newest: Edition,
    context: views.Context,
    status: int = 200,
) -> HttpResponse:
    """The page; kept out of search engines, which shall find the current directory."""
    context |= {
        "slug": slug,
        "newest": newest,
        # The current edition is never withdrawn. Pages with a directory do not ask for it.
        "service_name": SimpleLazyObject(lambda: read(newest).name),
        "is_staff": request.user.is_staff,
    }
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex"
    if context["is_staff"]:
        add_never_cache_headers(response)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response
