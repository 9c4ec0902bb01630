"""Places: where an office is, and how to get there, on pages and in files."""

import json
import re

import pytest

from directory.editions.publish import publish
from directory.models import Service
from tests.factories import (
    ChannelFactory,
    PhoneFactory,
    PlaceFactory,
    ServiceFactory,
    weekday_schedule,
)
from tests.html import Page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

MAP = "https://maps.app.goo.gl/sede"
LINES = "Carrera 19 # 34-93\nPiso 3, «Pasaje Bogotá»"
ONE_LINE = "Carrera 19 # 34-93, Piso 3, «Pasaje Bogotá»"


@pytest.fixture
def office():
    """A function that publishes an open office with a phone and, after it, a place."""

    def office(medium="office", **values):
        place = PlaceFactory(**{"label": "Sede", "address": LINES, "map_url": MAP, **values})
        ChannelFactory(
            service=ServiceFactory(slug="mesa", name="Mesa"),
            medium=medium,
            title="Ventanilla",
            contacts=[PhoneFactory(phone="+576017442727"), place],
            schedule=weekday_schedule(),
        )
        publish(Service.objects.all())
        return place

    return office


def places(client, path="/servicios/mesa/"):
    """The places that a page shows, in words, and the links to their maps."""
    html = client.get(path).content.decode()
    shown = [Page(each) for each in re.findall(r'(?s)<div class="where">.*?</div>', html)]
    return [(page.seen, page.links) for page in shown]


def test_office_gives_its_place_first_in_the_api(office, client):
    office()
    (channel,) = client.get("/api/v1/services/mesa/").json()["channels"]
    place, phone = channel["contacts"]
    known = {name: place[name] for name in ("kind", "value", "display", "href", "map")}
    assert known == {
        "kind": "address", "value": LINES, "display": ONE_LINE, "href": MAP, "map": MAP,
    }  # fmt: skip
    assert (phone["kind"], "map" in phone) == ("phone", False)


def test_what_is_no_office_keeps_the_order_of_its_contacts(office, client):
    office("mail")
    (channel,) = client.get("/api/v1/services/mesa/").json()["channels"]
    assert [contact["kind"] for contact in channel["contacts"]] == ["phone", "address"]


def test_place_without_a_map_has_no_link_in_the_api(office, client):
    office(map_url="")
    (channel,) = client.get("/api/v1/services/mesa/").json()["channels"]
    assert (channel["contacts"][0]["href"], channel["contacts"][0]["map"]) == ("", None)


@pytest.mark.parametrize("map_url", [MAP, ""])
def test_page_says_where_and_how_to_get_there_among_who_answers_now_and_in_the_table(
    office, client, map_url
):
    office(map_url=map_url)
    way, links = (" Cómo llegar: Sede", [map_url]) if map_url else ("", [])
    lines = LINES.replace("\n", " ")
    assert places(client) == [
        (f"Dónde Sede {lines}{way}", links),
        (f"Dónde {lines}{way}", links),
    ]
    assert places(client, "/servicios/mesa/tarjeta/") == places(client)[:1]
    html = client.get("/servicios/mesa/").content.decode()
    assert "Carrera 19 # 34-93<br>Piso 3" in html


def test_list_shows_where_an_open_office_is(office, client):
    office(map_url="")
    html = client.get("/").content.decode()
    shown = re.search(r'(?s)<ul class="open-now">.*?</ul>', html)[0]
    assert words(shown) == f"Dirección física {ONE_LINE} Sede · Ventanilla"


@pytest.mark.parametrize("text", ["pasaje bogota carrera", "34-93 piso", ONE_LINE, "PASAJE"])
def test_search_finds_a_place_by_its_words_whatever_lines_they_are_in(office, client, text):
    office()
    html = client.get("/", {"q": text}).content.decode()
    matched = re.search(r'(?s)<ul class="matched">.*?</ul>', html)[0]
    shown = f"Sede Dirección física {ONE_LINE} Ventanilla"
    assert words(matched) == f"{shown} Atiende ahora hasta las 7 p.m."


@pytest.mark.parametrize("number", ["193493", "34933"])
def test_search_takes_no_digits_of_a_place_for_a_number(office, client, number):
    office()
    assert "Ventanilla" not in client.get("/", {"q": number}).content.decode()


def test_vcard_has_the_lines_as_the_street(office, client):
    office()
    card = client.get("/servicios/mesa/contactos.vcf").content.decode().replace("\r\n ", "")
    lines = [line for line in card.split("\r\n") if line.startswith("item1.")]
    assert lines == [
        r"item1.ADR;TYPE=WORK:;;Carrera 19 # 34-93\nPiso 3\, «Pasaje Bogotá»;;;;",
        "item1.X-ABLabel:Sede",
    ]


def test_structured_data_has_the_place_of_an_office_with_its_hours(office, client):
    office()
    html = client.get("/servicios/mesa/").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    ((channel,), contacts) = data["availableChannel"], data["provider"]["contactPoint"]
    hours = channel["serviceLocation"].pop("openingHoursSpecification")
    assert channel == {
        "@type": "ServiceChannel",
        "name": "Ventanilla",
        "availableLanguage": ["es"],
        "serviceLocation": {
            "@type": "Place",
            "name": "Sede",
            "address": {"@type": "PostalAddress", "streetAddress": ONE_LINE},
            "hasMap": MAP,
        },
    }
    assert [contact["telephone"] for contact in contacts] == ["+576017442727"]
    assert hours == contacts[0]["hoursAvailable"]


def test_place_that_replaces_another_comes_with_its_own_map_and_day(client, office):
    new = PlaceFactory(address="Calle 26 # 57-83", map_url=f"{MAP}-nueva", verified_on="2026-11-20")
    office(verified_on="2026-11-01", replaced_by=new, replaced_on="2026-12-01")
    told = []
    for at in ("2026-11-30T08:00:00-05:00", "2026-12-01T08:00:00-05:00"):
        (channel,) = client.get("/api/v1/services/mesa/", {"at": at}).json()["channels"]
        told += [channel["contacts"][0], channel["contacts"][0]["changes"]]
    before, planned, after, nothing = told
    assert (before["map"], before["verified_on"]) == (MAP, "2026-11-01")
    for each in (planned, after):
        assert (each["map"], each["verified_on"]) == (f"{MAP}-nueva", "2026-11-20")
    assert nothing is None
