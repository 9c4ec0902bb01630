"""The public pages. Each is rendered from current editions alone."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from config.origin import absolute
from directory.answers import instants
from directory.answers.advice import Advice, AdviceState, advise, offered_choices
from directory.answers.escalating import levels_without_hours
from directory.answers.former_contacts import find_former
from directory.answers.near_services import NearService, near_services
from directory.answers.promised_times import times_table
from directory.answers.resolve import resolve
from directory.answers.search import LONGEST, find, parse_query
from directory.answers.search_hits import edition_hits
from directory.answers.sentences import state_detail, state_word
from directory.answers.structures import Directory
from directory.contacts.text import fold
from directory.editions import last_known
from directory.editions.current import current_of
from directory.editions.reading import AlteredEdition, at_its_address, read
from directory.models import Edition, Service
from directory.public import json_ld
from directory.public.addresses import address_of
from directory.public.caching import always_revalidated, holding
from directory.public.ended import called
from directory.public.parameters import request_type
from directory.public.read_only import read_only

PAGE_SIZE = 50
Context = dict[str, Any]


@read_only
@always_revalidated
def service_list(request: HttpRequest) -> HttpResponse:
    """All published services with their state now, or those that `q` finds."""
    query = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST]
    editions, now = Edition.objects.public(), timezone.localtime(instants.now())
    found, number = find(editions.current(), query), request.GET.get("page", "1")
    if query or number != "1":
        page = Paginator(found, PAGE_SIZE).get_page(number)
    else:
        page = last_known.first_page(found, PAGE_SIZE)
    former = find_former(editions, query, now)
    summaries = [_summary(edition, now, query) for edition in page]
    services = [each for each in summaries if "directory" in each]
    altered = [each["altered"] for each in summaries if "altered" in each]
    ended = list(called(query)) if query and page.number == 1 else []
    near = [] if summaries or former or ended else near_summaries(_near(query), now)
    shown = [each["directory"] for each in (*services, *near) if "directory" in each]
    by = _by_match if query else _by_initial if page.has_other_pages() else _by_state
    context: Context = {
        "query": query,
        "sought": parse_query(query) if query else None,
        "page": page,
        "now": now,
        "holds_until": min((each.holds_until for each in shown), default=None),
        "told": _told(services),
        "groups": by(services),
        "altered": altered,
        "former": former,
        "ended": ended,
        "near": near,
    }
    response = render(request, "directory/services/list.html", context)
    # What is beyond the last page shows the last one; what was altered may be mended any time.
    is_as_asked = request.GET.get("page", "1") == str(page.number)
    if query or altered or not is_as_asked:
        return response
    return holding(response, context["holds_until"])


@read_only
@always_revalidated
def service_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The current directory of a service. `request_type` is the code of what it is about."""
    context = page_context(request, current_edition(slug), instants.now())
    context["takes_reports"] = True
    context |= kept_true(context["directory"], context["answer"])
    response = render(request, "directory/service_detail.html", context)
    return while_it_holds(response, context["directory"], context["answer"])


@read_only
@always_revalidated
def offline(request: HttpRequest) -> HttpResponse:
    """What a browser shows without a connection instead of a page that it has not kept."""
    return render(request, "directory/offline.html")


def page_context(request: HttpRequest, edition: Edition, at: datetime) -> Context:
    """What a service's page needs to show `edition` as it reads at the aware instant `at`."""
    directory = resolve(edition, at)
    source = read(edition)
    answer = advise(directory, request_type(request.GET))
    url = absolute(address_of("directory:service-detail", directory.slug), request)
    return {
        "directory": directory,
        "choices": offered_choices(directory),
        "answer": answer,
        "meanings": [kind for kind in directory.request_types if kind.description],
        # With a choice each level tells the time of that alone.
        "times_table": None if answer.choice else times_table(directory),
        "without_hours": levels_without_hours(directory),
        "groups": [
            (title, list(channels))
            for title, channels in groupby(directory.channels, key=lambda channel: channel.title)
        ],
        "json_ld": json_ld.script_text(json_ld.service(directory, source, url)),
    }


