"""The page of an edition: what was read then, and nothing that may be taken for today."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Channel, ChannelContact, ContactPoint, Service
from directory.public.file_views import qr_code
from tests.directory.pages import MONDAY_MORNING, help_desk
from tests.directory.withdrawals import NOW, PRIVATE, address, withdraw_edition
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    NoticeFactory,
    PhoneFactory,
    ServiceFactory,
)
from tests.html import Page

pytestmark = pytest.mark.django_db


def page_of(client, path):
    return Page(client.get(path).content.decode())


def numbers(page):
    return [link for link in page.links if link.startswith("tel:")]


# ---- Numbers ---------------------------------------------------------------------------------


def test_a_number_that_was_replaced_leads_nowhere_but_to_what_is_given_today(thrice, client):
    page = page_of(client, address("edition-detail", 1))
    assert "601 744 2727 Ya no se publica. Hoy: 601 745 0000" in page.text
    assert numbers(page) == ["tel:+576017450000"]


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Teléfono fijo", "Teléfono fijo : 601 744 2727"),
        ("Línea Bogotá", "Línea Bogotá : Teléfono 601 744 2727"),
        ("", "Teléfono 601 744 2727"),
    ],
)
def test_medium_that_a_label_names_is_not_told_twice(client, label, told):
    service = ServiceFactory(slug="mesa")
    ChannelFactory(service=service, contacts=[PhoneFactory(phone="+576017442727", label=label)])
    publish(Service.objects.all())
    page = page_of(client, "/servicios/mesa/ediciones/1/")
    assert re.findall(r"Contacto (.*?2727)", page.text) == [told]


def test_a_number_that_is_given_today_stays_a_link(thrice, client):
    page = page_of(client, address("edition-detail", 3))
    assert (numbers(page), "Ya no se publica" in page.text) == (["tel:+576017450000"], False)


def test_what_is_given_no_more_says_so(thrice, client):
    ChannelContact.objects.all().delete()
    publish(Service.objects.all())
    page = page_of(client, address("edition-detail", 3))
    assert "601 745 0000 La página vigente ya no lo da." in page.text
    assert numbers(page) == []


def test_a_number_that_is_out_of_order_today_is_no_link(thrice, client):
    line = ContactPoint.objects.get()
    NoticeFactory(
        contact_point=line, severity="out_of_order", since=datetime(2026, 3, 9, tzinfo=UTC)
    )
    publish(Service.objects.all())
    assert numbers(page_of(client, address("edition-detail", 3))) == []


def test_a_planned_replacement_that_has_come_leads_to_the_new_number(thrice, client):
    line = ContactPoint.objects.get()
    other = EmailFactory(email="nuevo@example.com")
    ContactPoint.objects.filter(pk=line.pk).update(
        replaced_by=other, replaced_on=(NOW - timedelta(days=1)).date()
    )
    publish(Service.objects.all())
    page = page_of(client, address("edition-detail", 3))

    assert "601 745 0000 Ya no se publica. Hoy:" in page.text
    assert ("mailto:nuevo@example.com" in page.links, numbers(page)) == (True, [])


# ---- No “now” --------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [MONDAY_MORNING, "2026-11-29T03:00:00-05:00"])
def test_nothing_is_said_of_now(client, at):
    with time_machine.travel(MONDAY_MORNING, tick=False):
        help_desk()
    with time_machine.travel(at, tick=False):
        html = client.get("/servicios/mesa/ediciones/1/").content.decode()
    classes = {each for found in re.findall(r'class="([^"]*)"', html) for each in found.split()}
    assert [
        each
        for each in classes
        if each.startswith(("now", "state-o", "state-c", "state-u", "today", "button"))
    ] == []
    words = Page(html).text
    assert [each for each in ("Atiende ahora", "Hoy", "Cerrado", "abre ") if each in words] == []
    assert "application/ld+json" not in html


def test_it_reads_the_same_whenever_it_is_read(client):
    with time_machine.travel(MONDAY_MORNING, tick=False):
        help_desk()
        first = client.get("/servicios/mesa/ediciones/1/").content.decode()
    with time_machine.travel("2026-12-08T03:00:00-05:00", tick=False):
        later = client.get("/servicios/mesa/ediciones/1/").content.decode()
    dates = {"23 de noviembre de 2026": "lunes", "8 de diciembre de 2026": "martes"}
    for page, (date, weekday) in zip((first, later), dates.items(), strict=True):
        assert f"Consultado el {weekday} {date}" in Page(page).text
    read_on = r'(?s)<p class="(?:read-on|offline)".*?</p>'
    assert re.sub(read_on, "", first) == re.sub(read_on, "", later)


def test_notices_are_told_with_their_dates(thrice, client):
    NoticeFactory(
        service=thrice,
        text="Mantenimiento.",
        since=NOW - timedelta(hours=1),
        until=NOW + timedelta(hours=1),
    )
    publish(Service.objects.all())
    text = page_of(client, address("edition-detail", 4)).text
    assert (
        "Mantenimiento. (desde el 10 de marzo de 2026, 9:00 a.m. "
        "hasta el 10 de marzo de 2026, 11:00 a.m.)"
    ) in text


# ---- Its address, QR code and data -----------------------------------------------------------


def test_it_has_its_own_data_qr_code_and_address(thrice, client):
    html = client.get(address("edition-detail", 1)).content.decode()
    page = Page(html)
    assert f"http://testserver{address('edition-detail', 1)}" in page.text
    assert f"http://testserver{address('service-detail')}" in page.text
    assert "/api/v1/services/servicio/editions/1/" in page.links
    assert f'src="{address("edition-qr", 1)}"' in html
    assert client.get("/api/v1/services/servicio/editions/1/").json()["number"] == 1


def test_its_qr_code_has_the_permanent_address(thrice, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(address("edition-qr", 1))
    assert response["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(response.content).tag.endswith("svg")  # noqa: S314
    code = qr_code("http://testserver/servicios/servicio/ediciones/1/")
    assert response.content == code.content != client.get(address("qr")).content
    assert client.get(address("edition-qr", 9)).status_code == 404
    assert client.get(address("edition-qr", 10**30)).status_code == 404
    assert client.post(address("edition-qr", 1)).status_code == 405


def test_a_withdrawn_edition_shows_nothing_of_it(thrice, client):
    withdraw_edition(thrice, 2)
    response = client.get(address("edition-detail", 2))
    assert (response.status_code, PRIVATE[3:] in response.content.decode()) == (410, False)


def test_paper_has_the_permanent_address_beside_that_of_the_page(thrice, client):
    html = client.get(address("service-detail")).content.decode()
    assert re.search(
        r'<p class="on-paper">\s*Esta edición queda en:\s*<span class="address">'
        r"http://testserver/servicios/servicio/ediciones/3/</span>",
        html,
    )


@pytest.mark.parametrize("editions", [1, 3])
def test_an_edition_costs_the_same_whichever_it_is(
    thrice, client, django_assert_num_queries, editions
):
    Channel.objects.update(title="Línea")
    publish(Service.objects.all())
    with django_assert_num_queries(2):
        client.get(address("edition-detail", editions))
