"""Until when a page holds, for readers and for the script that refreshes it."""

import re

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Service
from directory.public.mirror_pages import KEY
from tests.factories import ChannelFactory, ServiceFactory, weekday_schedule

pytestmark = pytest.mark.django_db
WORK, SUNDAY = "2026-11-23T10:00:00-05:00", "2026-11-22T10:00:00-05:00"
PAGES = ["/servicios/mesa/", "/servicios/mesa/tarjeta/", "/"]
UNTIL = "2026-11-23T19:00:00-05:00"


@pytest.fixture
def mesa():
    service = ServiceFactory(slug="mesa", name="Mesa")
    ChannelFactory(service=service, schedule=weekday_schedule())
    publish(Service.objects.all())
    return service


def held(html):
    return dict(re.findall(r'data-(until|told)="([^"]*)"', html))


def get(client, path, at=WORK, **environ):
    with time_machine.travel(at, tick=False):
        return client.get(path, **environ).content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_page_says_until_when_it_holds(client, mesa, path):
    assert held(get(client, path))["until"] == UNTIL


@pytest.mark.parametrize(("path", "told"), [
    (PAGES[0], "Atiende ahora, hasta las 7 p.m."),
    (PAGES[1], "Atiende ahora, hasta las 7 p.m."),
    (PAGES[2], "1 servicio atiende ahora"),
])  # fmt: skip
def test_what_is_said_aloud_when_it_changes(client, mesa, path, told):
    assert held(get(client, path))["told"] == told


@pytest.mark.parametrize(("path", "at", "told"), [
    # The answer itself says so: “Atiende ahora, hasta las 7 p.m.”.
    (PAGES[0], WORK, []),
    (PAGES[1], WORK, ["Vale hasta las 7 p.m."]),
    (PAGES[0], SUNDAY, ["Vale hasta la medianoche de hoy"]),
    (PAGES[1], SUNDAY, ["Vale hasta la medianoche de hoy"]),
])  # fmt: skip
def test_readers_without_scripts_are_told_once(client, mesa, path, at, told):
    assert re.findall(r"Vale hasta[^<]*", get(client, path, at)) == told


@pytest.mark.parametrize("path", PAGES)
def test_copy_of_the_mirror_is_not_refreshed(client, mesa, path):
    html = get(client, path, **{KEY: True})
    assert (held(html), "refresh.js" in html) == ({}, False)


def test_edition_is_not_refreshed(client, mesa):
    html = get(client, "/servicios/mesa/ediciones/1/")
    assert (held(html), "refresh.js" in html, "Vale hasta" in html) == ({}, False, False)


def test_list_without_services_has_nothing_to_refresh(client):
    assert held(get(client, "/")) == {}
