"""Every list that a page of the back office leads to, filtered, is one that may be asked for."""

from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
import time_machine
from django.contrib import admin
from django.urls import get_resolver

from tests.addresses import change_url, list_url
from tests.config.test_query_counts import Directory, routes
from tests.html import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(admin_user):
    """Before anybody signs in: at another time sessions have ended."""
    with time_machine.travel("2026-12-01T15:00:00Z", tick=False):
        directory = Directory(admin_user)
        directory.add(2)
        yield directory


def pages(directory):
    """All addresses of the back office, and the pages of the rows that lists have."""
    named = routes(get_resolver().url_patterns)
    found = {directory.address(*each) for each in named}
    found |= {change_url(row) for row in directory.rows.values() if row}
    return sorted(each for each in found if each.startswith("/admin/") and "logout" not in each)


def links_with_choices(client, address):
    """The addresses with something chosen in them that a page links to."""
    response = client.get(address, follow=True)
    if response.status_code != 200 or "html" not in response["Content-Type"]:
        return []
    at = response.redirect_chain[-1][0] if response.redirect_chain else address
    found = (urljoin(at, link) for link in Page(response.content.decode()).links)
    lists = {list_url(model) for model in admin.site._registry}
    return [each for each in found if urlsplit(each).query and urlsplit(each).path in lists]


def test_no_page_leads_to_a_list_that_is_refused(directory, admin_client):
    # Of links that choose by the same names one is followed.
    links = {
        (urlsplit(link).path, tuple(sorted({name for name, _ in parse_qsl(urlsplit(link).query)}))):
        (link, address)
        for address in pages(directory)
        for link in links_with_choices(admin_client, address)
    }  # fmt: skip
    assert len({path for path, _names in links}) > 5
    refused = {}
    for link, address in links.values():
        response = admin_client.get(link)
        is_whole_list = response.status_code == 302 and response["Location"].endswith("?e=1")
        if response.status_code >= 400 or is_whole_list:
            refused[link] = (response.status_code, address)
    assert refused == {}
