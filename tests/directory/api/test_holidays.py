"""Holidays of a place, as everybody reads them: API, page, card, calendar of the week."""

import pytest
import time_machine

from directory.editions.publish import publish
from directory.models import Service
from tests.directory.api.answers import SERVICES, get_json
from tests.directory.pages import text_of
from tests.factories import ChannelFactory, weekday_schedule

pytestmark = pytest.mark.django_db

MADRID = {"country": "ES", "subdivision": "MD", "timezone": "Europe/Madrid"}
CATALONIA = {**MADRID, "subdivision": "CT"}
SPAIN = {**MADRID, "subdivision": ""}
ENGLAND = {"country": "GB", "subdivision": "ENG", "timezone": "Europe/London"}
BERLIN = {"country": "DE", "timezone": "Europe/Berlin"}


def published(**place):
    """A service that answers on weekdays from 7 to 19, on public holidays of this place not."""
    schedule = weekday_schedule(holidays="closed", **place)
    channel = ChannelFactory(service__slug="uno", schedule=schedule)
    publish(Service.objects.all())
    return channel.service


@pytest.mark.parametrize(
    ("place", "at", "state", "reason", "opens"),
    [
        (
            MADRID,
            "2028-05-02T10:00+02:00",
            "closed",
            "Fiesta de la Comunidad de Madrid",
            "2028-05-03T07:00:00+02:00",
        ),
        (CATALONIA, "2028-05-02T10:00+02:00", "open", "", None),
        (SPAIN, "2028-05-02T10:00+02:00", "open", "", None),
        (
            ENGLAND,
            "2027-03-29T10:00+01:00",
            "closed",
            "Lunes de Pascua",
            "2027-03-30T07:00:00+01:00",
        ),
        ({**ENGLAND, "subdivision": "SCT"}, "2027-03-29T10:00+01:00", "open", "", None),
        *(
            (
                {**BERLIN, "subdivision": land},
                "2027-05-27T10:00+02:00",
                "closed",
                "Corpus Christi",
                "2027-05-28T07:00:00+02:00",
            )
            for land in ("NW", "BY")
        ),
        ({**BERLIN, "subdivision": "BE"}, "2027-05-27T10:00+02:00", "open", "", None),
        ({}, "2026-12-08T10:00-05:00", "closed", "La Inmaculada Concepción", None),
    ],
)
def test_it_is_closed_on_the_holidays_of_its_place(client, place, at, state, reason, opens):
    published(**place)
    [channel] = get_json(client, f"{SERVICES}uno/", at=at)["channels"]
    assert (channel["state"], channel["reason"]) == (state, reason)
    if opens:
        assert channel["next_open"] == opens


def test_the_answer_names_the_place_and_its_rule(client):
    published(**MADRID)
    hours = get_json(client, f"{SERVICES}uno/")["channels"][0]["hours"]
    assert hours["opening_hours"] == "Mo-Fr 07:00-19:00; PH off"
    assert hours["holidays"] == {
        "rule": "closed",
        "text": "Festivos: cerrado.",
        "opening_hours": "PH off",
        "country": "ES",
        "subdivision": "MD",
        "place": "Madrid (ES-MD)",
    }


def test_a_change_of_the_place_is_told_in_words(client):
    service = published(**SPAIN)
    schedule = service.channels.get().schedule
    schedule.subdivision = "MD"
    schedule.save()
    publish(Service.objects.all())
    [sentence] = get_json(client, f"{SERVICES}uno/editions/2/")["summary"]
    assert sentence.startswith("Festivos de: ES → Madrid (ES-MD)")


@pytest.mark.parametrize(("place", "said"), [(MADRID, True), (CATALONIA, False)])
def test_pages_announce_the_holidays_of_the_place(client, place, said):
    published(**place)
    with time_machine.travel("2028-04-24T10:00:00+02:00", tick=False):
        page = text_of(client.get("/servicios/uno/"))
    assert ("Fiesta de la Comunidad de Madrid" in page) == said
