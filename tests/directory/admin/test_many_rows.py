"""Forms with very many rows or ticks are saved whole, or refused whole."""

import pytest
from django.conf import settings

from directory.models import ContactPoint
from tests.addresses import page_url
from tests.editing import Editing, overtaken, problems
from tests.factories import (
    ChannelFactory,
    PhoneFactory,
    RequestTypeFactory,
    ScheduleFactory,
    ServiceFactory,
)
from tests.html import form_values

pytestmark = pytest.mark.django_db
MANY = 103


@pytest.fixture
def service():
    """One with more channels than the form lets people add, as an import may bring it."""
    kinds = [RequestTypeFactory(code=code, name=code) for code in ("uno", "dos", "tres")]
    schedule, service = ScheduleFactory(), ServiceFactory()
    for number in range(MANY):
        ChannelFactory(
            service=service,
            title=f"Canal {number}",
            position=number,
            schedule=schedule,
            request_types=kinds,
            contacts=[],
        )
    return service


def titles(service):
    return list(service.channels.values_list("title", flat=True))


def test_a_service_with_very_many_channels_is_saved_whole(admin_client, service):
    editing = Editing(admin_client, service)
    assert sum(len(values) for values in editing.data.values()) > 1000
    last = f"channels-{MANY - 1}-title"

    response = editing.post(introduction="Hola", **{last: "El último"})

    assert response.status_code == 302
    service.refresh_from_db()
    assert service.introduction == "Hola"
    assert titles(service) == [*(f"Canal {number}" for number in range(MANY - 1)), "El último"]


def test_what_two_people_add_to_very_many_rows_is_kept(people, service):
    first, second = (Editing(client, service) for client in people)
    row = {
        name.removeprefix("channels-0-"): values
        for name, values in first.data.items()
        if name.startswith("channels-0-")
    }
    for editing, title in ((first, "De Ana"), (second, "De Beto")):
        added = {**row, "id": "", "code": "", "title": title, "position": MANY + 1}
        editing.data |= {f"channels-{MANY}-{name}": value for name, value in added.items()}
        editing.data["channels-TOTAL_FORMS"] = MANY + 1
    assert first.post().status_code == 302

    asked = second.post()
    shown = people[1].post(second.url, {**form_values(asked), "_preview": "1"})
    people[1].post(second.url, {**form_values(shown), "_save": "1"})

    assert titles(service)[MANY:] == ["De Ana", "De Beto"]


@pytest.mark.parametrize("count", ["9" * 20, "9" * 5000])
def test_an_impossible_number_of_rows_is_answered(people, count):
    small = ServiceFactory()
    editing = overtaken(people, small, introduction="Hola")
    answer = editing.post(introduction="Adiós", **{"channels-TOTAL_FORMS": count})
    assert problems(answer)
    small.refresh_from_db()
    assert small.introduction == "Hola"


def test_everywhere_is_one_field_and_ticking_more_than_a_thousand_places_is_no_error(admin_client):
    number = PhoneFactory()
    ChannelFactory(contacts=[number])
    address = page_url(ContactPoint, "replace") + f"?ids={number.pk}"
    page = admin_client.get(address)
    assert {*form_values(page)} == {"where"}
    assert form_values(page)["where"] == ["everywhere"]

    places = [f"service-{key}" for key in range(10_000, 11_500)]
    answer = admin_client.post(address, {"target": "", "where": "chosen", "places": places})

    assert answer.status_code == 200
    assert "places" in answer.context["form"].errors
    assert len(places) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
