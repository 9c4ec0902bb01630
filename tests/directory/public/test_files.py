"""A directory in other forms: vCards, QR code, card, JSON-LD, sitemap, robots."""

import json
import re
import uuid
from datetime import date
from html import unescape
from xml.etree import ElementTree

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Service
from directory.public import vcard
from tests.directory.pages import MONDAY_MORNING
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    EscalationContactFactory,
    EscalationPolicyFactory,
    ExceptionFactory,
    FaxFactory,
    PhoneFactory,
    PlaceFactory,
    RequestTypeFactory,
    ServiceFactory,
    WebFactory,
    complete_service,
    weekday_schedule,
)

pytestmark = pytest.mark.django_db


def desk_with_commas():
    service = ServiceFactory(slug="mesa", name="Mesa, de; Ayuda")
    channel = ChannelFactory(
        service=service,
        title="Telefónico",
        schedule=weekday_schedule(code="oficina"),
        contacts=[EmailFactory(email="a@example.com", label="Correo")],
    )
    ChannelContactFactory(
        channel=channel,
        contact_point=PhoneFactory(phone="+576017442727", label="Línea"),
        extensions="1107, 0012",
        menu_options="Opción 2 - opción 4",
        position=1,
    )
    whatsapp = PhoneFactory(kind="whatsapp", phone="+573184872656", label="WA")
    level = EscalationContactFactory(name="Supervisión", person="Ana Ruiz", contacts=[whatsapp])
    EscalationPolicyFactory(service=service, levels=[level])
    publish(Service.objects.all())
    return service


def unfolded(text):
    assert text.endswith("\r\n")
    assert [line for line in text.split("\r\n") if len(line.encode()) > 75] == []
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def card_id(suffix):
    [identity] = Service.objects.get().editions.values_list("identity", flat=True)
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{identity} card{suffix}"))


# ---- vCards --------------------------------------------------------------------------------


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_vcards_are_what_phones_import(client):
    desk_with_commas()
    response = client.get("/servicios/mesa/contactos.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="mesa.vcf"'
    assert unfolded(response.content.decode()) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "UID:urn:uuid:" + card_id(""),
        "FN:Mesa\\, de\\; Ayuda",
        "N:Mesa\\, de\\; Ayuda;;;;",
        "ORG:Certicámara",
        "item1.EMAIL;TYPE=INTERNET,WORK:a@example.com",
        "item1.X-ABLabel:Correo",
        "item2.TEL;TYPE=WORK,VOICE:+576017442727",
        "item2.X-ABLabel:Línea",
        "item3.TEL;TYPE=WORK,VOICE:+576017442727,1107",
        "item3.X-ABLabel:Línea · ext. 1107",
        "item4.TEL;TYPE=WORK,VOICE:+576017442727,0012",
        "item4.X-ABLabel:Línea · ext. 0012",
        "URL:http://testserver/servicios/mesa/",
        "NOTE:Telefónico (Todas)\\nLunes a viernes: 7 a.m. a 7 p.m.\\n"
        "601 744 2727: Opción 2 - opción 4\\nEdición 1 del 2026-11-23",
        "REV:2026-11-23T08:00:00-0500",
        "END:VCARD",
        "BEGIN:VCARD",
        "VERSION:3.0",
        "UID:urn:uuid:" + card_id("-1"),
        "FN:Mesa\\, de\\; Ayuda · Primer escalamiento · Ana Ruiz",
        "N:Mesa\\, de\\; Ayuda · Primer escalamiento · Ana Ruiz;;;;",
        "ORG:Certicámara",
        "item1.TEL;TYPE=CELL:+573184872656",
        "item1.X-ABLabel:WA",
        "item2.URL:https://wa.me/573184872656",
        "item2.X-ABLabel:WA",
        "URL:http://testserver/servicios/mesa/",
        "NOTE:Primer escalamiento: Supervisión\\nEdición 1 del 2026-11-23",
        "REV:2026-11-23T08:00:00-0500",
        "END:VCARD",
    ]


