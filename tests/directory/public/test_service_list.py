"""The list of services: its order, its groups, and what a search finds."""

import re

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import MONDAY_MORNING, SUNDAY_NIGHT, get, help_desk, published
from tests.factories import (
    ChannelContactFactory,
    ChannelFactory,
    EmailFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
    weekday_schedule,
)
from tests.html import Page, words

pytestmark = pytest.mark.django_db


def test_index_links_every_published_service_by_state_then_name(client):
    always, office = ScheduleFactory(), weekday_schedule()
    for slug, name, schedule in (
        ("agil", "Ágil", office),
        ("zona", "Zona", always),
        ("bodega", "Bodega", office),
        ("correo", "Correo", always),
    ):
        ChannelFactory(service__slug=slug, service__name=name, schedule=schedule)
    ServiceFactory(slug="borrador", is_published=False)
    publish(Service.objects.all())
    page = get(client, "/", at="2026-11-23T20:00:00-05:00")
    links = [link for link in page.links if link.startswith("/servicios/")]
    assert links == [f"/servicios/{slug}/" for slug in ("correo", "zona", "agil", "bodega")]
    assert page.by_class["state-open"] == " ".join(["Atiende ahora las 24 horas"] * 2)
    assert page.by_class["state-closed"] == " ".join(["Cerrado ahora abre mañana a las 7 a.m."] * 2)


def test_empty_index_says_so(client):
    page = get(client, "/")
    assert page.by_class["empty"] == "Todavía no hay servicios publicados."


def test_many_pages_are_alphabetical_with_headings(client, monkeypatch):
    monkeypatch.setattr("directory.public.views.PAGE_SIZE", 3)
    for name in ("Árbol", "Avión", "Ñame", "9 vidas"):
        ServiceFactory(name=name)
    publish(Service.objects.all())
    pages = [client.get("/", {"page": number}).context["groups"] for number in (1, 2)]
    assert [
        [(g["heading"], [s["directory"].name for s in g["services"]]) for g in page]
        for page in pages
    ] == [[("#", ["9 vidas"]), ("A", ["Árbol", "Avión"])], [("N", ["Ñame"])]]


@pytest.mark.parametrize(
    ("types", "text"),
    [
        (["todas"], "Telefónico"),
        (["todas", "incidente"], "Telefónico: Todas, Incidentes"),
        (["incidente", "critico"], "Telefónico: Incidentes, Críticos"),
        (["critico"], "Telefónico: Críticos"),
    ],
)
@time_machine.travel(MONDAY_MORNING, tick=False)
def test_channel_is_followed_by_the_types_that_it_is_for(client, types, text):
    kinds = {
        "todas": RequestTypeFactory(code="todas", name="Todas"),
        "incidente": RequestTypeFactory(code="incidente", name="Incidentes", position=1),
        "critico": RequestTypeFactory(
            code="critico", name="Críticos", is_critical=True, position=2
        ),
    }
    ChannelFactory(
        title="Telefónico",
        request_types=[kinds[code] for code in types],
        contacts=[PhoneFactory(label="")],
    )
    publish(Service.objects.all())
    html = client.get("/").content.decode()
    open_now = re.search(r'<ul class="open-now">.*?</ul>', html, re.S)[0]
    assert words(open_now.partition("<p>")[2]) == text
    assert ('<span class="critical">Críticos</span>' in open_now) is ("critico" in types)


@pytest.mark.parametrize("services", [1, 3])
@pytest.mark.parametrize("query", ["", "?q=servicio"])
def test_index_costs_the_same_for_one_and_for_three(
    client, services, query, django_assert_num_queries
):
    for _ in range(services):
        published()
    # A search asks for what has ended, too.
    with django_assert_num_queries(3 if query else 2):
        page = Page(client.get(f"/{query}").content.decode())
    assert len([link for link in page.links if link.startswith("/servicios/")]) == services


def test_search_shows_what_it_found_and_keeps_the_words(client):
    published(name="Clave Única", slug="clave")
    published(name="Ajeno")
    page = get(client, "/", q="clave unica")
    assert [link for link in page.links if link.startswith("/servicios/")] == ["/servicios/clave/"]
    assert ("value", "clave unica") in page.attributes


def test_pages_of_the_index_keep_the_search(client, monkeypatch):
    monkeypatch.setattr("directory.public.views.PAGE_SIZE", 1)
    for name in ("Uno de dos", "Dos de dos"):
        ServiceFactory(name=name)
    publish(Service.objects.all())
    page = get(client, "/", q="dos")
    assert "?q=dos&page=2" in page.links


