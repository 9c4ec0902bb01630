"""What LANGUAGE_CODE, LANGUAGES and ORGANIZATION_LANGUAGE decide, on a site of other languages."""

import re
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.urls import clear_url_caches

from directory.editions.publish import publish
from directory.models import Service
from tests.factories import ChannelFactory, PhoneFactory, ServiceFactory
from tests.html import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def speak(settings):
    """Make these the languages of the site, the first those of addresses without a prefix."""

    def speak(*codes, organization="es"):
        settings.LANGUAGE_CODE = codes[0]
        settings.LANGUAGES = [(code, code) for code in codes]
        settings.ORGANIZATION = replace(settings.ORGANIZATION, language=organization)
        clear_url_caches()

    yield speak
    clear_url_caches()


@pytest.fixture(autouse=True)
def desk():
    phone = PhoneFactory(phone="+576017442727", label="Línea")
    ChannelFactory(service=ServiceFactory(slug="mesa", name="Mesa"), contacts=[phone])
    publish(Service.objects.all())


def languages_of(html):
    return re.findall(r'<html lang="(.*?)"', html)


def alternates_of(html):
    return re.findall(r'<link rel="alternate" hreflang="(.*?)" href="http://testserver(.*?)"', html)


def test_the_first_language_has_the_addresses_without_a_prefix(client, speak):
    speak("en", "es", "pt")
    expected = {"/": "en", "/es/": "es", "/pt/": "pt"}
    for address, language in expected.items():
        html = client.get(f"{address}servicios/mesa/").content.decode()
        assert languages_of(html) == [language]
        assert alternates_of(html) == [
            *((code, f"{prefix}servicios/mesa/") for prefix, code in expected.items()),
            ("x-default", "/servicios/mesa/"),
        ]
    assert client.get("/api/v1/services/mesa/")["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("organization", "marked", "number"),
    [
        ("es", {"/": "es", "/es/": ""}, {"/": "+57 601 744 2727", "/es/": "601 744 2727"}),
        ("es-CO", {"/": "es-CO", "/es/": ""}, {"/": "+57 601 744 2727", "/es/": "601 744 2727"}),
        ("en", {"/": "", "/es/": "en"}, {"/": "601 744 2727", "/es/": "+57 601 744 2727"}),
    ],
)
def test_texts_are_marked_as_what_staff_write_and_numbers_are_for_readers_elsewhere(
    client, speak, organization, marked, number
):
    speak("en", "es", organization=organization)
    for address, language in marked.items():
        html = client.get(f"{address}servicios/mesa/").content.decode()
        lang = f' lang="{language}"' if language else ""
        assert f"<h1{lang}>Mesa</h1>" in html
        assert ("+57" in words(html)) == number[address].startswith("+57")


def test_one_language_is_offered_no_other(client, speak):
    speak("es")
    html = client.get("/servicios/mesa/").content.decode()
    assert (alternates_of(html), "hreflang" in html) == ([], False)
    assert 'class="languages"' not in html
    assert client.get("/pt/servicios/mesa/").status_code != 200


def test_worker_sitemaps_and_copy_have_these_languages(client, speak, tmp_path):
    speak("en", "pt")
    kept = client.get("/offline.json").json()["languages"]
    assert [(each["code"], each["list"], each["services"]) for each in kept] == [
        ("en", "/", ["/servicios/mesa/"]),
        ("pt", "/pt/", ["/pt/servicios/mesa/"]),
    ]
    sitemap = client.get("/sitemap-services.xml").content.decode()
    assert re.findall(r"<loc>http://testserver(.*?)</loc>", sitemap) == [
        "/servicios/mesa/",
        "/pt/servicios/mesa/",
    ]
    call_command("export_site", str(tmp_path / "copy"), verbosity=0)
    for path, language in {"": "en", "pt/": "pt"}.items():
        html = (tmp_path / f"copy/{path}servicios/mesa/index.html").read_text("utf-8")
        assert languages_of(html) == [language]
    assert not (tmp_path / "copy/es").exists()