def test_vcard_names_the_requests_of_what_is_for_critical_ones_alone(client):
    service = ServiceFactory(slug="mesa")
    critical = [RequestTypeFactory(code=f"p{n}", name=f"P{n}", is_critical=True) for n in (1, 2)]
    ordinary = RequestTypeFactory(code="p3", name="P3")
    for types, phone in (([*critical, ordinary], "+576017442727"), (critical, "+576017442728")):
        point = PhoneFactory(phone=phone, label="Línea")
        ChannelFactory(service=service, request_types=types, contacts=[point])
    publish(Service.objects.all())
    lines = unfolded(client.get("/servicios/mesa/contactos.vcf").content.decode())
    assert [line for line in lines if line.startswith("item")] == [
        "item1.TEL;TYPE=WORK,VOICE:+576017442727",
        "item1.X-ABLabel:Línea",
        "item2.TEL;TYPE=WORK,VOICE:+576017442728",
        "item2.X-ABLabel:P1\\, P2 · Línea",
    ]


def test_vcard_text_cannot_begin_a_line_of_its_own():
    assert vcard.escaped("a\r\nEND:VCARD\u2028b\x00,;\\") == "a\\nEND:VCARD\\nb \\,\\;\\\\"


# ---- Card, QR code -------------------------------------------------------------------------


def test_only_the_card_may_be_framed(client):
    desk_with_commas()
    card, page = client.get("/servicios/mesa/tarjeta/"), client.get("/servicios/mesa/")
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert "X-Frame-Options" not in card
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("language", ["", "en/"])
def test_page_has_the_code_that_frames_the_card(client, language):
    service = ServiceFactory(slug="mesa", name='"><script> & Cía')
    ChannelFactory(service=service)
    publish(Service.objects.all())
    page = client.get(f"/{language}servicios/mesa/").content.decode()
    [code] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert "<" not in code
    code, script = unescape(code).split("\n")
    assert re.sub(r' height="\d+"', "", code) == (
        f'<iframe src="http://testserver/{language}servicios/mesa/tarjeta/"'
        ' title="&quot;&gt;&lt;script&gt; &amp; Cía" width="100%" style="border: 0"'
        ' loading="lazy"></iframe>'
    )
    assert script == '<script src="http://testserver/card.js" async></script>'


def test_qr_code_is_an_image_of_the_address(client):
    desk_with_commas()
    response = client.get("/en/servicios/mesa/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    image = ElementTree.fromstring(response.content)  # noqa: S314 (it is our own)
    assert image.tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("path", ["contactos.vcf", "tarjeta/", "qr.svg"])
def test_each_costs_one_query_and_an_unpublished_service_has_none_of_them(
    client, path, django_assert_num_queries
):
    for _ in range(3):
        complete_service()
    slug = complete_service().slug
    publish(Service.objects.all())
    with django_assert_num_queries(1):
        assert client.get(f"/servicios/{slug}/{path}").content
    Service.objects.update(is_published=False)
    response = client.get(f"/servicios/{slug}/{path}")
    assert (response.status_code, "Content-Disposition" in response) == (404, False)


# ---- JSON-LD -------------------------------------------------------------------------------

# The properties of schema.org that we use, by type, and the types of their values.
SCHEMA = {
    "Service": {
        "name": str, "description": str, "url": str, "areaServed": str, "provider": "Organization",
        "availableChannel": "ServiceChannel",
    },
    "ServiceChannel": {"name": str, "availableLanguage": str, "serviceLocation": "Place"},
    "Place": {
        "name": str, "address": "PostalAddress", "hasMap": str,
        "openingHoursSpecification": "OpeningHoursSpecification",
        "specialOpeningHoursSpecification": "OpeningHoursSpecification",
    },
    "PostalAddress": {"streetAddress": str},
    "Organization": {"name": str, "url": str, "contactPoint": "ContactPoint"},
    "ContactPoint": {
        "name": str, "description": str, "url": str, "contactType": str, "telephone": str,
        "email": str, "availableLanguage": str, "contactOption": str, "faxNumber": str,
        "areaServed": str,
        "hoursAvailable": "OpeningHoursSpecification",
    },
    "OpeningHoursSpecification": {
        "dayOfWeek": str, "opens": str, "closes": str, "validFrom": str, "validThrough": str,
        "description": str,
    },
}  # fmt: skip


def faults(node):
    """What schema.org does not know in a node, or expects to be of another type."""
    known = SCHEMA[node["@type"]]
    for name, values in node.items():
        if name in ("@type", "@context", "@id"):
            continue
        for value in values if isinstance(values, list) else [values]:
            expected = known.get(name)
            if isinstance(value, dict):
                if value["@type"] != expected:
                    yield node["@type"], name
                yield from faults(value)
            elif expected is not str or not isinstance(value, str):
                yield node["@type"], name


def structured_data(client):
    html = client.get("/servicios/mesa/").content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_structured_data_is_of_schema_org(client):
    service = desk_with_commas()
    contacts = [WebFactory(), FaxFactory(), PlaceFactory(map_url="https://osm.org/1")]
    ChannelFactory(service=service, contacts=contacts, position=5)
    publish(Service.objects.all())
    data = structured_data(client)
    assert list(faults(data)) == []
    assert data["@id"] == "http://testserver/servicios/mesa/#service"
    assert data["provider"]["contactPoint"][1] == {
        "@type": "ContactPoint",
        "name": "Línea",
        "contactType": ["customer support", "technical support", "Todas"],
        "areaServed": "CO",
        "telephone": "+576017442727",
        "description": "Opción 2 - opción 4",
        "availableLanguage": ["es"],
        "hoursAvailable": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [
                    f"https://schema.org/{day}"
                    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
                ],
                "opens": "07:00",
                "closes": "19:00",
            }
        ],
    }


