"""All public addresses: methods, headers, odd queries, what is not there, whose site it is."""

import re
from dataclasses import replace

import pytest
import time_machine
from django.conf import settings

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import SUNDAY_NIGHT, get, help_desk, published
from tests.factories import ChannelFactory

pytestmark = pytest.mark.django_db


UNKNOWN = [
    "/servicios/no-existe/", "/nada/", "/servicios/%00/", "/servicios/uno/nada/",
    "/servicios/../admin", "/servicios/" + "x" * 5000 + "/", "/en/nada/", "/eo/", "/%FF%FE/",
    "/servicios/..%2f/",
]  # fmt: skip


@pytest.mark.parametrize("path", UNKNOWN)
def test_unknown_address_gets_a_page_that_helps(client, path):
    page = get(client, path, status=404)
    start = "/en/" if path.startswith("/en/") else "/"
    wanted = {("action", start), ("name", "q"), ("role", "search"), ("content", "noindex")}
    assert wanted - set(page.attributes) == set()
    assert ("form" in page.tags, start in page.links) == (True, True)


def test_draft_does_not_leak(client):
    service = published(slug="uno", name="Secreto")
    assert "Secreto" in get(client, "/").text
    Service.objects.update(is_published=False)
    assert "Secreto" not in get(client, service.get_absolute_url(), status=404).text
    assert "Secreto" not in get(client, "/").text
    assert [link for link in get(client, "/", q="Secreto").links if "uno" in link] == []


ODD_QUERIES = [
    "q=%00", "q=%FF%FE", "q=" + "x" * 5000, "q=%25%5F", "q=%27%20OR%201=1", "q=%3Cscript%3E",
    "q[]=a&q=b&q=c", "page=0", "page=-1", "page=" + "9" * 5000, "page=x", "page=%00", "page=",
    "page=1.5", "at=mañana", "&&&===", "%", "q=%ED%A0%80", "q=%E2%80%AE%E2%80%8B",
    ";".join(["a=1"] * 50), "request_type=" + "x" * 8000, "request_type=%ff%fe", "page=1&page=2",
    "%00=%00",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD_QUERIES)
@pytest.mark.parametrize("path", ["/", "/servicios/uno/", "/servicios/uno/tarjeta/", "/en/"])
def test_odd_query_strings_are_answered_with_the_page(client, path, query):
    ChannelFactory(service__slug="uno")
    publish(Service.objects.all())
    assert get(client, f"{path}?{query}").tags.count("h1") == 1


def test_thousands_of_parameters_are_passed_over(client):
    query = "&".join(f"a{n}=1" for n in range(3000))
    assert get(client, f"/?{query}").tags.count("h1") == 1


ADDRESSES = [
    "/", "/servicios/uno/", "/en/servicios/uno/", "/servicios/uno/ediciones/",
    "/servicios/uno/ediciones/1/", "/servicios/uno/ediciones/1/cambios/",
    "/servicios/uno/cambios.atom", "/servicios/uno/contactos.vcf", "/servicios/uno/qr.svg",
    "/servicios/uno/tarjeta/", "/robots.txt", "/favicon.ico", "/sitemap.xml",
    "/sitemap-services.xml", "/sw.js", "/brand.css", "/brand/logo.svg", "/healthz", "/readyz",
]  # fmt: skip


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_pages_are_only_read_whether_or_not_somebody_forges_a_form(client, method):
    ChannelFactory(service__slug="uno")
    publish(Service.objects.all())
    client.handler.enforce_csrf_checks = True
    answers = {path: client.generic(method, path) for path in ADDRESSES}
    told = {path: (each.status_code, each["Allow"]) for path, each in answers.items()}
    assert told == dict.fromkeys(ADDRESSES, (405, "GET, HEAD"))


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_head_has_the_etag_of_get_and_knows_it_again(client):
    ChannelFactory(service__slug="uno")
    publish(Service.objects.all())
    path = "/servicios/uno/ediciones/1/cambios/"
    etag = client.get(path)["ETag"]
    assert client.head(path)["ETag"] == etag
    again = client.head(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


POLICY = [
    "base-uri 'none'", "connect-src 'self'", "default-src 'none'", "font-src 'self'",
    "form-action 'self'", "frame-ancestors 'none'", "img-src 'self' data:", "manifest-src 'self'",
    "script-src 'self'", "style-src 'self'",
]  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/servicios/uno/", "/servicios/nada/", "/admin/login/"])
def test_security_headers(client, path):
    published(slug="uno")
    response = client.get(path)
    assert sorted(response["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: response[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["/", "/servicios/uno/"])
def test_public_pages_set_no_cookie(client, path):
    published(slug="uno", name="Clave")
    response = client.get(path)
    assert "Clave" in response.content.decode()
    assert response.cookies == {}


def test_pages_without_a_prefix_are_spanish_whatever_the_browser_prefers(client):
    service = published()
    response = client.get(service.get_absolute_url(), headers={"accept-language": "en"})
    assert response["Content-Language"] == "es"
    assert '<html lang="es" ' in response.content.decode()


def test_brand_colour_is_a_style_sheet_without_a_query(client, settings, django_assert_num_queries):
    settings.ORGANIZATION = replace(settings.ORGANIZATION, brand_color="#112233")
    with django_assert_num_queries(0):
        response = client.get("/brand.css")
    assert (response.status_code, response["Content-Type"]) == (200, "text/css")
    assert "#112233" in response.content.decode()


def test_pages_name_the_organisation_of_the_settings(client, settings):
    settings.ORGANIZATION = replace(
        settings.ORGANIZATION,
        name="Otra S.A.S. <b>",
        logo_text="Otra",
        motto="Un lema & otro",
        url="https://otra.example.com",
    )
    page = get(client, "/")
    assert "Otra S.A.S. <b>" in page.text
    assert "Un lema & otro" in page.text
    assert page.by_class["logo"].startswith("Otra")
    assert "https://otra.example.com" in page.links


def test_no_template_names_the_organisation_of_the_example():
    found = [
        path.name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if re.search("certic[aá]mara", path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert found == []


@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_pages_are_kept_but_asked_for_again(client):
    help_desk()
    first = client.get("/servicios/mesa/")
    again = client.get("/servicios/mesa/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert (
        first["Cache-Control"]
        == again["Cache-Control"]
        == ("public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400")
    )


def test_canonical_address_leaves_the_query_out(client):
    help_desk()
    response = client.get("/servicios/mesa/?request_type=incidente-critico&utm_source=x")
    canonical = '<link rel="canonical" href="http://testserver/servicios/mesa/">'
    assert canonical in response.content.decode()
