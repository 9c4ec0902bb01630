"""What programs know services and editions by: the same whatever is renamed or moved."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import override_settings

from directory.editions.publish import publish
from directory.models import FormerSlug, Service
from tests.directory.pages import MONDAY_MORNING, help_desk
from tests.factories import ChannelFactory, PhoneFactory, ServiceFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 4151: an authority, a date on which it was that, and what it chose.
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:[0-9a-f]{32}(/\d+)?")


@pytest.fixture
def desk(settings):
    settings.PUBLIC_URL = "https://soporte.example.com"
    with time_machine.travel(MONDAY_MORNING, tick=False):
        return help_desk()


def feed_ids(client, slug="mesa", **options):
    feed = ElementTree.fromstring(client.get(f"/servicios/{slug}/cambios.atom", **options).content)  # noqa: S314
    return [each.text for each in feed.iter(f"{ATOM}id")]


def card_ids(client, slug="mesa", prefix=""):
    cards = client.get(f"{prefix}/servicios/{slug}/contactos.vcf").content.decode()
    return re.findall(r"UID:(.*?)\r\n", cards.replace("\r\n ", ""))


def calendar_ids(client, slug="mesa"):
    return re.findall(
        r"UID:(.*?)\r\n", client.get(f"/servicios/{slug}/calendario.ics").content.decode()
    )


def test_ids_of_a_feed_are_tag_uris_with_the_host_and_day_of_the_first_edition(client, desk):
    Service.objects.update(introduction="Otra")
    publish(Service.objects.all())
    service, *entries = feed_ids(client)
    assert all(TAG.fullmatch(each) for each in (service, *entries))
    assert service.startswith("tag:soporte.example.com,2026-11-23:")
    assert entries == [f"{service}/2", f"{service}/1"]


def test_names_stay_whatever_is_renamed_or_moved(client, desk, settings):
    before = feed_ids(client), card_ids(client), calendar_ids(client)
    settings.PUBLIC_URL = "https://ayuda.example.org"
    settings.ORGANIZATION = replace(settings.ORGANIZATION, name="Otra S.A.S.")
    settings.ALLOWED_HOSTS = ["otro.example.com"]
    Service.objects.update(slug="soporte", name="Soporte")
    FormerSlug.objects.remember({desk.pk: "mesa"})
    publish(Service.objects.all())
    client.defaults["HTTP_HOST"] = "otro.example.com"
    feed = feed_ids(client, "soporte", secure=True)
    assert [feed[0], *feed[2:]] == before[0]
    assert card_ids(client, "soporte") == before[1]
    assert card_ids(client, "soporte", prefix="/en") == before[1]
    assert calendar_ids(client, "soporte") == before[2]


def test_services_have_names_of_their_own_also_in_another_directory(client, desk):
    ServiceFactory(slug="otra")
    with override_settings(PUBLIC_URL=""):
        publish(Service.objects.all())
    assert feed_ids(client, "otra")[0].startswith("tag:localhost,")
    assert not {*feed_ids(client), *card_ids(client)} & {
        *feed_ids(client, "otra"),
        *card_ids(client, "otra"),
    }


def test_each_level_has_a_card_of_its_own(client, desk):
    ids = card_ids(client)
    assert len({*ids}) == len(ids) == 3
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids)


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_cards_tell_planned_changes_in_words(client):
    line = PhoneFactory(
        phone="+576017442727",
        replaced_by=PhoneFactory(phone="+576017450000"),
        replaced_on=date(2026, 12, 1),
    )
    ChannelFactory(service__slug="mesa", contacts=[line])
    publish(Service.objects.all())
    card = client.get("/servicios/mesa/contactos.vcf").content.decode().replace("\r\n ", "")
    assert "601 744 2727 cambia el 1 de diciembre de 2026: 601 745 0000\\n" in card
    assert "+576017450000" not in card
    with time_machine.travel("2026-12-01T08:00:00-05:00", tick=False):
        card = client.get("/servicios/mesa/contactos.vcf").content.decode()
    assert ("cambia el" in card, "+576017450000" in card) == (False, True)


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_titles_of_entries_say_what_changed(client, desk):
    Service.objects.update(name="Mesa <b> & Cía", introduction="Nueva", is_international=True)
    publish(Service.objects.all())
    feed = ElementTree.fromstring(client.get("/servicios/mesa/cambios.atom").content)  # noqa: S314
    newest, first = [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")]
    assert newest == (
        "Edición 2: El servicio: «Mesa de Ayuda» pasa a llamarse «Mesa <b> & Cía», y 2 cambios más"
    )
    assert first == "Edición 1: Primera edición: 2 canales y 2 niveles de escalamiento"