@pytest.mark.parametrize(
    ("language", "by_name", "by_contents"),
    [
        ("", "Por el nombre", "Por los contactos y textos"),
        ("en/", "Found by name", "Found by contacts and texts"),
    ],
)
def test_search_shows_first_what_is_called_so(client, language, by_name, by_contents):
    for name in ("Zeta certi", "Alfa", "Beta", "Certi Uno"):
        email = EmailFactory(email=f"{name[:4].lower()}@certi.example.com", label="")
        ChannelFactory(service=ServiceFactory(name=name), contacts=[email])
    publish(Service.objects.all())
    groups = client.get(f"/{language}", {"q": "CERTI"}).context["groups"]
    assert [(g["heading"], [s["directory"].name for s in g["services"]]) for g in groups] == [
        (by_name, ["Certi Uno", "Zeta certi"]),
        (by_contents, ["Alfa", "Beta"]),
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("744 2727", ["Línea Bogotá Teléfono 601 744 2727"]),
        ("601 7442727", ["Línea Bogotá Teléfono 601 744 2727"]),
        ("(1) 744 2727", ["Línea Bogotá Teléfono 601 744 2727"]),
        ("mesa 2727", ["Línea Bogotá Teléfono 601 744 2727"]),
        ("telefonico 744", ["Línea Bogotá Teléfono 601 744 2727"]),
        ("BOGOTA", ["Línea Bogotá Teléfono 601 744 2727"]),
        ("ayuda@example.com", ["ayuda@example.com"]),
        ("mesa de ayuda", []),
        ("telefonico", ["Línea Bogotá Teléfono 601 744 2727"]),
        ("", []),
    ],
)
@time_machine.travel(SUNDAY_NIGHT, tick=False)
def test_result_shows_the_contact_that_was_searched_for(client, query, shown):
    service = help_desk()
    email = EmailFactory(email="ayuda@example.com", label="")
    ChannelFactory(service=service, title="Correo", contacts=[email], position=9)
    publish(Service.objects.all())
    html = client.get("/", {"q": query}).content.decode()
    assert html.count('<li class="service">') == 1
    matched = "".join(re.findall(r'<ul class="matched">.*?</ul>', html, re.S))
    assert [words(line) for line in re.findall(r"<p>(.*?)</p>", matched, re.S)] == shown


@pytest.mark.parametrize("query", ["379 0300 ext 1107", "(601) 379-0300, Ext. 1107", "1107"])
def test_result_shows_the_contact_with_the_extension(client, query):
    channel = ChannelFactory(title="Soporte", contacts=[PhoneFactory(phone="+576013790301")])
    ChannelContactFactory(
        channel=channel,
        contact_point=PhoneFactory(phone="+576013790300", label=""),
        extensions="1104, 1107",
    )
    publish(Service.objects.all())
    html = client.get("/", {"q": query}).content.decode()
    matched = re.search(r'<ul class="matched">.*?</ul>', html, re.S)[0]
    assert words(re.search(r"<p>(.*?)</p>", matched, re.S)[1]) == (
        "Teléfono 601 379 0300, ext. 1107"
    )
    page = Page(matched)
    assert page.links == ["tel:+576013790300", "tel:+576013790300,1107"]


def test_search_for_a_type_of_request_shows_where_it_is_taken(client):
    queja = RequestTypeFactory(code="queja", name="Quejas", covers_all=False)
    phone = PhoneFactory(phone="+576017442727", label="")
    ChannelFactory(title="PQRSA", request_types=[queja], contacts=[phone])
    publish(Service.objects.all())
    html = client.get("/", {"q": "quejas"}).content.decode()
    matched = re.search(r'<ul class="matched">.*?</ul>', html, re.S)[0]
    assert words(matched) == "Teléfono 601 744 2727 PQRSA · Quejas Atiende ahora las 24 horas"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "",
            "Mesa 601 744 2727 hoy es Teléfono 601 744 2828 Telefónico Atiende ahora las 24 horas",
        ),
        (
            "en/",
            "Mesa +57 601 744 2727 is today Phone +57 601 744 2828 By telephone "
            "Answers now around the clock",
        ),
    ],
)
def test_search_for_an_old_number_says_which_it_is_today(client, language, text):
    phone = PhoneFactory(phone="+576017442727", label="")
    ChannelFactory(service__name="Mesa", title="Telefónico", contacts=[phone])
    publish(Service.objects.all())
    phone.phone = "+576017442828"
    phone.save()
    publish(Service.objects.all())
    html = client.get(f"/{language}", {"q": "(1) 744 2727"}).content.decode()
    assert words(re.search(r'<li class="service">.*?</ul>', html, re.S)[0]) == text


def test_search_that_finds_nothing_offers_names_that_are_almost_so(client):
    for slug, name in (("clave-segura", "Clave Segura"), ("otro", "Otro")):
        ServiceFactory(slug=slug, name=name)
    publish(Service.objects.all())
    page = get(client, "/", q="clabe segura")
    assert [link for link in page.links if link.startswith("/servicios/")] == [
        "/servicios/clave-segura/"
    ]
    assert "¿Quiso decir…?" in page.text
    assert get(client, "/", q="zzzz").by_class["empty"].startswith("Nada coincide")


@pytest.mark.parametrize("services", [1, 3])
def test_a_search_that_finds_nothing_costs_the_same_for_one_and_for_three(
    client, services, django_assert_num_queries
):
    for _ in range(services):
        published(name="Mesa de ayuda")
    with django_assert_num_queries(4):
        page = get(client, "/", q="meza")
    assert len([link for link in page.links if link.startswith("/servicios/")]) == services
