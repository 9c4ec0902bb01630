"""Everybody can use the back office: every page of it, found by following its links."""

from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.urls.exceptions import Resolver404

from tests.browser import unlinked_pages
from tests.browser.tools import settle, wait_until

# Boxes that search are named by their label and what is chosen, soon after the page is there.
NAMED = "!document.querySelector('[role=combobox]:not([aria-labelledby*=\" \"])')"
PHONE = {"width": 360, "height": 800}
# A desk of 1280 pixels at 200 %, and a small phone: WCAG 2.2, 1.4.4 and 1.4.10.
NARROW = (640, 320)
# Leaves the back office, or the account.
LEFT_OUT = ("logout", "jsi18n", "autocomplete", "view_on_site")


def view_of(address):
    """The name of the view at an address of the back office; None of another address."""
    path = urlsplit(address).path
    if not path.startswith("/admin/") or "." in path:  # a file to download
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return path
    return None if match.url_name in LEFT_OUT or not match.url_name else match.view_name


def links_of(page):
    return page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")


def faults(page, violations):
    """What stands in somebody's way on the open page; an empty list if nothing does."""
    unlinked_pages.unfold(page)
    settle(page)
    wait_until(page, NAMED)
    found = violations(page)
    for width in NARROW:
        page.set_viewport_size({**PHONE, "width": width})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"scrolls sideways at {width}")
    page.set_viewport_size(PHONE)
    return found


def test_every_page_is_accessible_in_both_schemes_and_at_every_width(sign_in, violations):
    desk = sign_in(bypass_csp=True, viewport=PHONE)
    page, wrong = desk.page, {}
    seen, to_visit = {"admin:index"}, deque([f"{desk.site}/admin/"])
    while to_visit:
        address = to_visit.popleft()
        response = page.goto(address)
        found = faults(page, violations)
        if response.status != 200:
            found.append(response.status)
        if found:
            wrong[urlsplit(address).path] = found
        for link in links_of(page):
            view = view_of(link) if link.startswith(desk.site) else None
            if view and view not in seen:
                seen.add(view)
                to_visit.append(link)
    assert wrong == {}
    assert len(seen) > 60, sorted(seen)


@pytest.mark.parametrize("part", unlinked_pages.PARTS)
def test_pages_that_no_link_leads_to_are_accessible(sign_in, violations, part):
    desk = sign_in(bypass_csp=True, viewport=PHONE)
    found = {}
    for opened in unlinked_pages.PARTS[part]:
        opened(desk)
        found[opened.__name__] = faults(desk.page, violations)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
