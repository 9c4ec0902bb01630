"""Back to the same place: a form that was opened from another page leads there when it is done.

A link to a form carries, as `?_back=`, the address that it stands on, with the anchor of its row.
The form keeps it, hidden, through previews, errors and conflicts; saving, deleting and its link
“Back” lead there. Links are made by `with_way_back`; only pages of the back office are led to.
"""

import re
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote as unquote_key
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _

BACK = "_back"
# In characters. What is longer is no address that the back office made.
LONGEST = 1500
# Sent by buttons after which people go on working on the form.
STAYS = ("_continue", "_addanother", "_saveasnew")
FORMS = ("_add", "_change", "_delete", "contactreport_close")
# Addresses that are no pages.
NO_PAGES = frozenset(["autocomplete", "jsi18n", "login", "logout", "view_on_site"])
# Backslashes, which browsers read as slashes; blanks and control characters; steps upwards.
STRANGE = re.compile(r"[\\\x00-\x20\x7f]|(^|/)\.\.?(/|$)")


class WayBack(NamedTuple):
    """Where a form leads when it is done; `name` is empty where the page has none."""

    url: str
    name: str


def with_way_back(url: str, origin: HttpRequest | str, anchor: str = "") -> str:
    """The address `url` of a form, which leads back to `origin`: the page of this request, or its
    address; there to the element with the id `anchor`. Of another address than that of a form, the
    address itself: only forms keep the way."""
    target = _page(url)
    if target is None or not (target.url_name or "").endswith(FORMS):
        return url
    came_from = origin.get_full_path() if isinstance(origin, HttpRequest) else origin
    came_from, _hash, own_anchor = came_from.partition("#")
    if len(came_from) > LONGEST // 3:
        # Of a long way only the last step.
        came_from = _without(came_from)
    anchor = anchor or own_anchor
    back = f"{came_from}#{anchor}" if anchor else came_from
    return _with(url, back)


def is_page(url: str) -> bool:
    """Whether this is the address of a page of the back office, on this site."""
    return _page(url) is not None


def of_request(request: HttpRequest) -> str:
    """Where the form of this request was opened from; empty if nobody said, or not on this site."""
    for sent in (request.POST, request.GET):
        if BACK in sent:
            url = sent[BACK]
            return url if is_page(url) else ""
    return ""


def name_of(request: HttpRequest, url: str) -> str:
    """What a page of the back office is called, in words; empty if it has no name, or one that the
    user may not read. At most one query."""
    match = _page(url)
    if match is None:
        return ""
    names = {
        "admin:index": _("Start page"),
        "admin:search": _("Search"),
        "backoffice:calendar": _("What is coming"),
    }
    if match.view_name in names:
        return names[match.view_name]
    model_admin: Any = getattr(match.func, "model_admin", None)
    if model_admin is None:
        return ""
    key = match.kwargs.get("object_id")
    if key is None:
        is_list = (match.url_name or "").endswith("_changelist")
        return str(capfirst(model_admin.opts.verbose_name_plural)) if is_list else ""
    row = _row(model_admin, request, key)
    may_read = row is not None and model_admin.has_view_or_change_permission(request, row)
    return str(row) if may_read else ""


def _row(model_admin: Any, request: HttpRequest, key: str) -> Model | None:
    row: Model | None
    try:
        row = model_admin.get_object(request, unquote_key(key))
    except (OverflowError, ValidationError, ValueError):
        return None
    return row


def _page(url: str) -> ResolverMatch | None:
    """The page at this address; None for what is no page of the back office."""
    if not url or len(url) > LONGEST or STRANGE.search(url):
        return None
    if not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return None
    path = unquote(urlsplit(url).path)
    if STRANGE.search(path) or not path.startswith(reverse("admin:index")):
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    # What has no name is for addresses that lead nowhere.
    return match if match.url_name and match.url_name not in NO_PAGES else None


def _with(url: str, back: str) -> str:
    """The address with this way back instead of another one."""
    parts = urlsplit(_without(url))
    query = "&".join(filter(None, [parts.query, urlencode({BACK: back})]))
    return urlunsplit(parts._replace(query=query))


def _without(url: str) -> str:
    """The address without a way back."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name == BACK for name, _value in pairs):
        return url
    kept = [(name, value) for name, value in pairs if name != BACK]
    return urlunsplit(parts._replace(query=urlencode(kept)))


class WayBackMixin(admin.ModelAdmin):
    """For models whose forms are opened from other pages: leads back to them."""

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        url = "" if context.get("is_popup") else of_request(request)
        if url:
            context["way_back"] = WayBack(url, name_of(request, url))
            if obj is not None:
                context["delete_url"] = _with(self._page_url("delete", obj), url)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        if url := of_request(request):
            context["way_back"] = WayBack(url, "")
        return super().render_delete_form(request, context)

    # Django's stubs name the class of the model.
    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return _led_back(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return _led_back(request, super().response_change(request, obj))

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        response = super().response_delete(request, obj_display, obj_id)
        match = _page(of_request(request))
        is_own = (
            match is not None
            and getattr(match.func, "model_admin", None) is self
            and match.kwargs.get("object_id") == str(obj_id)
        )
        return response if is_own else _led_back(request, response)

    def _page_url(self, page: str, obj: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[obj.pk])


def _led_back(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Where Django's answer leads, or back where the form was opened from; who goes on working on
    a form keeps the way."""
    url = of_request(request)
    if not url or IS_POPUP_VAR in request.POST or not isinstance(response, HttpResponseRedirect):
        return response
    if any(name in request.POST for name in STAYS):
        return HttpResponseRedirect(_with(response.url, url))
    return HttpResponseRedirect(url)
