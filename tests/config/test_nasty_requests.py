"""Whatever is written into an address, no page answers with an error of ours. The addresses are
those of the site, so a new page cannot be forgotten."""

from urllib.parse import quote

import pytest
import time_machine
from django.contrib import admin
from django.urls import get_resolver

from tests.addresses import INDEX, list_url, page_url
from tests.config.test_query_counts import Directory, routes

pytestmark = pytest.mark.django_db

# As they stand in an address.
NASTY = {
    "nothing": "",
    "a NUL": "%00",
    "no UTF-8": "%ff%fe%c0%80",
    "half a character": "%ed%a0%80",
    "below zero": "-1",
    "zero": "0",
    "beyond 64 bits": str(2**64),
    "a number of 5,000 digits": "9" * 5_000,
    "digits of another script": quote("٣"),
    "no number": "NaN",
    "a list": "1,2,x,99999999999999999999,",
    "a pattern": quote("(a+)+$["),
    "an instant": "9999-12-31T23:59:59%2B23:59",
    "an instant of another zone": "2026-12-01T00:00:00-24:00",
    "markup": quote("<script>\"'\\%{{x}}%s{x}"),
    "a long text": "a" * 100_000,
    "many words": "a+" * 1_000,
    "many columns": "1." * 1_500,
}
# What pages read, ours and Django's.
NAMES = (
    *("q", "p", "o", "e", "all", "page", "at", "en", "lang", "request_type", "solicitud", "theme"),
    *("ids", "term", "app_label", "model_name", "field_name", "days", "first", "channel"),
    *("service", "contact_point", "schedule", "number", "known", "reported", "list", "level"),
    *("_popup", "_to_field", "_facets", "_back", "_row", "_changelist_filters", "state", "shown"),
)
# What lists read besides.
LOOKUPS = (
    *("id__in", "service__id__exact", "contact_point__id__exact", "groups__id__exact"),
    *("published_at__year", "published_at__month", "first_day__year", "first_day__day"),
    *("made_at__year", "kind__exact", "action__exact", "medium__exact", "always_open__exact"),
    *("owner__id__exact", "owner__isnull", "effect", "every_year__exact", "severity__exact"),
    *("due", "who", "kind", "unused", "when", "away"),
)


@pytest.fixture
def directory(admin_user):
    """Before anybody signs in: at another time sessions have ended."""
    with time_machine.travel("2026-12-01T15:00:00Z", tick=False):
        yield Directory(admin_user)


def some(index, of):
    """A few of all: others for the next page, so that each kind of page meets each value."""
    return [*NASTY.values()][index % of :: of]


def failed(client, addresses):
    """The addresses that are answered with an error of ours, each with what was raised."""
    client.raise_request_exception = False
    found = {
        address[:200]: repr(getattr(response, "exc_info", None))[:300]
        for address in addresses
        if (response := client.get(address)).status_code >= 500
    }
    assert client.get(INDEX).context["user"].is_superuser
    return found


def test_no_address_fails_for_what_is_asked_of_it(directory, admin_client):
    named = routes(get_resolver().url_patterns)
    pages = {directory.address(*each).partition("?")[0] for each in named}
    assert len(pages) > 100
    # Of each name another value, and of the next page again others.
    asked = [
        f"{page}?{'&'.join(f'{name}={value}' for name, value in zip(NAMES, values, strict=False))}"
        for index, page in enumerate(sorted(pages))
        for values in [[*NASTY.values(), *NASTY.values(), *NASTY.values()][index % len(NASTY) :]]
    ]
    assert failed(admin_client, asked) == {}


def test_no_list_fails_for_a_filter(directory, admin_client, admin_user, rf):
    rf_request = rf.get("/")
    rf_request.user = admin_user
    allowed = [
        (model, name)
        for model in admin.site._registry
        for name in LOOKUPS
        if admin.site.get_model_admin(model).lookup_allowed(name, "", rf_request)
    ]
    asked = [
        f"{list_url(model)}?{name}={value}"
        for index, (model, name) in enumerate(allowed)
        for value in some(index, of=4)
    ]
    assert len(asked) > 100
    assert failed(admin_client, asked) == {}


def test_no_page_fails_for_a_key(directory, admin_client):
    asked = [
        page_url(model, page, "KEY").replace("KEY", value)
        for index, model in enumerate(admin.site._registry)
        for page in ("change", "delete", "history")
        for value in some(index, of=6)
    ]
    assert failed(admin_client, asked) == {}


def test_no_path_fails(directory, admin_client):
    under = ("/servicios/", "/api/v1/services/", "/admin/", "/", "/en/")
    ends = ("", "/", "/ediciones/", "/ediciones/99999999999999999999/", "/now/", "/preview/")
    values = [*NASTY.values(), "%2e%2e", "//", "..;", "a%0d%0aX:y", "%25%30%30", "%F0%9F%98%80"]
    # Each value under some beginnings and before some ends, not their product.
    asked = {
        f"{under[(index + shift) % len(under)]}{value}{ends[(index * 2 + shift) % len(ends)]}"
        for index, value in enumerate(values)
        for shift in range(3)
    }
    assert failed(admin_client, asked) == {}