def current_edition(slug: str) -> Edition:
    """The current edition of the published service with this slug; the last known one while the
    database is away. Raises Http404."""
    edition = last_known.current(slug, partial(current_of, slug))
    if edition is None:
        raise Http404(_("There is no service “%(slug)s”.") % {"slug": slug})
    return at_its_address(edition, slug)


def kept_true(directory: Directory, answer: Advice) -> Context:
    """What a page needs that is refreshed while it is read: until when it holds, and in a line
    whether somebody answers: “Atiende ahora, hasta las 7 p.m.”."""
    told = answer.sentence
    if not told and answer.lead:
        words = state_word(answer.lead), state_detail(answer.lead, directory.at)
        told = ", ".join(filter(None, words))
    return {"holds_until": directory.holds_until, "told": told}


def while_it_holds(response: HttpResponse, directory: Directory, answer: Advice) -> HttpResponse:
    """A response about a service, which holds as long as what is said of it; but not one about a
    type of request that the service does not name: of these there is no end."""
    if answer.is_unknown:
        return response
    return holding(response, directory.holds_until)


def _told(services: list[Context]) -> str:
    """How many services answer now."""
    number = sum(service["answer"].state is AdviceState.OPEN for service in services)
    return ngettext("%(number)d service answers now", "%(number)d services answer now", number) % {
        "number": number
    }


def _summary(edition: Any, at: datetime, query: str) -> Context:
    """What the list says of an edition of `find`, which adds `is_named`; of one that is not what
    was published nothing but its service."""
    try:
        directory = resolve(edition, at, contacts_as_asked=True)
    except AlteredEdition:
        return {"altered": edition.service}
    return {
        "directory": directory,
        "is_named": getattr(edition, "is_named", True),
        "hits": edition_hits(edition, directory, query) if query else [],
        "answer": advise(directory),
    }


def _near(query: str) -> list[NearService]:
    return near_services(Service.objects.with_an_address(), Edition.objects.public(), query)


def near_summaries(near: Iterable[NearService], at: datetime) -> list[Context]:
    """What a page says of services that may be meant: of those that have a page what the list says
    of them, at the aware instant `at`."""
    return [
        {"near": each, **(_summary(each.edition, at, "") if each.edition else {})} for each in near
    ]


def _by_match(services: list[Context]) -> list[Context]:
    """Services in groups with headings, in the order in which they were found: by their name, then
    by something else."""
    matches = groupby(services, key=lambda service: service["is_named"])
    return [
        {
            "heading": _("Found by name") if is_named else _("Found by contacts and texts"),
            "services": list(some),
        }
        for is_named, some in matches
    ]


def _by_state(services: list[Context]) -> list[Context]:
    """Services in groups with headings: what is answered now, from the most to the least; by name
    within."""
    headings = {
        AdviceState.OPEN: _("Answer now"),
        AdviceState.UNKNOWN: _("May answer now"),
        AdviceState.CRITICAL_ONLY: _("Critical incidents only"),
        AdviceState.CLOSED: pgettext("services", "Closed now"),
        AdviceState.NOBODY: _("Without channels"),
    }
    groups = [
        (heading, [service for service in services if service["answer"].state is state])
        for state, heading in headings.items()
    ]
    return [{"heading": heading, "services": some} for heading, some in groups if some]


def _by_initial(services: list[Context]) -> list[Context]:
    """Services of a page out of many in groups with headings, in the order of their names."""
    initials = groupby(services, key=lambda service: initial(service["directory"].name))
    return [{"heading": letter, "services": list(some)} for letter, some in initials]


def initial(name: str) -> str:
    """The heading under which an alphabetical list shows a name: its first letter without accent,
    or # for anything else."""
    letter = fold(name)[:1].upper()
    return letter if letter.isalpha() else "#"
