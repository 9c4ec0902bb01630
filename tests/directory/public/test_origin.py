"""Which origin public addresses have: PUBLIC_URL, whatever host and scheme a request names."""

import json
import re

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import MONDAY_MORNING
from tests.factories import complete_service

pytestmark = pytest.mark.django_db

KNOWN = "https://soporte.example.com"
OF_THE_REQUEST = "Strict-Transport-Security", "X-Request-ID"
OTHER = "otro.example.com:8443"
PAGES = [
    "/", "/?q=mesa", "/servicios/mesa/", "/servicios/mesa/?request_type=todas",
    "/servicios/mesa/tarjeta/", "/servicios/mesa/ediciones/", "/servicios/mesa/ediciones/1/",
    "/servicios/mesa/ediciones/2/", "/servicios/mesa/ediciones/2/cambios/",
    "/servicios/mesa/ediciones/9/", "/servicios/mesa/cambios.atom", "/servicios/mesa/contactos.vcf",
    "/servicios/mesa/qr.svg", "/offline.html", "/servicios/nada/",
]  # fmt: skip
FILES = [
    "/robots.txt", "/sitemap.xml", "/sitemap-start.xml", "/sitemap-services.xml", "/offline.json",
    "/sw.js", "/api/v1/openapi.json", "/api/v1/services/", "/api/v1/services/?page=2&q=mesa",
    "/api/v1/services/mesa/", "/api/v1/services/mesa/now/", "/api/v1/services/mesa/editions/",
    "/api/v1/services/mesa/editions/?page=2", "/api/v1/services/mesa/editions/1/",
]  # fmt: skip


@pytest.fixture
def mesa(settings, monkeypatch):
    """A service with two editions, and lists with a service and an edition on each page."""
    monkeypatch.setattr("directory.api.views.PAGE_SIZE", 1)
    settings.PUBLIC_URL = KNOWN
    settings.ALLOWED_HOSTS = ["soporte.example.com", "otro.example.com"]
    complete_service(slug="aire", name="Mesa de aire")
    service = complete_service(slug="mesa", name="Mesa")
    publish(Service.objects.all())
    Service.objects.filter(pk=service.pk).update(introduction="Nueva")
    publish(Service.objects.all())
    return service


@time_machine.travel(MONDAY_MORNING, tick=False)
@pytest.mark.parametrize("path", [*PAGES, *(f"/en{path}" for path in PAGES), *FILES])
def test_the_host_of_a_request_enters_no_answer(client, mesa, path):
    known = client.get(path, headers={"host": "soporte.example.com"}, secure=True)
    other = client.get(path, headers={"host": OTHER})
    assert (other.status_code, other.content) == (known.status_code, known.content)
    headers = [
        {name: value for name, value in each.items() if name not in OF_THE_REQUEST}
        for each in (known, other)
    ]
    assert headers[0] == headers[1]
    assert b"otro.example.com" not in other.content


def addresses(client, path):
    text = client.get(path, headers={"host": OTHER}).content.decode().replace("\r\n ", "")
    return set(re.findall(r"https?://[\w.:]*example\.com[\w/.?=-]*", text))


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/servicios/mesa/", "/servicios/mesa/"),
        ("/servicios/mesa/", "/en/servicios/mesa/"),
        ("/servicios/mesa/", "/servicios/mesa/tarjeta/"),
        ("/servicios/mesa/cambios.atom", "/servicios/mesa/cambios.atom"),
        ("/servicios/mesa/cambios.atom", "/servicios/mesa/ediciones/2/cambios/"),
        ("/servicios/mesa/contactos.vcf", "/servicios/mesa/"),
        ("/robots.txt", "/sitemap.xml"),
        ("/sitemap.xml", "/sitemap-services.xml"),
        ("/sitemap-services.xml", "/en/servicios/mesa/"),
        ("/api/v1/services/", "/api/v1/services/?page=2"),
    ],
)
def test_addresses_begin_with_the_public_one(client, mesa, path, address):
    found = addresses(client, path)
    assert KNOWN + address in found
    assert [each for each in found if not each.startswith(KNOWN)] == []


def test_structured_data_and_the_description_of_the_api_name_the_public_origin(client, mesa):
    html = client.get("/servicios/mesa/", headers={"host": OTHER}).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    described = client.get("/api/v1/openapi.json", headers={"host": OTHER}).json()
    assert data["url"] == f"{KNOWN}/servicios/mesa/"
    assert described["servers"] == [{"url": KNOWN}]


def test_without_a_public_address_it_is_that_of_the_request(client, mesa, settings):
    settings.PUBLIC_URL = ""
    html = client.get("/servicios/mesa/", headers={"host": OTHER}).content.decode()
    assert f'rel="canonical" href="http://{OTHER}/servicios/mesa/"' in html


def test_no_visitor_can_set_the_origin(client, mesa):
    forged = {"config.origin": "https://x.example", "config-origin": "https://x.example"}
    assert b"x.example" not in client.get("/servicios/mesa/", headers=forged).content
