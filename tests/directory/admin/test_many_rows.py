"""Forms with very many rows or ticks are saved whole, or refused whole."""

import pytest
from django.conf import settings

from directory.admin.channel_rows import ChannelInline
from directory.models import ContactPoint
from tests.addresses import page_url
from tests.editing import Editing, stored
from tests.factories import (
    ChannelFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
)
from tests.html import form_values

pytestmark = pytest.mark.django_db


def service_with_channels(count):
    kinds = [RequestTypeFactory(code=code, name=code) for code in ("uno", "dos", "tres")]
    schedule, service = ScheduleFactory(), ServiceFactory()
    same = {"service": service, "schedule": schedule, "request_types": kinds, "contacts": []}
    same["description"] = "Está en la página."
    for number in range(count):
        ChannelFactory(title=f"Canal {number}", position=number, **same)
    return service


def titles(service):
    return list(service.channels.values_list("title", flat=True))


def test_a_service_with_very_many_channels_is_saved_whole(admin_client):
    """More fields than Django takes, of more channels than the form lets people add."""
    service = service_with_channels(103)
    editing = Editing(admin_client, service)
    assert sum(len(values) for values in editing.data.values()) > 1000

    response = editing.post(introduction="Hola", **{"channels-102-title": "El último"})

    assert response.status_code == 302
    assert stored(service, "introduction") == "Hola"
    assert titles(service) == [*(f"Canal {number}" for number in range(102)), "El último"]


def test_what_two_people_add_to_more_rows_than_may_be_added_is_kept(people, monkeypatch):
    """The form lets people add rows until there are two."""
    monkeypatch.setattr(ChannelInline, "max_num", 2)
    service = service_with_channels(5)
    first, second = (Editing(client, service) for client in people)
    row = {
        name.removeprefix("channels-0-"): values
        for name, values in first.data.items()
        if name.startswith("channels-0-")
    }
    for editing, title in ((first, "De Ana"), (second, "De Beto")):
        editing.add_row("channels", **row | {"id": "", "code": "", "title": title, "position": 6})
    assert first.post().status_code == 302

    asked = second.post()
    shown = people[1].post(second.url, {**form_values(asked), "_preview": "1"})
    people[1].post(second.url, {**form_values(shown), "_save": "1"})

    assert titles(service)[5:] == ["De Ana", "De Beto"]


def test_everywhere_is_one_field_and_ticking_more_than_a_thousand_places_is_no_error(admin_client):
    number = PhoneFactory()
    ChannelFactory(contacts=[number])
    address = page_url(ContactPoint, "replace") + f"?ids={number.pk}"
    page = admin_client.get(address)
    new = {"new_kind", "new_value", "new_label"}
    assert {*form_values(page)} == {"q", *new, "when", "on", "where"}
    assert form_values(page)["where"] == ["everywhere"]

    places = [f"service-{key}" for key in range(10_000, 11_500)]
    answer = admin_client.post(address, {"target": "", "where": "chosen", "places": places})

    assert answer.status_code == 200
    assert "places" in answer.context["form"].errors
    assert len(places) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