def test_structured_data_says_which_number_is_toll_free(client):
    phones = [PhoneFactory(phone="+5718000181531"), PhoneFactory(phone="+576017442727")]
    service = ServiceFactory(slug="mesa")
    ChannelFactory(service=service, contacts=[*phones, EmailFactory()])
    publish(Service.objects.all())
    data = structured_data(client)
    assert list(faults(data)) == []
    options = [point.get("contactOption") for point in data["provider"]["contactPoint"]]
    assert options == ["https://schema.org/TollFree", None, None]


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_structured_data_has_special_hours_with_their_days(client):
    desk_with_commas()
    ExceptionFactory(last_day=date(2026, 12, 25), reason="Navidad")
    publish(Service.objects.all())
    hours = structured_data(client)["provider"]["contactPoint"][0]["hoursAvailable"]
    assert hours[-1] == {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00",
        "closes": "00:00",
        "validFrom": "2026-12-24",
        "validThrough": "2026-12-25",
        "description": "Navidad",
    }


# ---- For search engines --------------------------------------------------------------------


def test_sitemap_has_every_published_service_in_each_language(client, settings):
    ServiceFactory(slug="uno")
    ServiceFactory(slug="dos", is_published=False)
    publish(Service.objects.all())
    index = client.get("/sitemap.xml").content.decode()
    sections = re.findall(r"<loc>http://testserver(.*?)</loc>", index)
    assert sections == ["/sitemap-start.xml", "/sitemap-services.xml"]
    pages = "".join(client.get(section).content.decode() for section in sections)
    found = re.findall(r"<loc>http://testserver(.*?)</loc>", pages)
    prefixes = ["", *(f"/{code}" for code, _name in settings.LANGUAGES[1:])]
    assert found == [f"{each}{page}" for page in ("/", "/servicios/uno/") for each in prefixes]


def test_robots_are_shown_the_sitemap(client):
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?q=",
        "Disallow: /*&q=",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_icon_is_found_without_reading_a_page(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (301, "/brand/icon.svg")


@pytest.mark.parametrize(("path", "label"), [("", "Huella"), ("en/", "Digest")])
def test_digest_is_labelled_like_its_neighbours(client, path, label):
    complete_service(slug="uno")
    publish(Service.objects.all())
    words = client.get(f"/{path}servicios/uno/").content.decode().split()
    assert f'<p class="digest"> {label} <code>' in " ".join(words)


def test_card_tells_how_to_reach_a_channel_without_contacts(client):
    ChannelFactory(
        service__slug="mesa",
        title="App",
        schedule=None,
        contacts=[],
        description="En el menú toque «Ayuda».",
    )
    publish(Service.objects.all())
    card = client.get("/servicios/mesa/contactos.vcf").content.decode().replace("\r\n ", "")
    assert "En el menú toque «Ayuda».\\nHorario no informado\\n" in card
