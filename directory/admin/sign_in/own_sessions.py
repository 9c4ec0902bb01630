"""Where somebody is signed in: seen and ended by its owner."""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django_otp import DEVICE_ID_SESSION_KEY

from directory.admin.requests import staff
from directory.admin.second_factor.sessions import NONE_NEEDED, close_others
from directory.audit.log import note
from directory.models import Event, Session

AT_MOST = 50
# The first that is found in a user agent names it: they also name what they are compatible with.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chrome OS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


class Place(NamedTuple):
    """A session as it is shown."""

    session: Session
    device: str
    is_this: bool
    is_half: bool


def device_in_words(agent: str) -> str:
    """“Chrome on Windows”: what a user agent says that it is."""
    browser, system = _first(BROWSERS, agent), _first(SYSTEMS, agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown program")


def _first(names: Iterable[tuple[str, str]], agent: str) -> str:
    return next((name for sign, name in names if sign in agent), "")


def places_of(person: User, key: str | None = None) -> list[Place]:
    """Where somebody is signed in, the session with `key` first, then the last used. One query."""
    found = Session.objects.of(person).alive(timezone.now()).order_by("-used_at")[:AT_MOST]
    places = [
        Place(each, device_in_words(each.agent), each.session_key == key, _is_half(each))
        for each in found
    ]
    return sorted(places, key=lambda place: not place.is_this)


def _is_half(session: Session) -> bool:
    data = session.get_decoded()
    return not (data.get(DEVICE_ID_SESSION_KEY) or data.get(NONE_NEEDED))


@admin.site.admin_view
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """The own sessions; on POST end one or all others."""
    person = staff(request)
    if request.method == "POST":
        if name := request.POST.get("session"):
            ended = close_named(person, name, but=request.session.session_key)
        else:
            ended = close_others(request, person)
        text = ngettext("%(count)d session was closed.", "%(count)d sessions were closed.", ended)
        messages.success(request, text % {"count": ended})
        note(Event.SESSION_ENDED, by=person, request=request, about=person, count=ended)
        return redirect("backoffice:sessions")
    places = places_of(person, request.session.session_key)
    context = {
        **admin.site.each_context(request),
        "above": [(reverse("backoffice:account"), _("My account"))],
        "title": _("Where you are signed in"),
        "places": places,
        "has_others": len(places) > 1,
    }
    return TemplateResponse(request, "admin/people/sessions.html", context)


def close_named(person: User, name: str, but: str | None = None) -> int:
    """End the session of a person that `Session.name` stands for, but not the one with the key
    `but`: who sits there signs out; how many that were."""
    keys = [each.session_key for each in Session.objects.of(person, but) if each.name == name]
    ended, _rows = Session.objects.filter(session_key__in=keys).delete()
    return ended
