"""What public pages said once and say no more: until when, and what has taken its place."""

from collections import defaultdict
from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from directory.admin import found_places
from directory.admin.found_places import Sought
from directory.admin.search.results import Group, Result
from directory.answers.former_contacts import said_no_more
from directory.models import Edition

AT_MOST = 5
# Less stands in half of all pages.
SHORTEST = 3


def groups(request: HttpRequest, sought: Sought) -> Iterator[Group]:
    """The services whose earlier editions have what was sought and whose pages do not now. Six
    queries at most."""
    may_see = request.user.has_perms(["directory.view_service", "directory.view_edition"])
    if not may_see or len(sought.text) < SHORTEST:
        return
    last = list(said_no_more(Edition.objects.public(), sought.text, AT_MOST))
    if not last:
        return
    today: dict[str, list[str]] = defaultdict(list)
    for slug, sentence in found_places.what_is_there_now(sought):
        today[slug].append(sentence)
    yield Group(
        title=_("Pages said it once"),
        results=[_result(each, today[each.service.slug]) for each in last],
        # What it was, and until when, stands here alone.
        opens=False,
    )


def _result(edition: Edition, today: list[str]) -> Result:
    until = getattr(edition, "until", None)
    details = []
    if until is not None:
        values = {"number": edition.number, "day": date_format(localdate(until))}
        details.append(_("Edition %(number)d said it, until it was replaced on %(day)s.") % values)
    return Result(
        title=edition.service.name,
        url=reverse("admin:directory_service_change", args=[edition.service_id]),
        details=[*details, *today],
        public_url=edition.get_absolute_url(),
        history_url=reverse("directory:edition-list", args=[edition.service.slug]),
    )
