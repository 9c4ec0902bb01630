"""A channel without a schedule, or with one without hours: the hours are not stated."""

import json
import re

import pytest

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.pages import get
from tests.factories import ChannelFactory, PhoneFactory, ScheduleFactory
from tests.html import words

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["no schedule", "a schedule without hours"])
def unstated(request):
    schedule = None if request.param == "no schedule" else ScheduleFactory(always_open=False)
    ChannelFactory(
        service__slug="mesa",
        schedule=schedule,
        contacts=[PhoneFactory(phone="+576017442727", label="")],
    )
    publish(Service.objects.all())


@pytest.mark.parametrize(
    ("path", "stated"),
    [
        ("/servicios/mesa/", ["Horario no informado"] * 2),
        ("/servicios/mesa/tarjeta/", ["Horario no informado"]),
        ("/en/servicios/mesa/", ["Hours not stated"] * 2),
        ("/", ["Horario no informado"]),
    ],
)
def test_pages_say_it_once_where_hours_or_the_state_stand(client, unstated, path, stated):
    html = client.get(path).content.decode()
    found = re.findall(r"(Horario no \w+|Hours not \w+)", words(html))
    assert found == stated


def test_a_number_is_offered_all_the_same(client, unstated):
    page = get(client, "/servicios/mesa/")
    assert page.by_class["nobody"] == "El horario no está informado. Intente comunicarse."
    assert page.by_class["button"] == "Llamar 601 744 2727"


def test_api_says_unknown_and_keeps_hours_an_object(client, unstated):
    [channel] = client.get("/api/v1/services/mesa/").json()["channels"]
    assert channel["state"] == "unknown"
    hours = channel["hours"]
    told = {name: hours[name] for name in ("text", "opening_hours", "always_open", "timezone")}
    assert told == {
        "text": "Horario no informado",
        "opening_hours": "",
        "always_open": False,
        "timezone": "America/Bogota",
    }
    assert hours["holidays"]["rule"] == "not_stated"


def test_json_ld_has_no_hours(client, unstated):
    html = client.get("/servicios/mesa/").content.decode()
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", html)[1])
    [point] = data["provider"]["contactPoint"]
    assert (point["telephone"], "hoursAvailable" in point) == ("+576017442727", False)
