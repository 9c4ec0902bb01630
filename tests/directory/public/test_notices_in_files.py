"""Notices where a directory is read by programs: JSON-LD, vCards, API, feeds, search, mirror."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from directory.answers.resolve import resolve
from directory.editions import document
from directory.editions.publish import publish
from directory.models import Edition, Service
from directory.public import json_ld, vcard
from tests.directory.pages import MONDAY_MORNING
from tests.factories import (
    ChannelFactory,
    EmailFactory,
    NoticeFactory,
    PhoneFactory,
    ServiceFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)
SINCE, UNTIL = datetime(2026, 11, 20, 13, tzinfo=UTC), datetime(2026, 11, 25, 1, tzinfo=UTC)


@pytest.fixture
def line():
    return PhoneFactory(phone="+576017442727", label="Línea")


@pytest.fixture
def service(line):
    service = ServiceFactory(slug="mesa", name="Mesa")
    mail = EmailFactory(email="a@example.com", label="Correo")
    ChannelFactory(service=service, code="telefonico", title="Telefónico", contacts=[line, mail])
    return service


def published(**notice):
    NoticeFactory(**{"code": "aviso", "text": "No funciona.", "since": SINCE, **notice})
    publish(Service.objects.all(), at=NOW)
    return Edition.objects.current().get(service__slug="mesa")


def contact_points(edition, at=NOW):
    directory = resolve(edition, at)
    source = document.decode(edition.document)
    data = json_ld.service(directory, source, "https://example.com/")
    return {each["name"]: each for each in data["provider"]["contactPoint"]}


def test_structured_data_leaves_out_a_number_that_is_out_of_order(service, line):
    edition = published(contact_point=line, until=UNTIL)
    assert [*contact_points(edition)] == ["Correo"]
    assert [*contact_points(edition, at=UNTIL)] == ["Línea", "Correo"]


# The last one is midnight, which ends the same day.
@pytest.mark.parametrize("until", [UNTIL, None, UNTIL + timedelta(hours=4)])
def test_structured_data_says_that_a_channel_out_of_order_is_closed(service, until):
    edition = published(channel=service.channels.get(), until=until)
    closed = {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00",
        "closes": "00:00",
        "validFrom": "2026-11-23",
        "description": "No funciona.",
    }
    if until:
        closed["validThrough"] = "2026-11-24"
    found = contact_points(edition)
    assert [each["hoursAvailable"] for each in found.values()] == [[closed], [closed]]


def test_cards_note_what_is_out_of_order(service, line):
    edition = published(contact_point=line)
    card = vcard.cards(resolve(edition, NOW), "https://example.com/", edition.identity)
    note = card.replace("\r\n ", "").partition("NOTE:")[2].partition("\r\n")[0]
    assert "601 744 2727: Fuera de servicio: No funciona." in note


def test_api_says_it_of_channel_service_and_list(service, client):
    published(channel=service.channels.get(), until=UNTIL)
    at = {"at": MONDAY_MORNING}
    answer = client.get("/api/v1/services/mesa/", at).json()
    assert answer["notices"] == [
        {
            "code": "aviso",
            "text": "No funciona.",
            "severity": "out_of_order",
            "since": "2026-11-20T08:00:00-05:00",
            "until": "2026-11-24T20:00:00-05:00",
            "contact_point": None,
            "channel": "telefonico",
            "about": "Telefónico",
            "for_all": False,
        }
    ]
    (channel,) = answer["channels"]
    assert {name: channel[name] for name in ("state", "reason", "reason_kind", "note")} == {
        "state": "closed",
        "reason": "No funciona.",
        "reason_kind": "notice",
        "note": "No funciona.",
    }
    assert (channel["out_of_order"], channel["next_open"]) == (True, "2026-11-24T20:00:00-05:00")
    now = client.get("/api/v1/services/mesa/now/", at).json()
    assert (now["open"], now["unknown"]) == ([], [])
    assert now["next"]["channel"] == channel
    (listed,) = client.get("/api/v1/services/", at | {"q": "funciona"}).json()["results"]
    assert (listed["state"], listed["next_open"]) == ("closed", "2026-11-24T20:00:00-05:00")


def test_feed_and_editions_tell_that_it_was_set_and_ended(service, client):
    publish(Service.objects.all(), at=SINCE)
    edition = published(channel=service.channels.get())
    with time_machine.travel(NOW, tick=False):
        service.channels.get().notices.get().end(NOW)
        publish(Service.objects.all())
        feed = client.get("/servicios/mesa/cambios.atom").content.decode()
        html = client.get(f"/servicios/mesa/ediciones/{edition.number}/cambios/").content.decode()
    assert "Telefónico: terminó el aviso «No funciona.»" in feed
    assert "Telefónico: aviso «No funciona.» (Telefónico, fuera de servicio, desde el 20" in feed
    assert "No funciona." in html
