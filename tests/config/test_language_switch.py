"""Every page leads to the same page in the other languages, those that tell of failures too."""

from datetime import date

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from directory.editions.publish import publish
from directory.models import ContactPoint, FormerSlug, Service
from tests.addresses import INDEX, list_url
from tests.directory.pages import published
from tests.directory.withdrawals import withdraw_edition
from tests.factories import ServiceFactory
from tests.html import Page
from tests.people import staff

pytestmark = pytest.mark.django_db
# What addresses begin with in each language.
PREFIXES = ("", *(f"{code}/" for code, _name in settings.LANGUAGES[1:]))


def switch(response):
    """The addresses that the header of a page leads to in other languages."""
    html = response.content.decode()
    nav = html.partition('class="languages"')[2].partition("</nav>")[0]
    return Page(nav).links


def in_others(path, own=""):
    """The addresses of a page in the languages besides the one whose addresses begin with `own`."""
    return [f"/{each}{path}" for each in PREFIXES if each != own]


@pytest.fixture
def service():
    """It has a withdrawn edition and a former slug; another service has ended."""
    service = published(slug="uno", name="Uno")
    FormerSlug.objects.create(slug="antes", service=service)
    service.name = "Otro"
    service.save()
    publish(Service.objects.all())
    withdraw_edition(service, 1)
    ServiceFactory(slug="fin", name="Fin", is_published=False, ended_on=date(2026, 3, 1))
    return service


PAGES = [
    ("", 200),
    ("?q=uno", 200),
    ("servicios/uno/", 200),
    ("servicios/uno/?request_type=x", 200),
    ("servicios/uno/ediciones/", 200),
    ("servicios/uno/ediciones/1/", 410),
    ("servicios/uno/ediciones/9/", 404),
    ("servicios/fin/", 410),
    ("servicios/Fi_n/nada/", 410),
    ("servicios/uno/nada/", 404),
    ("servicios/un0/", 404),
    ("nada", 404),
    ("nada/?q=1", 404),
    ("offline.html", 200),
]


@pytest.mark.parametrize(("path", "status"), PAGES)
def test_a_page_leads_to_itself_in_the_other_languages_and_back(service, client, path, status):
    for own in PREFIXES:
        page = client.get(f"/{own}{path}")
        assert (page.status_code, switch(page)) == (status, in_others(path, own))


@pytest.mark.parametrize("path", ["", "servicios/uno/", "nada/"])
def test_a_host_that_is_none_of_ours_is_answered_with_the_switch_too(service, client, path):
    for own in ("", "en/"):
        response = client.get(f"/{own}{path}", headers={"host": "unknown.example.com"})
        assert (response.status_code, switch(response)) == (400, in_others(path, own))


@pytest.mark.parametrize(("error", "status"), [(ZeroDivisionError, 500), (OperationalError, 503)])
def test_a_failure_is_answered_with_the_switch_too(client, monkeypatch, error, status):
    client.raise_request_exception = False

    def fail(*args):
        raise error

    monkeypatch.setattr("directory.public.views.find", fail)
    monkeypatch.setattr("directory.public.outage.is_outage", lambda e: type(e) is OperationalError)
    for own, path in (("", "?page=2"), ("en/", "")):
        response = client.get(f"/{own}{path}")
        assert (response.status_code, switch(response)) == (status, in_others(path, own))


def test_refusals_of_the_back_office_lead_to_the_list_in_the_others(admin_client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    refused = staff().get(list_url(Service))
    forged = Client(enforce_csrf_checks=True).post(f"{INDEX}login/", {})
    too_much = admin_client.post(list_url(ContactPoint), {"_selected_action": ["1", "2", "3", "4"]})
    responses = (refused, forged, too_much)
    assert [each.status_code for each in responses] == [403, 403, 413]
    assert [switch(each) for each in responses] == [in_others("")] * 3
