"""The card that other sites show in a frame."""

import re

import pytest
import time_machine
from django.utils import translation

from directory.answers import instants
from directory.answers.resolve import resolve
from directory.editions.publish import publish
from directory.models import Edition, Service
from directory.public.card_height import card_height
from tests.directory.pages import MONDAY_MORNING, help_desk
from tests.factories import (
    ChannelFactory,
    NoticeFactory,
    PhoneFactory,
    ServiceFactory,
    complete_service,
)
from tests.html import Page

pytestmark = pytest.mark.django_db
CARD = "/servicios/mesa/tarjeta/"


def height_of(*channels, name="Mesa"):
    """The proposed height for a service with channels of these numbers of phones."""
    service = ServiceFactory(name=name)
    for number, contacts in enumerate(channels):
        phones = [PhoneFactory() for _ in range(contacts)]
        ChannelFactory(service=service, contacts=phones, position=number, title=f"Canal {number}")
    publish(Service.objects.all())
    edition = Edition.objects.current().get(service=service)
    with translation.override("es"):
        return card_height(resolve(edition, instants.now()))


# On what the colours of the dark are used.
DARK_ON = {"light": [], "dark": ["screen"], "auto": ["screen and (prefers-color-scheme: dark)"]}


def dark_on(html):
    return re.findall(r'/card_dark\.css"\s+media="([^"]*)"', html)


@pytest.mark.parametrize(
    ("asked", "theme"),
    [
        ("", "auto"),
        ("?theme=light", "light"),
        ("?theme=dark", "dark"),
        ("?theme=DARK", "dark"),
        ("?theme=auto", "auto"),
        ("?theme=", "auto"),
        ("?theme=%22%3E%3Cscript%3E", "auto"),
        ("?theme=dark&theme=rosa", "auto"),
    ],
)
def test_card_has_the_theme_that_its_address_asks_for(client, asked, theme):
    complete_service(slug="mesa")
    publish(Service.objects.all())
    html = client.get(CARD + asked).content.decode()
    assert dark_on(html) == DARK_ON[theme]
    scheme = "light dark" if theme == "auto" else theme
    assert re.findall(r'name="color-scheme" content="([^"]*)"', html) == [scheme]


def test_card_of_an_ended_service_has_a_theme_too(client):
    service = complete_service(slug="mesa")
    publish(Service.objects.all())
    service.is_published, service.ended_on = False, "2026-01-01"
    service.save()
    response = client.get(f"{CARD}?theme=dark")
    assert response.status_code == 410
    assert dark_on(response.content.decode()) == DARK_ON["dark"]


def test_card_of_a_service_that_is_out_of_order_says_so_of_its_critical_line_too(client):
    with time_machine.travel(MONDAY_MORNING, tick=False):
        service = help_desk()
        NoticeFactory(service=service, severity="out_of_order", since=MONDAY_MORNING)
        publish(Service.objects.all())
        page = Page(client.get(CARD).content.decode())
    assert (
        "Solo para incidentes críticos Fuera de servicio Celular: Incidentes críticos" in page.seen
    )


def test_proposed_height_grows_with_what_the_card_shows():
    one, two, three = (height_of(*[1] * number) for number in (1, 2, 3))
    assert one < two < three
    # It shows three channels at once.
    assert height_of(*[1] * 20) == three
    assert height_of(3, 1, 1) > three
    assert height_of(1, name="Un servicio de nombre tan largo que no cabe en un renglón") > one


def test_proposed_height_of_nothing_is_that_of_a_sentence():
    assert 150 < height_of() < 300


def test_script_for_other_sites_has_an_address_that_stays(client):
    response = client.get("/card.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert b"support-directory-card" in response.content
    assert client.post("/card.js").status_code == 405
