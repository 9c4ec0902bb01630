"""The page of the search."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.admin.found_places import Sought
from directory.admin.search import former, pages, rows
from directory.admin.search.results import Group, Result
from directory.contacts.text import tidy

# The parameter with which an exact result is listed instead of being opened.
LIST = "list"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What `q` finds, in groups. Opens what is called, or has the number, exactly as was typed, if
    that is one thing alone, and the only result."""
    sought = Sought.of(tidy(request.GET.get("q", "").replace("\0", " ")))
    is_asked = any(map(str.isalnum, sought.text))
    found = _found(request, sought) if is_asked else []
    only = _only(found)
    if only and LIST not in request.GET:
        if sum(len(group.results) for group in found) > 1:
            messages.info(request, _others(sought.text))
        return redirect(only.url)
    is_near = is_asked and not found
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "searched": sought.text,
        "groups": _near(request, sought) if is_near else found,
        "is_near": is_near,
    }
    return TemplateResponse(request, "admin/search/results.html", context)


def _found(request: HttpRequest, sought: Sought) -> list[Group]:
    return [
        *rows.groups(request, sought),
        *former.groups(request, sought),
        *pages.groups(request, sought),
    ]


def _near(request: HttpRequest, sought: Sought) -> list[Group]:
    return [*rows.near_groups(request, sought), *pages.near_groups(request, sought)]


def _only(found: list[Group]) -> Result | None:
    """The result to open at once, if there is one."""
    results = [result for group in found for result in group.results]
    exact = [result for result in results if result.is_exact]
    if len(exact) == 1:
        return exact[0]
    opens = len(results) == 1 and all(group.opens and not group.all_url for group in found)
    return results[0] if opens else None


def _others(text: str) -> str:
    url = f"{reverse('admin:search')}?{urlencode([('q', text), (LIST, '1')])}"
    words = _("“{text}” is this. {link}")
    link = format_html('<a href="{}">{}</a>', url, _("All that was found"))
    return format_html(words, text=text, link=link)
