"""Parts of pages that are made once: what reads alike elsewhere or later, and what does not."""

import pytest
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from directory.editions.publish import publish
from directory.models import Notice, Service
from directory.public.addresses import address_of
from directory.public.mirror_pages import KEY
from directory.public.urls import OF_SERVICE
from directory.public.views import service_detail
from tests.directory.pages import MONDAY_MORNING, get
from tests.factories import ChannelFactory, NoticeFactory, PhoneFactory, ServiceFactory

LATER = "2026-11-23T12:00:00-05:00"


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", [name for _end, _view, name in OF_SERVICE])
def test_addresses_are_those_of_django(name, language):
    with translation.override(language):
        for slug, number in [("mesa", 1), ("a-b_C-9", 7_310_594_000)]:
            args = (slug, number) if name in NUMBERED else (slug,)
            assert address_of(f"directory:{name}", *args) == reverse(f"directory:{name}", args=args)


NUMBERED = ("edition-detail", "edition-qr", "edition-changes")


def test_an_address_without_arguments_and_one_that_there_is_not():
    assert address_of("directory:service-list") == "/"
    with pytest.raises(NoReverseMatch):
        address_of("directory:nada", "mesa")


@pytest.fixture
def line(db):
    """A number of two services."""
    line = PhoneFactory(phone="+576017442727", label="Línea")
    for slug in ("una", "otra"):
        ChannelFactory(service=ServiceFactory(slug=slug), contacts=[line])
    publish(Service.objects.all())
    return line


def forms(page):
    """Where the page leads to of those who want to tell that a contact did not work."""
    return {link.partition("?")[0] for link in page.links if "/avisar/" in link}


def test_contacts_of_two_services_lead_to_the_form_of_each(client, line):
    for slug in ("una", "otra", "una"):
        assert forms(get(client, f"/servicios/{slug}/")) == {f"/servicios/{slug}/avisar/"}


def test_contacts_in_another_language_lead_to_its_form(client, line):
    assert forms(get(client, "/servicios/una/")) == {"/servicios/una/avisar/"}
    assert forms(get(client, "/en/servicios/una/")) == {"/en/servicios/una/avisar/"}


def test_a_copy_has_none_whatever_was_rendered_before(client, line):
    assert forms(get(client, "/servicios/una/")) != set()
    request = RequestFactory().get("/servicios/una/", **{KEY: True})
    assert "/avisar/" not in service_detail(request, "una").content.decode()
    assert forms(get(client, "/servicios/una/", at=LATER)) != set()


def test_a_notice_is_told_while_it_is_in_force(client, line):
    def words(at=MONDAY_MORNING):
        return get(client, "/servicios/una/", at=at).text.count("Línea caída")

    assert words() == 0
    NoticeFactory(contact_point=line, text="Línea caída", severity="information")
    publish(Service.objects.all())
    told = words()
    assert told > 0
    Notice.objects.all().delete()
    publish(Service.objects.all())
    assert (words(LATER), words()) == (0, 0)


def test_a_label_that_is_changed_reads_anew(client, line):
    assert "Línea" in get(client, "/servicios/una/").text
    line.label = "Central"
    line.save()
    publish(Service.objects.all())
    page = get(client, "/servicios/una/").text
    assert ("Central" in page, "Línea" in page) == (True, False)
