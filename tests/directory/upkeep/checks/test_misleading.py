"""Addresses that can mislead are findings: of contact points, of texts, and before saving."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directory.models import ContactPoint, Finding, Service
from directory.upkeep.checks.runs import run_checks
from tests.addresses import add_url, change_url, page_url
from tests.factories import EmailFactory, PlaceFactory, WebFactory, complete_service
from tests.findings import accept
from tests.html import form_values, read, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

LOOKALIKE = "https://certic\u0430mara.com/"
ELSEWHERE = "https://evil.example/a"


@pytest.fixture
def listed(settings):
    """An organisation that says which hosts are its own."""
    organization = replace(settings.ORGANIZATION, hosts=("example.com", "ñandú.co"))
    settings.ORGANIZATION = organization


def found():
    """(code, level, field) of each finding about an address that can mislead."""
    run_checks()
    codes = ("lookalike_host", "link_shortener", "unlisted_host", "userinfo")
    all_codes = [*codes, *(f"{code}_in_text" for code in codes)]
    rows = Finding.objects.open().filter(code__in=all_codes).order_by("code")
    return [(each.code, each.level, each.field) for each in rows]


MISLEADING = {
    "lookalike_host": [LOOKALIKE, "https://xn--80ak6aa92e.com/", "mesa@certic\u0430mara.com"],
    "link_shortener": ["http://bit.ly/x", "https://www.tinyurl.com/abc", "https://wa.link/abc"],
}
UNLISTED = [
    ELSEWHERE,
    "https://example.com.evil.example/",
    "mesa@gmail.com",
    "https://notexample.com",
]
HONEST = [
    *("https://example.com/", "https://soporte.example.com/", "https://xn--and-6ma2c.co/"),
    *("https://web.certicamara.com/x", "mesa@example.com", "https://wa.me/message/ABC"),
    *("https://t.me/ejemplo", "https://play.google.com/store/apps/details?id=x"),
]


def point(address):
    if "@" in address:
        return EmailFactory(email=address)
    return WebFactory(url=address)


@pytest.mark.parametrize(
    ("code", "address"), [(code, each) for code, some in MISLEADING.items() for each in some]
)
def test_a_contact_point_that_misleads_is_an_error(code, address):
    field = point(address).value_field
    assert found() == [(code, "error", field)]


@pytest.mark.parametrize("address", UNLISTED)
def test_a_host_that_the_organisation_does_not_list_is_an_error(listed, address):
    field = point(address).value_field
    assert found() == [("unlisted_host", "error", field)]


@pytest.mark.parametrize("address", HONEST)
def test_hosts_of_the_organisation_and_of_the_kinds_are_no_findings(listed, address):
    point(address)
    assert found() == []


@pytest.mark.parametrize("address", UNLISTED)
def test_an_organisation_that_lists_no_hosts_is_not_flooded(address):
    point(address)
    assert found() == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"Vea {LOOKALIKE}.", "lookalike_host"),
        ("Escriba a mesa@certic\u0430mara.com", "lookalike_host"),
        ("Vea certic\u0430mara.com/pagos.", "lookalike_host"),
        ("Vea t.co", "link_shortener"),
        ("Entre a https://certicamara.com@evil.example/ ya", "userinfo"),
        ("Entre a http://bit.ly/x", "link_shortener"),
        ("Entre a bit.ly/x", "link_shortener"),
        ("Entre a www.bit.ly/x", "link_shortener"),
    ],
)
def test_links_of_texts_are_judged_alike(text, code):
    complete_service(introduction=text)
    assert (f"{code}_in_text", "error", "introduction") in found()


@pytest.mark.parametrize("text", ["orbit.ly/x", "mesa@bit.ly.example.com", "robot.com", "a.b/c"])
def test_what_only_looks_like_a_short_link_is_none(text):
    complete_service(introduction=text)
    assert found() == []


@pytest.mark.parametrize(
    ("map_url", "expected"),
    [
        ("https://maps.app.goo.gl/sede", []),
        ("https://www.google.com/maps/place/sede", []),
        ("https://example.com/sede", []),
        (ELSEWHERE, [("unlisted_host", "error", "map_url")]),
        ("https://bit.ly/sede", [("link_shortener", "error", "map_url")]),
    ],
)
def test_maps_may_lead_to_what_shows_maps_and_nowhere_else(listed, map_url, expected):
    PlaceFactory(map_url=map_url)
    assert found() == expected


def test_links_of_texts_are_compared_with_the_hosts_of_the_organisation(listed):
    complete_service(introduction=f"Vea {ELSEWHERE} o www.example.com/manual o example.com")
    assert found() == [("unlisted_host_in_text", "error", "introduction")]


def test_what_is_accepted_with_a_reason_stays_so_until_the_address_changes(listed):
    web = WebFactory(url=ELSEWHERE)
    found()
    accept(Finding.objects.get(code="unlisted_host"))
    assert found() == []
    ContactPoint.objects.filter(pk=web.pk).update(url=f"{ELSEWHERE}/b")
    assert found() == [("unlisted_host", "error", "url")]


# ---- Before saving ---------------------------------------------------------------------------


def warned(page):
    return page.context["effect"].warnings


@pytest.mark.parametrize("button", ["_preview", "_save"])
def test_what_misleads_is_told_before_it_is_saved(admin_client, listed, button):
    typed = {"code": "portal", "kind": "web", "label": "Portal"}
    page = submit(admin_client, add_url(ContactPoint), button, **typed, url=LOOKALIKE)
    (message,) = warned(page)
    assert message.startswith("«certic\u0430mara.com» tiene letras de otro alfabeto")
    assert message in read(page).text
    assert not ContactPoint.objects.exists()
    admin_client.post(add_url(ContactPoint), {**form_values(page), "_save": "1"})
    assert ContactPoint.objects.get().url == LOOKALIKE


def test_what_does_not_mislead_is_saved_without_a_word(admin_client, listed):
    typed = {"code": "portal", "kind": "web", "label": "Portal", "url": "example.com/a"}
    submit(admin_client, add_url(ContactPoint), **typed)
    assert ContactPoint.objects.get().url == "https://example.com/a"


def test_texts_and_the_rows_of_the_form_are_looked_at(admin_client):
    service = complete_service()
    page = submit(
        admin_client,
        change_url(service),
        "_preview",
        **{"introduction": "Vea bit.ly/x", "channels-0-title": "Vea tinyurl.com/y"},
    )
    assert [message[:12] for message in warned(page)] == ["«bit.ly» ocu", "«tinyurl.com"]
    assert Service.objects.get().introduction == ""


def test_what_was_there_before_or_is_accepted_is_not_told_again(admin_client):
    web = WebFactory(url="https://bit.ly/x")
    found()
    submit(admin_client, change_url(web), label="Otro nombre")
    web.refresh_from_db()
    assert web.label == "Otro nombre"
    accept(Finding.objects.get(code="link_shortener"))
    ContactPoint.objects.update(url="https://example.com/")
    submit(admin_client, change_url(web), url="https://bit.ly/x")
    web.refresh_from_db()
    assert web.url == "https://bit.ly/x"


def test_the_preview_of_a_spreadsheet_names_the_rows_that_mislead(admin_client):
    rows = (
        "Código;Clase;Nombre;Número o dirección\na;web;A;https://bit.ly/x\nb;web;B;https://b.co\n"
    )
    file = SimpleUploadedFile("datos.csv", rows.encode("cp1252"))
    url = page_url(ContactPoint, "import", "contact-points")
    page = admin_client.post(url, {"file": file})
    (warning,) = page.context["outcome"].warnings
    assert warning.startswith("https://bit.ly/x · A: «bit.ly» oculta")
    assert warning in read(page).text


@pytest.mark.parametrize("text", ["De lunes a viernes.Sábados no", "Pregunte por el Ing.Ruiz"])
def test_sentences_without_a_blank_are_no_sites(text, listed):
    complete_service(introduction=text)
    assert found() == []
